"""Ids written in several ways, numbers used twice, ids that hold too much -> defects as codes."""

from typing import Any

import pandas as pd

from crm_helpers.measures.quality.defects import SERIOUS, defect

WHERE = ("table", "column", "rows", "of_rows")
LEAST_SHARE = 0.001  # of the order lines; fewer are slips in a customer's number


def ids_alike_defects(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Ids that are equal but for case, blanks or a ``.0`` at the end: one thing counted as several.

    About each: ids (written in several ways).
    """
    return [
        defect(
            "ids alike", row["table"], row["column"], row["rows"], row["of_rows"], ids=row["ids"]
        )
        for row in found.to_dict("records")
    ]


def order_number_defects(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Order numbers that stand for several customers, shops or days, from 1 line in 1,000 on.

    About each: orders (numbers), shop_tells_apart (number and shop together are one order).
    """
    return [
        defect(
            "order number shared",
            "transactions",
            row["column"],
            row["rows"],
            row["of_rows"],
            orders=row["orders"],
            shop_tells_apart=bool(row["shop_tells_apart"]),
        )
        for row in found.to_dict("records")
        if row["rows"] >= LEAST_SHARE * row["of_rows"]
    ]


def implausible_share_defects(found: pd.DataFrame) -> list[dict[str, Any]]:
    """Customers that hold an implausible share of a table: a stand-in for those not known.

    About each: times_next (rows against those of the next customer).
    """
    return [
        defect(
            "implausible share",
            row["table"],
            row["column"],
            row["rows"],
            row["of_rows"],
            severity=SERIOUS,
            times_next=row["times_next"],
        )
        for row in found.to_dict("records")
    ]


def emptied_defects(emptied: pd.DataFrame, counts: pd.DataFrame) -> list[dict[str, Any]]:
    """Values that were a word for nothing and were read as empty.

    About each: words (the most frequent three).

    Parameters
    ----------
    emptied : DataFrame, one row per table, column and word
        table, column, word, rows
    counts : DataFrame
        Of the checked tables.
    """
    kept = counts.set_index("table")[["rows_read", "rows_excluded"]]
    kept = kept["rows_read"] - kept["rows_excluded"]
    told = []
    for (table, column), mine in emptied.groupby(["table", "column"], sort=False):
        words = mine.sort_values("rows", ascending=False, kind="stable")["word"].head(3).tolist()
        rows = int(mine["rows"].sum())
        told.append(defect("word for nothing", table, column, rows, int(kept[table]), words=words))
    return told
