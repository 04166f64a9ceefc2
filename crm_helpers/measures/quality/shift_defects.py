"""Judged shifts -> breaks of the data, and changes of the business, as codes and numbers."""

from typing import Any

import pandas as pd

from crm_helpers.measures.quality.defects import SERIOUS, defect

OF_BREAK = ("quarter", "ratio", "missing_then", "missing_now")
OF_VALUE = ("new_values", "new_share")
OF_PRICE = ("group", "products", "change")
MIX, NEW_VALUE, NEW_PRICE = "mix", "new value", "new price"


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
        severity=SERIOUS,
        **{name: row[name] for name in OF_BREAK},
    )


def business_changes(judged: pd.DataFrame, prices: pd.DataFrame) -> pd.DataFrame:
    """Changes of a quarter that are no defects.

    Parameters
    ----------
    judged : DataFrame
        What `shifts.judged` gives, of one quarter.
    prices : DataFrame, one row per group of products with a new price
        group : str, products : int, change : float

    Returns
    -------
    DataFrame, one row per change
        table, column : str
        kind : mix, new value or new price
        psi : float, missing for a new price
        about : dict, of a new value its new_values and new_share, of a new price group, products
            and change
    """
    mine = judged[~judged["is_defect"].astype(bool)]
    told = [
        {
            **{name: row[name] for name in ("table", "column", "kind", "psi")},
            "about": {name: row[name] for name in OF_VALUE},
        }
        for row in mine.to_dict("records")
    ]
    told += [
        {
            **{"table": "transactions", "column": "unit_price", "kind": NEW_PRICE},
            "psi": float("nan"),
            "about": {name: row[name] for name in OF_PRICE},
        }
        for row in prices.to_dict("records")
    ]
    return pd.DataFrame(told, columns=["table", "column", "kind", "psi", "about"])
