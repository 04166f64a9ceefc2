"""Customers -> the accounts that look made to try things out, and the order lines under them."""

import ibis
import ibis.expr.types as ir

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
    return int(table.semi_join(accounts, "customer_id").count().to_pyarrow().as_py())
