"""A table that holds its own outcome -> attributes and outcome, for the leakage alarm."""

import ibis.expr.types as ir

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
