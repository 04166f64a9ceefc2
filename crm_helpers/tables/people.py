"""Customers -> names with the columns that persons must share to be compared."""

from collections.abc import Mapping

import ibis.expr.types as ir
import pandas as pd

NAMES = ("name", "full_name", "customer_name")
SHARED = ("postcode", "zip", "city", "birth_year", "gender", "region")


def people(tables: Mapping[str, ir.Table], profiles: pd.DataFrame) -> pd.DataFrame:
    """Customers with their name and the two finest columns that several of them share.

    Parameters
    ----------
    tables : mapping of canonical name to ibis table
    profiles : DataFrame, one row per column
        What `column_profiles` gives.

    Returns
    -------
    DataFrame, one row per customer, sorted by customer
        customer_id, name, and one or two columns such as postcode and birth_year; empty when
        the source has no names or nothing to share
    """
    if "customers" not in tables:
        return pd.DataFrame()
    mine = profiles[profiles["table"] == "customers"].set_index("column")
    name = [column for column in NAMES if column in mine.index]
    shared = mine[mine.index.isin(SHARED) & mine["distinct"].between(2, mine["rows"].max() / 2)]
    blocks = list(shared.sort_values("distinct", ascending=False, kind="stable").index[:2])
    if not name or not blocks:
        return pd.DataFrame()
    chosen = tables["customers"].select("customer_id", *blocks, name=tables["customers"][name[0]])
    return chosen.order_by("customer_id").to_pandas()
