"""Judged shifts -> defects, and changes of the business, in words."""

from typing import Any

import pandas as pd

from crm_helpers.measures.quality.defects import defect

PSI_OF = "PSI, tenths or values of this quarter against the last"


def shift_defects(judged: pd.DataFrame) -> list[dict[str, Any]]:
    """Shifts that are breaks of the data: values gone missing, or another meaning.

    Parameters
    ----------
    judged : DataFrame
        What `shifts.judged` gives.
    """
    return [_defect(row) for row in judged[judged["is_defect"].astype(bool)].to_dict("records")]


def _defect(row: dict[str, Any]) -> dict[str, Any]:
    is_gone = row["kind"] == "missing"
    share = row["missing_now"] if is_gone else 1 - row["missing_now"]
    return defect(
        "gone missing" if is_gone else "another meaning",
        row["table"],
        row["column"],
        round(row["rows"] * share),
        row["rows"],
        what=_gone(row) if is_gone else _meaning(row),
        remedy="ask who delivers it what changed; convert it in the source file",
        severity="serious",
    )


def _gone(row: dict[str, Any]) -> str:
    return (
        f"{row['column']} is empty in {row['missing_now']:.0%} of the rows in the quarter "
        f"from {_day(row['quarter'])} on, {row['missing_then']:.0%} before"
    )


def _meaning(row: dict[str, Any]) -> str:
    level = f": {row['ratio']:.1f} times its level before" if row["ratio"] != 1 else ""
    since = _day(row["quarter"])
    return f"{row['column']} means something else from the quarter of {since} on{level}"


def _day(when: pd.Timestamp) -> str:
    return f"{when.day} {when:%b %Y}"


def business_changes(judged: pd.DataFrame, prices: pd.DataFrame) -> pd.DataFrame:
    """Changes of a quarter that are no defects, in words.

    Parameters
    ----------
    judged : DataFrame
        What `shifts.judged` gives, of one quarter.
    prices : DataFrame, one row per group of products with a new price
        group : str, products : int, change : float

    Returns
    -------
    DataFrame, one row per change
        table, column, kind, what : str, psi : float
    """
    mine = judged[~judged["is_defect"].astype(bool)]
    told = [
        {
            "table": row["table"],
            "column": row["column"],
            "kind": "other mix" if row["kind"] == "mix" else row["kind"],
            "what": _change(row),
            "psi": row["psi"],
        }
        for row in mine.to_dict("records")
    ]
    told += [
        {
            "table": "transactions",
            "column": "unit_price",
            "kind": "new price",
            "what": (
                f"{row['group']}: {row['products']} products sell for {row['change']:+.0%} "
                "against the quarter before"
            ),
            "psi": float("nan"),
        }
        for row in prices.to_dict("records")
    ]
    return pd.DataFrame(told, columns=["table", "column", "kind", "what", "psi"])


def _change(row: dict[str, Any]) -> str:
    if row["kind"] == "new value":
        return f"{row['column']} has a new value: {row['new_values']} ({row['new_share']:.0%})"
    return f"{row['column']} is spread otherwise than in the quarter before"
