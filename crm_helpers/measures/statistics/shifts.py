"""Rows per quarter and bin -> how each column shifted, and whether that is a defect."""

from typing import Any

import numpy as np
import pandas as pd

from crm_helpers.measures.statistics.psi import population_stability_index

LEAST_ROWS = 200
MISSING = "(missing)"
STEADY_OVERLAP, BROKEN_OVERLAP = 0.8, 0.5
STEADY_RATIO, BROKEN_RATIO = 1.5, 3.0
MISSING_JUMP = 0.05
USUALLY_FILLED = 0.5
NEW_SHARE = 0.01


def shifts(counts: pd.DataFrame) -> pd.DataFrame:
    """Each pair of neighbouring quarters of each column, compared.

    Quarters with fewer than 200 rows are left out.

    Parameters
    ----------
    counts : DataFrame, one row per table, column, quarter and bin
        Columns table, column, quarter (timestamp), bin, rows, level, may_lack.

    Returns
    -------
    DataFrame, one row per column and quarter that has one before it
        table, column : str
        quarter : timestamp, first day of the later quarter
        rows : int, rows of the later quarter
        filled : int, rows with a value, in the quarter that has fewer of them
        psi : float
        overlap : float in [0, 1], common part of both distributions of the filled values
        ratio : float, level of the later quarter by that of the earlier (1 for text)
        may_lack : bool, an empty value of the column says something
        missing_then, missing_now : float in [0, 1]
        new_values : str, values of a text never seen before
        new_share : float in [0, 1], their share
    """
    pairs = [
        _pair(table, column, rows, place)
        for (table, column), group in counts.groupby(["table", "column"], sort=False)
        for rows in [_by_quarter(group)]
        for place in range(1, len(rows["quarters"]))
    ]
    return pd.DataFrame(pairs, columns=list(_EMPTY)) if pairs else pd.DataFrame(_EMPTY)


_EMPTY: dict[str, list] = {
    name: []
    for name in (
        "table",
        "column",
        "quarter",
        "rows",
        "filled",
        "psi",
        "overlap",
        "ratio",
        "may_lack",
        "missing_then",
        "missing_now",
        "new_values",
        "new_share",
    )
}


def _by_quarter(group: pd.DataFrame) -> dict[str, Any]:
    quarters, row = np.unique(group["quarter"].to_numpy(), return_inverse=True)
    bins, column = np.unique(group["bin"].to_numpy(dtype=str), return_inverse=True)
    rows = np.zeros((len(quarters), len(bins)))
    np.add.at(rows, (row, column), group["rows"].to_numpy(dtype=float))
    level = np.full(len(quarters), np.nan)
    level[row] = group["level"].to_numpy(dtype=float)
    enough = rows.sum(axis=1) >= LEAST_ROWS
    return {
        "quarters": quarters[enough],
        "bins": bins,
        "rows": rows[enough],
        "level": level[enough],
        "may_lack": bool(group["may_lack"].iloc[0]),
    }


def _pair(table: str, column: str, found: dict[str, Any], place: int) -> dict[str, Any]:
    rows, level = found["rows"], found["level"]
    then, now = rows[place - 1], rows[place]
    is_number = bool(np.isfinite(level).any())
    filled = found["bins"] != MISSING
    never_before = (rows[:place].sum(axis=0) == 0) & filled
    new = never_before & (now > 0) & (not is_number)
    old = filled & ~new
    return {
        "table": table,
        "column": column,
        "quarter": found["quarters"][place],
        "rows": int(now.sum()),
        "filled": int(min(then[filled].sum(), now[filled].sum())),
        "psi": population_stability_index(then, now),
        "overlap": _overlap(then[old], now[old]),
        "ratio": _ratio(level[place], level[place - 1]),
        "may_lack": found["may_lack"],
        "missing_then": float(then[~filled].sum() / then.sum()),
        "missing_now": float(now[~filled].sum() / now.sum()),
        "new_values": ", ".join(found["bins"][new]),
        "new_share": float(now[new].sum() / now.sum()),
    }


def _overlap(then: np.ndarray, now: np.ndarray) -> float:
    if not then.sum() or not now.sum():
        return 0.0 if then.sum() or now.sum() else 1.0
    return float(np.minimum(then / then.sum(), now / now.sum()).sum())


def _ratio(now: float, then: float) -> float:
    """Level against the level before; 1 where either is not known (text, zeros)."""
    return float(now / then) if np.isfinite(now) and np.isfinite(then) and then > 0 else 1.0


def judged(found: pd.DataFrame, psi_limit: float) -> pd.DataFrame:
    """Shifts that matter, told apart: defects of the data and changes of the business.

    A column that turns over every quarter (promotions, campaigns) is measured against itself:
    only a break with its own habit counts.

    Parameters
    ----------
    found : DataFrame
        What `shifts` gives.
    psi_limit : float
        From here on a shift is told.

    Returns
    -------
    DataFrame
        The rows of `found` that matter, with kind : "missing", "meaning", "new value" or "mix",
        and is_defect : bool
    """
    kind = np.select(
        [_gone_missing(found), _other_meaning(found), _new_value(found), _mix(found, psi_limit)],
        ["missing", "meaning", "new value", "mix"],
        default="",
    )
    marked = found.assign(kind=kind, is_defect=np.isin(kind, ["missing", "meaning"]))
    return marked[marked["kind"] != ""].reset_index(drop=True)


def _gone_missing(found: pd.DataFrame) -> pd.Series:
    more = found["missing_now"] - found["missing_then"]
    usual = _habit(more.abs(), found)
    usually_filled = (found["missing_then"] < USUALLY_FILLED) & ~found["may_lack"].astype(bool)
    return usually_filled & (more >= MISSING_JUMP) & (more >= 4 * usual)


def _other_meaning(found: pd.DataFrame) -> pd.Series:
    filled = found["filled"] >= LEAST_ROWS
    broken = (found["overlap"] < BROKEN_OVERLAP) & (
        _habit(found["overlap"], found) >= STEADY_OVERLAP
    )
    away = np.exp(np.log(found["ratio"].astype(float)).abs())
    far = (away >= BROKEN_RATIO) & (_habit(away, found) <= STEADY_RATIO)
    return filled & (broken | far)


def _new_value(found: pd.DataFrame) -> pd.Series:
    return (found["new_share"] >= NEW_SHARE) & (_habit(found["new_share"], found) < NEW_SHARE)


def _mix(found: pd.DataFrame, psi_limit: float) -> pd.Series:
    return (found["psi"] >= psi_limit) & (found["psi"] >= 2 * _habit(found["psi"], found))


def _habit(values: pd.Series, found: pd.DataFrame) -> pd.Series:
    """Median over the quarters of the same column: what is usual for it."""
    return values.groupby([found["table"], found["column"]]).transform("median")


def latest(found: pd.DataFrame, moved: pd.DataFrame) -> pd.DataFrame:
    """Rows of `found` that lie in the last quarter that any column of `moved` has."""
    return found[found["quarter"] == moved["quarter"].max()].reset_index(drop=True)
