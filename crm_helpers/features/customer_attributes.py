"""Attributes of customers as predictors: the customers table -> one row per customer."""

import datetime as dt

import ibis.expr.types as ir

from crm_helpers.features import windows

CONSENT = ("may_contact", "may_profile")
# They name a person and say nothing about others.
PERSONAL = ("name", "email", "phone", "address", "postcode")


def customer_attributes(customers: ir.Table, *, as_of: dt.date) -> ir.Table:
    """Attributes of each customer who had joined by as_of; consent and names are none.

    All but the age of the account are snapshots: the table says how they are today, not
    how they were on as_of. They stay apart from the features that obey the leakage law.

    Parameters
    ----------
    customers : Table, one row per customer
    as_of : date
        Last day that counts, inclusive.

    Returns
    -------
    Table, one row per customer, sorted by customer
        customer_id : str
        [account_age_days] : int, days from joining to as_of
        and every other attribute as it stands; dates and ids are left out
    """
    has_joined = "joined_on" in customers.columns
    known = windows.up_to(customers, as_of, "joined_on") if has_joined else customers
    kept = {name: known[name] for name in attribute_names(known)}
    if has_joined:
        kept["account_age_days"] = windows.days_before(known.joined_on, as_of)
    return known.select("customer_id", **kept).order_by("customer_id")


def undated_attributes(attributes: list[str]) -> list[str]:
    """Names of those attributes that have no date: snapshots for the leakage alarm.

    Parameters
    ----------
    attributes : list of str
        Columns of `customer_attributes`.

    Returns
    -------
    list of str
    """
    return [name for name in attributes if name not in ("customer_id", "account_age_days")]


def attribute_names(customers: ir.Table) -> list[str]:
    """Columns that describe a customer: no consent, name, id or date.

    Parameters
    ----------
    customers : Table, one row per customer

    Returns
    -------
    list of str
    """
    types = customers.schema()
    return [
        name
        for name in customers.columns
        if name not in (*CONSENT, *PERSONAL)
        and not name.endswith("_id")
        and not (types[name].is_date() or types[name].is_timestamp())
    ]
