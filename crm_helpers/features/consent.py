"""Consent of customers as of a date: the customers table -> one row per customer."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows


def consent(customers: ir.Table, *, as_of: dt.date) -> ir.Table:
    """What each customer has agreed to.

    Where the source says on which day consent was given (`may_contact_on`,
    `may_profile_on`), it counts from that day on. Consent not known is not consent to be
    contacted; profiling is refused only by an explicit no, because a company that records
    no such consent relies on other grounds, which its own counsel must name.

    Parameters
    ----------
    customers : Table, one row per customer
        Columns customer_id, [may_contact], [may_profile], [may_contact_on], [may_profile_on].
    as_of : date
        Last day that counts, inclusive.

    Returns
    -------
    Table, one row per customer, sorted by customer
        customer_id : str
        [may_contact] : bool, absent where the source does not ask
        [may_profile] : bool, likewise
    """
    kept = {}
    if "may_contact" in customers.columns:
        kept["may_contact"] = _since(customers, as_of, "may_contact").fill_null(False)
    if "may_profile" in customers.columns:
        kept["may_profile"] = _since(customers, as_of, "may_profile").fill_null(True)
    return customers.select("customer_id", **kept).order_by("customer_id")


def _since(customers: ir.Table, as_of: dt.date, name: str) -> ir.BooleanValue:
    """Consent, false while its day lies in the future."""
    day = f"{name}_on"
    if day not in customers.columns:
        return customers[name]
    not_yet = windows.dated_by(customers, as_of, day)[day].isnull() & customers[day].notnull()
    return ibis.ifelse(not_yet, False, customers[name])
