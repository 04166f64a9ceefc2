"""Partial least squares path model: survey items in blocks -> latent scores and paths."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

MAX_STEPS = 500
TOLERANCE = 1e-12


@dataclass(frozen=True, repr=False)
class PathModel:
    """A fitted path model; everything standardized.

    Attributes
    ----------
    scores : DataFrame, one row per answer, one column per latent variable
    paths : DataFrame, one row per arrow
        cause; effect; coefficient : float
    loadings : DataFrame, one row per item
        latent; item; loading : float, correlation with its latent variable; weight : float
    r_squared : Series, one per latent variable that something points to
    steps : int
        Iterations until the weights stood still.
    """

    scores: pd.DataFrame
    paths: pd.DataFrame
    loadings: pd.DataFrame
    r_squared: pd.Series
    steps: int

    def __repr__(self) -> str:
        """Arrows, blocks and answers, in one line."""
        return (
            f"Path model of {len(self.paths)} arrows between {', '.join(self.scores)}: "
            f"{len(self.scores):,} answers"
        )


def path_model(
    answers: pd.DataFrame, blocks: dict[str, list[str]], arrows: list[tuple[str, str]]
) -> PathModel:
    """Path coefficients between what blocks of survey items measure.

    Centroid scheme, mode A (reflective items), on standardized items; answers with a missing
    item are left out, by the caller's choice of columns. An arrow says what the model
    assumes, not what the data prove.

    Parameters
    ----------
    answers : DataFrame, one row per respondent
        The items.
    blocks : dict of str to list of str
        Items of each latent variable.
    arrows : list of (cause, effect)

    Returns
    -------
    PathModel

    Raises
    ------
    ValueError
        If an item is not there or never varies, an arrow names no block, there are fewer than
        ten answers for each arrow, or the weights do not come to rest.

    References
    ----------
    .. [1] Tenenhaus, Esposito Vinzi, Chatelin & Lauro (2005), PLS Path Modeling,
       Computational Statistics & Data Analysis 48, 159-205.

    Examples
    --------
    Two blocks of one item each: the path is their correlation.

    >>> answers = pd.DataFrame({"a": [*range(10)], "b": [0, 2, 1, 3, 5, 4, 6, 8, 7, 9]})
    >>> path_model(answers, {"x": ["a"], "y": ["b"]}, [("x", "y")]).paths.round(3)
      cause effect  coefficient
    0     x      y        0.964
    """
    items = [item for block in blocks.values() for item in block]
    _check(answers, blocks, items, arrows)
    complete = answers[items].dropna().to_numpy(dtype=float)
    data = (complete - complete.mean(axis=0)) / complete.std(axis=0)
    belongs = _belongs(blocks)
    weights, steps = _weights(data, belongs, _neighbours(list(blocks), arrows))
    scores = _standard(data @ weights)
    index = answers[items].dropna().index
    latent = pd.DataFrame(scores, columns=list(blocks), index=index)
    paths, r_squared = _regressions(latent, arrows)
    return PathModel(latent, paths, _loadings(data, scores, weights, blocks), r_squared, steps)


def _check(
    answers: pd.DataFrame,
    blocks: dict[str, list[str]],
    items: list[str],
    arrows: list[tuple[str, str]],
) -> None:
    absent = [item for item in items if item not in answers]
    if absent:
        raise ValueError(
            f"path model: {len(absent)} items are not among the answers (first: {absent[0]}); "
            "expected every item of every block. Correct the blocks."
        )
    unknown = [end for arrow in arrows for end in arrow if end not in blocks]
    if unknown:
        raise ValueError(
            f"path model: an arrow names '{unknown[0]}', which is no block; "
            f"known: {', '.join(blocks)}. Correct the arrows."
        )
    complete = answers[items].dropna()
    if len(complete) < 10 * len(arrows):
        raise ValueError(
            f"path model: {len(complete):,} complete answers for {len(arrows)} arrows; expected "
            f"at least {10 * len(arrows)}. Collect more answers or draw fewer arrows."
        )
    flat = [item for item in items if complete[item].nunique() < 2]
    if flat:
        raise ValueError(
            f"path model: item {flat[0]} has the same answer {len(complete):,} times; expected "
            "items that vary. Leave it out of its block."
        )


def _belongs(blocks: dict[str, list[str]]) -> np.ndarray:
    owner = [place for place, block in enumerate(blocks.values()) for _ in block]
    return np.array(owner)[:, None] == np.arange(len(blocks))


def _neighbours(names: list[str], arrows: list[tuple[str, str]]) -> np.ndarray:
    joined = np.zeros((len(names), len(names)), dtype=bool)
    for cause, effect in arrows:
        joined[names.index(cause), names.index(effect)] = True
    return joined | joined.T


def _weights(
    data: np.ndarray, belongs: np.ndarray, neighbours: np.ndarray
) -> tuple[np.ndarray, int]:
    """Outer weights: alternate between what items say and what neighbours say."""
    weights = belongs.astype(float)
    for steps in range(1, MAX_STEPS + 1):
        scores = _standard(data @ weights)
        sign = np.sign(np.corrcoef(scores, rowvar=False)) * neighbours
        inner = _standard(scores @ sign)
        new = (data.T @ inner / len(data)) * belongs
        new = new / np.std(data @ new, axis=0)
        moved = np.abs(np.abs(new) - np.abs(weights)).max()
        weights = new
        if moved < TOLERANCE:
            return _facing_items(data, weights, belongs), steps
    raise ValueError(
        f"path model: the weights still move by {moved:.2g} after {MAX_STEPS} steps; expected "
        "them to come to rest. Collect more answers or draw fewer arrows."
    )


def _facing_items(data: np.ndarray, weights: np.ndarray, belongs: np.ndarray) -> np.ndarray:
    """Turn a latent variable round when most of its items point against it."""
    loadings = (data.T @ _standard(data @ weights) / len(data)) * belongs
    return weights * np.where(loadings.sum(axis=0) < 0, -1.0, 1.0)


def _standard(scores: np.ndarray) -> np.ndarray:
    return (scores - scores.mean(axis=0)) / scores.std(axis=0)


def _regressions(
    latent: pd.DataFrame, arrows: list[tuple[str, str]]
) -> tuple[pd.DataFrame, pd.Series]:
    rows, explained = [], {}
    for effect in dict.fromkeys(effect for _, effect in arrows):
        causes = [cause for cause, other in arrows if other == effect]
        found, *_ = np.linalg.lstsq(latent[causes].to_numpy(), latent[effect].to_numpy())
        explained[effect] = float(np.mean((latent[causes].to_numpy() @ found) ** 2))
        rows += [(cause, effect, float(value)) for cause, value in zip(causes, found, strict=True)]
    paths = pd.DataFrame(rows, columns=["cause", "effect", "coefficient"])
    return paths, pd.Series(explained, name="r_squared")


def _loadings(
    data: np.ndarray, scores: np.ndarray, weights: np.ndarray, blocks: dict[str, list[str]]
) -> pd.DataFrame:
    correlation = data.T @ scores / len(data)
    owner = [place for place, block in enumerate(blocks.values()) for _ in block]
    rows = np.arange(len(owner))
    return pd.DataFrame(
        {
            "latent": [list(blocks)[place] for place in owner],
            "item": [item for block in blocks.values() for item in block],
            "loading": correlation[rows, owner],
            "weight": weights[rows, owner],
        }
    )
