"""References between the tables -> rows without a partner."""

import pandas as pd

from crm_helpers.measures.quality.defects import as_table, orphan_defects
from crm_helpers.measures.quality.identity_defects import (
    ids_alike_defects,
    implausible_share_defects,
    order_number_defects,
)
from crm_helpers.page.numerals import counted, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import MOST_ROWS, Html, answer, note, table
from crm_helpers.tables import identities
from crm_helpers.tables.needs import unmet_needs

REFERENCES = {
    "table": "Table",
    "column": "Id",
    "parent": "Looked up in",
    "rows_with_id": ("Rows with an id", number),
    "orphans": ("Without partner", number),
    "share": ("Share", percent),
}


def partners(report: Report) -> Section:
    """How many rows have no partner in the table that their id refers to.

    Returns
    -------
    Section
        data : at most 12 references, those with most orphans first, columns table, column,
        parent, rows_with_id, orphans, first_case, share; words alone for a single table
    """
    orphans = report.tables.orphans
    return Section.of(answer(_partners(orphans)), _references(orphans))


def _partners(found: pd.DataFrame) -> str:
    if found.empty:
        return "There is nothing to join: no table refers to another"
    lost = found[found["orphans"] > 0]
    if lost.empty:
        return f"All {counted(len(found), 'reference')} between the tables hold"
    worst = lost.loc[lost["orphans"].idxmax()]
    return (
        f"{number(lost['orphans'].sum())} rows have no partner, most of them "
        f"({number(worst['orphans'])}) in {worst['table']}: their {worst['column']} is not in "
        f"{worst['parent']}"
    )


def _references(orphans: pd.DataFrame) -> Html:
    shown = orphans.assign(share=orphans["orphans"] / orphans["rows_with_id"].clip(lower=1))
    shown = shown.sort_values("orphans", ascending=False, kind="stable").head(MOST_ROWS)
    return table(shown, REFERENCES) if len(shown) else note("The source has one table only.")


def join_defects(report: Report, *, max_orphan_share: float) -> pd.DataFrame:
    """Rows without a partner, ids alike, numbers of several orders, ids that hold too much.

    Parameters
    ----------
    report : Report
    max_orphan_share : float
        Share of rows without a partner that is still fine.

    Returns
    -------
    DataFrame, one row per defect
        severity, kind, table, column : str; rows, of_rows : int; about : dict
    """
    tables = report.tables
    found = orphan_defects(tables.orphans, max_orphan_share)
    found += ids_alike_defects(identities.ids_alike(tables))
    found += implausible_share_defects(identities.implausible_shares(tables))
    if "transactions" in tables and not unmet_needs([{"transactions": ["order_id"]}], tables):
        found += order_number_defects(identities.shared_order_numbers(tables["transactions"]))
    return as_table(found)
