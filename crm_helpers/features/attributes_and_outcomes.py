"""A table that holds its own outcome -> attributes and outcome, for the leakage alarm."""

from collections.abc import Mapping

import ibis.expr.types as ir
import pandas as pd

from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.profiles import kind_of

OUTCOMES = {
    "subscriptions": "churned",
    "contacts": "responded",
    "applications": "defaulted",
    "payments": "is_fraud",
}
# Columns of the contracts that are known before the outcome and so may stand beside attributes.
KNOWN_BEFORE = {
    "subscriptions": ("plan", "monthly_fee", "tenure_months"),
    "contacts": ("campaign", "purpose", "channel", "offer", "is_treated"),
    "applications": ("amount", "term_months"),
    "payments": ("amount", "kind"),
}


def attribute_names(name: str, table: ir.Table) -> list[str]:
    """Columns beyond the contract that may be predictors: no ids, no dates."""
    contract = CONTRACTS[name]
    return [
        column
        for column in table.columns
        if contract.column(column) is None
        and not column.endswith("_id")
        and kind_of(table[column]) in ("number", "text", "flag")
    ]


def attributes_with_outcomes(
    tables: Mapping[str, ir.Table], lapsed: pd.DataFrame
) -> dict[tuple[str, str], pd.DataFrame]:
    """Attributes beside each outcome that the tables hold, and customers beside their lapse.

    Parameters
    ----------
    tables : mapping of canonical name to Table
        Without the rows dated after the day of the report.
    lapsed : DataFrame, one row per customer
        Columns customer_id and lapsed, as `lapse_labels` gives them; may be empty.

    Returns
    -------
    dict of (table, outcome) to DataFrame
        outcome : bool, and one column per predictor
    """
    found = {}
    for name, table in tables.items():
        rows = with_outcome(name, table)
        if rows is not None:
            found[name, OUTCOMES[name]] = _plain(rows)
    if "customers" in tables and len(lapsed):
        names = customer_attribute_names(tables["customers"])
        people = _plain(tables["customers"].select("customer_id", *names))
        joined = people.merge(lapsed, on="customer_id").drop(columns="customer_id")
        found["customers", "lapsed"] = joined.rename(columns={"lapsed": "outcome"})
    return found


def undated_attributes(tables: Mapping[str, ir.Table]) -> dict[str, list[str]]:
    """Attributes of each table that could have been written after its outcome."""
    found = {name: attribute_names(name, table) for name, table in tables.items()}
    if "customers" in tables:
        found["customers"] = customer_attribute_names(tables["customers"])
    return found


def customer_attribute_names(customers: ir.Table) -> list[str]:
    """Columns of the customers that say how a customer is: no ids, dates or consent."""
    return [
        column
        for column in customers.columns
        if not column.startswith("may_")
        and not column.endswith("_id")
        and kind_of(customers[column]) in ("number", "text", "flag")
    ]


def _plain(table: ir.Table) -> pd.DataFrame:
    numbers = {c: table[c].cast("float64") for c in table.columns if table[c].type().is_decimal()}
    frame = (table.mutate(**numbers) if numbers else table).to_pandas()
    return frame.sort_values(list(frame.columns), kind="stable", ignore_index=True)


def with_outcome(name: str, table: ir.Table) -> ir.Table | None:
    """Attributes and known companions of the rows whose outcome is known.

    Returns
    -------
    Table, one row per row with a known outcome, or None without outcome or attributes
        outcome : bool, and one column per predictor
    """
    label = OUTCOMES.get(name, "")
    attributes = attribute_names(name, table)
    if label not in table.columns or not attributes:
        return None
    beside = [column for column in KNOWN_BEFORE[name] if column in table.columns]
    known = table.filter(table[label].notnull())
    return known.select(*attributes, *beside, outcome=known[label])
