"""Rows per quarter and bin -> how each column shifted, and whether that is a defect."""

import numpy as np
import pandas as pd

from crm_helpers.measures.psi import population_stability_index

LEAST_ROWS = 200
MISSING = "(missing)"
STEADY_OVERLAP, BROKEN_OVERLAP = 0.8, 0.5
STEADY_RATIO, BROKEN_RATIO = 1.5, 3.0
MISSING_JUMP = 0.05
NEW_SHARE = 0.01


def shifts(counts: pd.DataFrame) -> pd.DataFrame:
    """Each pair of neighbouring quarters of each column, compared.

    Quarters with fewer than 200 rows are left out.

    Parameters
    ----------
    counts : DataFrame, one row per table, column, quarter and bin
        Columns table, column, quarter (timestamp), bin, rows, middle.

    Returns
    -------
    DataFrame, one row per column and quarter that has one before it
        table, column : str
        quarter : timestamp, first day of the later quarter
        rows : int, rows of the later quarter
        psi : float
        overlap : float in [0, 1], common part of both distributions of the filled values
        ratio : float, level of the later quarter by that of the earlier (1 for text)
        missing_then, missing_now : float in [0, 1]
        new_values : str, values of a text never seen before
        new_share : float in [0, 1], their share
    """
    pairs = [
        _pair(table, column, rows, place)
        for (table, column), group in counts.groupby(["table", "column"], sort=False)
        for rows in [_by_quarter(group)]
        for place in range(1, len(rows["rows"]))
    ]
    return pd.DataFrame(pairs, columns=list(_EMPTY)) if pairs else pd.DataFrame(_EMPTY)


_EMPTY: dict[str, list] = {
    name: []
    for name in (
        "table", "column", "quarter", "rows", "psi", "overlap", "ratio",
        "missing_then", "missing_now", "new_values", "new_share",
    )
}  # fmt: skip


def _by_quarter(group: pd.DataFrame) -> dict[str, pd.DataFrame]:
    rows = group.pivot_table(index="quarter", columns="bin", values="rows", aggfunc="sum")
    rows = rows.fillna(0).astype(float)
    rows = rows[rows.sum(axis=1) >= LEAST_ROWS]
    middle = group.pivot_table(index="quarter", columns="bin", values="middle", aggfunc="mean")
    return {"rows": rows, "middle": middle.reindex(rows.index)}


def _pair(table: str, column: str, found: dict[str, pd.DataFrame], place: int) -> dict:
    rows, middle = found["rows"], found["middle"]
    then, now = rows.iloc[place - 1], rows.iloc[place]
    is_number = bool(middle.notna().to_numpy().any())
    before = rows.iloc[:place].sum()
    new = [] if is_number else [b for b in rows if b != MISSING and not before[b] and now[b]]
    return {
        "table": table,
        "column": column,
        "quarter": rows.index[place],
        "rows": int(now.sum()),
        "psi": population_stability_index(then, now),
        "overlap": _overlap(then.drop(new), now.drop(new)),
        "ratio": _level(now, middle.iloc[place]) / _level(then, middle.iloc[place - 1])
        if is_number
        else 1.0,
        "missing_then": then.get(MISSING, 0.0) / then.sum(),
        "missing_now": now.get(MISSING, 0.0) / now.sum(),
        "new_values": ", ".join(sorted(new)),
        "new_share": float(now[new].sum() / now.sum()),
    }


def _overlap(then: pd.Series, now: pd.Series) -> float:
    then, now = then.drop(MISSING, errors="ignore"), now.drop(MISSING, errors="ignore")
    if not then.sum() or not now.sum():
        return 0.0 if then.sum() or now.sum() else 1.0
    return float(np.minimum(then / then.sum(), now / now.sum()).sum())


def _level(rows: pd.Series, middle: pd.Series) -> float:
    """Geometric mean of the size of the numbers, by bins; large values do not carry it away."""
    sizes = middle.abs().reindex(rows.index)
    used = (sizes > 0) & (rows > 0)
    if not used.any():
        return 1.0
    return float(np.exp(np.average(np.log(sizes[used]), weights=rows[used])))


def judged(found: pd.DataFrame, psi_limit: float) -> pd.DataFrame:
    """Shifts that matter, told apart: defects of the data and changes of the business.

    A column that turns over every quarter (promotions, campaigns) is measured against itself:
    only a break with its own habit is a defect.

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
    habit = found.groupby(["table", "column"])
    usual_overlap = habit["overlap"].transform("median")
    usual_ratio = np.exp(
        np.log(found["ratio"]).abs().groupby([found["table"], found["column"]]).transform("median")
    )
    away = np.exp(np.log(found["ratio"].astype(float)).abs())
    more_missing = found["missing_now"] - found["missing_then"]
    usual_missing = (
        more_missing.abs().groupby([found["table"], found["column"]]).transform("median")
    )
    missing = (more_missing >= MISSING_JUMP) & (more_missing >= 4 * usual_missing)
    meaning = (found["overlap"] < BROKEN_OVERLAP) & (usual_overlap >= STEADY_OVERLAP)
    meaning |= (away >= BROKEN_RATIO) & (usual_ratio <= STEADY_RATIO)
    new_value = found["new_share"] >= NEW_SHARE
    kind = np.select(
        [missing, meaning, new_value, found["psi"] >= psi_limit],
        ["missing", "meaning", "new value", "mix"],
        default="",
    )
    marked = found.assign(kind=kind, is_defect=np.isin(kind, ["missing", "meaning"]))
    return marked[marked["kind"] != ""].reset_index(drop=True)
