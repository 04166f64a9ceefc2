"""Figures of groups -> which of them differ from the others of their kind beyond chance."""

import numpy as np
import pandas as pd
from scipy import stats

from crm_helpers.measures.feedback.score_table import both_errors
from crm_helpers.measures.statistics.claims import claim_level


def apart_from_others(figures: pd.DataFrame, kinds: list[str]) -> pd.DataFrame:
    """Each figure beside that of all other answers of its kind, and whether it differs.

    A group is compared with those who are not in it, at the level of claims and allowing for all
    groups of all kinds. A kind of one group has nothing to compare with.

    Parameters
    ----------
    figures : DataFrame of `score_table`, one row per group
    kinds : list of str
        Columns whose values make a kind: groups within it do not overlap.

    Returns
    -------
    DataFrame, the same rows and columns and
        others : float, figure of the other groups of the kind; missing where there are none
        differs : bool

    Examples
    --------
    >>> figures = pd.DataFrame({"kind": "shop", "mean": [2.0, 4.0, 4.0], "n": [50, 50, 100],
    ...     "persons": [50, 50, 100], "error": [0.1, 0.1, 0.1]})
    >>> apart_from_others(figures, ["kind"])[["others", "differs"]].round(2).values.tolist()
    [[4.0, True], [3.33, True], [3.0, True]]
    """
    rows = figures.assign(total=figures["mean"] * figures["n"])
    rows = rows.assign(square=(figures["error"] * figures["n"]) ** 2)
    sums = rows.groupby(kinds, dropna=False)[["n", "persons", "total", "square"]].transform("sum")
    rest = sums - rows[["n", "persons", "total", "square"]]
    size = rest["n"].where(rest["n"] > 0).astype(float)
    others = rest["total"] / size
    both = pd.DataFrame(
        {
            "error_in": figures["error"],
            "persons_in": figures["persons"],
            "error_out": np.sqrt(rest["square"].clip(lower=0)) / size,
            "persons_out": rest["persons"],
        }
    )
    error, free = both_errors(both, "_in", "_out")
    reach = stats.t.ppf((1 + claim_level(max(len(figures), 1))) / 2, free)
    differs = (figures["mean"] - others).abs() > reach * error
    return figures.assign(others=others, differs=differs.astype(bool))
