"""Growth of themes: texts by theme and period -> share now and before, with a verdict."""

import numpy as np
import pandas as pd
from scipy.stats import hypergeom, norm

from crm_helpers.measures.statistics.claims import claim_level


def theme_growth(
    theme: pd.Series, period: pd.Series, person: pd.Series | None = None
) -> pd.DataFrame:
    """Share of each theme in the last period against the periods before it.

    Texts of one person are no independent ones: where their shares vary more than single texts
    would, there are taken to be so many times fewer. Fisher's exact test of those, and a normal
    one by persons, decide together: the less sure of both counts. A verdict stands at the level
    of claims, allowing for all themes.

    Parameters
    ----------
    theme : Series of str, one per text
    period : Series of int, same rows
        Periods before the last one; 0 is the last.
    person : Series, same rows, optional
        Who wrote; without it every text is a person.

    Returns
    -------
    DataFrame, one row per theme, largest growth first
        theme : str
        texts_now, texts_before : int
        share_now, share_before : float in [0, 1], of the texts of that time
        p_value : float in [0, 1]
        verdict : str, new, grown, shrunk, gone or steady

    References
    ----------
    .. [1] Rao & Scott (1992), A Simple Method for the Analysis of Clustered Binary Data,
       Biometrics 48, 577-585.

    Examples
    --------
    >>> found = theme_growth(pd.Series(["a"] * 80 + ["b"] * 120), pd.Series([0] * 80 + [1] * 120))
    >>> found[["theme", "texts_now", "texts_before", "verdict"]]
      theme  texts_now  texts_before verdict
    0     a         80             0     new
    1     b          0           120    gone
    """
    is_now = (period == 0).to_numpy()
    counts = pd.crosstab(theme, is_now).reindex(columns=[False, True], fill_value=0)
    now, before = counts[True].to_numpy(), counts[False].to_numpy()
    whole = int(now.sum()), int(before.sum())
    shares = {"share_now": now / max(whole[0], 1), "share_before": before / max(whole[1], 1)}
    p_value = np.ones(len(now))
    if min(whole):
        writer = np.arange(len(theme)) if person is None else pd.factorize(person)[0]
        is_on = np.asarray(theme)[:, None] == counts.index.to_numpy()[None, :]
        error, times = _errors(is_on, is_now, writer)
        z = np.abs(shares["share_now"] - shares["share_before"]) / np.where(error > 0, error, 1)
        p_value = np.maximum(2 * norm.sf(z), _exact(now / times, before / times, whole, times))
    real = p_value < 1 - claim_level(max(len(now), 1))
    verdict = np.select(
        [~real, before == 0, now == 0, shares["share_now"] > shares["share_before"]],
        ["steady", "new", "gone", "grown"],
        default="shrunk",
    )
    texts = {"theme": counts.index.astype(str), "texts_now": now, "texts_before": before}
    found = pd.DataFrame({**texts, **shares, "p_value": p_value, "verdict": verdict})
    order = (found["share_now"] - found["share_before"]).sort_values(ascending=False).index
    return found.loc[order].reset_index(drop=True)


def _errors(
    is_on: np.ndarray, is_now: np.ndarray, writer: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Error of each difference of shares by persons, and variance over that of single texts."""
    pull = np.where(is_now, 1 / is_now.sum(), -1 / (~is_now).sum())
    apart = (is_on - is_on.mean(axis=0)) * pull[:, None]
    own = pd.DataFrame(apart).groupby(writer).sum().to_numpy()
    by_person = (own**2).sum(axis=0) * len(own) / max(len(own) - 1, 1)
    single = (apart**2).sum(axis=0)
    times = np.divide(by_person, single, out=np.ones(len(single)), where=single > 0)
    return np.sqrt(by_person), np.maximum(times, 1.0)


def _exact(
    now: np.ndarray, before: np.ndarray, whole: tuple[int, int], times: np.ndarray
) -> np.ndarray:
    """Two-sided chance of counts by Fisher's test, of so many times fewer texts, rounded."""
    sizes = [np.maximum(np.rint(size / times), 1) for size in whole]
    found = np.minimum(np.rint(now), sizes[0])
    on = found + np.minimum(np.rint(before), sizes[1])
    more = hypergeom.sf(found - 1, sizes[0] + sizes[1], on, sizes[0])
    less = hypergeom.cdf(found, sizes[0] + sizes[1], on, sizes[0])
    return np.minimum(2 * np.minimum(more, less), 1.0)
