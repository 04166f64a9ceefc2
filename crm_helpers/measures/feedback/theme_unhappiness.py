"""Unhappiness that goes with a theme: scored texts by theme -> more unhappy writers than others."""

import numpy as np
import pandas as pd


def theme_unhappiness(texts: pd.DataFrame) -> pd.DataFrame:
    """How much more often writers about a theme are unhappy than all other writers.

    A person counts once, however often he wrote: the standard error is that of persons about the
    mean of all, so that a theme of few writers who all think alike is not taken for sure.

    Parameters
    ----------
    texts : DataFrame, one row per text with a score
        theme : str; person : str; unhappy : bool.

    Returns
    -------
    DataFrame, one row per theme, sorted by theme
        theme : str
        scored_texts, scored_writers : int
        unhappy_share : float in [0, 1], of the texts on the theme
        unhappy_extra : float in [-1, 1], less that of all other texts
        extra_error : float, its standard error

    References
    ----------
    .. [1] Rao & Scott (1992), A Simple Method for the Analysis of Clustered Binary Data,
       Biometrics 48, 577-585.

    Examples
    --------
    >>> rows = pd.DataFrame({"theme": list("aabb"), "person": list("wxyz"),
    ...     "unhappy": [True, True, True, False]})
    >>> theme_unhappiness(rows)[["theme", "unhappy_share", "unhappy_extra"]]
      theme  unhappy_share  unhappy_extra
    0     a            1.0            0.5
    1     b            0.5           -0.5
    """
    names = sorted(texts["theme"].unique())
    rows = [_of_theme(name, texts) for name in names]
    counts, shares = ["scored_texts", "scored_writers"], ["unhappy_share", "unhappy_extra"]
    found = pd.DataFrame(rows, columns=["theme", *counts, *shares, "extra_error"])
    return found.astype({name: float for name in (*shares, "extra_error")})


def _of_theme(name: str, texts: pd.DataFrame) -> tuple[str, int, int, float, float, float]:
    inside = (texts["theme"] == name).to_numpy()
    unhappy = texts["unhappy"].to_numpy(dtype=float)
    size, rest = int(inside.sum()), int((~inside).sum())
    share = float(unhappy[inside].mean())
    writers = int(texts.loc[inside, "person"].nunique())
    if not rest:
        return name, size, writers, share, 0.0, float("nan")
    pull = (unhappy - unhappy.mean()) * np.where(inside, 1 / size, -1 / rest)
    own = np.bincount(pd.factorize(texts["person"])[0], weights=pull)
    error = float(np.sqrt((own**2).sum() * len(own) / max(len(own) - 1, 1)))
    return name, size, writers, share, share - float(unhappy[~inside].mean()), error
