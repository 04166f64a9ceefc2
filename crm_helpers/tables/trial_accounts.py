"""Customers -> the accounts that look made to try things out, and the order lines under them."""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
import pandas as pd

from crm_helpers.tables.profiles import kind_of

# The word "test" or "dummy" on its own or before digits: not "contest", not a surname "Testa".
PATTERN = r"(?i)(^|[^a-z])(test|tester|dummy)([^a-z]|$)"
LOOKED_AT = ("customer_id", "name", "full_name", "customer_name", "email", "e_mail")


def trial_accounts(customers: ir.Table) -> ir.Table:
    """Ids of customers whose id, name or e-mail address holds the word test or dummy.

    Returns
    -------
    ibis table, one row per account, sorted
        customer_id : str
    """
    texts = [
        customers[column]
        for column in LOOKED_AT
        if column in customers.columns and kind_of(customers[column]) == "text"
    ]
    looks_made = ibis.or_(*[text.re_search(PATTERN).fill_null(False) for text in texts])
    return customers.filter(looks_made).select("customer_id").order_by("customer_id")


def rows_under(table: ir.Table, accounts: ir.Table) -> int:
    """Rows of a table that belong to those accounts."""
    return _number(table.semi_join(accounts, "customer_id").count())


def trial_rows(tables: Mapping[str, ir.Table]) -> pd.DataFrame:
    """Rows of each table that belong to accounts made to try things out.

    Returns
    -------
    DataFrame, one row per table with such rows, the customers first
        table : str, rows : int, of_rows : int
    """
    if "customers" not in tables:
        return pd.DataFrame(columns=["table", "rows", "of_rows"])
    accounts = trial_accounts(tables["customers"])
    found = [
        {"table": name, "rows": rows_under(table, accounts), "of_rows": _number(table.count())}
        for name, table in tables.items()
        if "customer_id" in table.columns
    ]
    frame = pd.DataFrame(found)
    return frame[frame["rows"] > 0].reset_index(drop=True)


def _number(value: ir.IntegerScalar) -> int:
    return int(value.to_pyarrow().as_py())
