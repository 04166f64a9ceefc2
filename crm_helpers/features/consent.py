"""Consent of customers as of a date: the customers table -> one row per customer."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows


def consent(customers: ir.Table, *, as_of: dt.date) -> ir.Table:
    """What each customer has agreed to.

    Where the source says on which day consent was given (`may_contact_on`,
    `may_profile_on`), it counts from that day on; where it says when it was withdrawn
    (`contact_withdrawn_on`, `profile_withdrawn_on`), until that day. Consent not known is
    not consent to be contacted; profiling is refused only by an explicit no, because a company
    that records no such consent relies on other grounds, which its own counsel must name.

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
    known = _joined_by(customers, as_of) if "joined_on" in customers.columns else customers
    kept = {}
    for name, unknown in (("may_contact", False), ("may_profile", True)):
        if name in known.columns:
            known = _until_withdrawn(_since(known, as_of, name), as_of, name)
            kept[name] = known[name].fill_null(unknown)
    return known.select("customer_id", **kept).order_by("customer_id")


def known_customers(
    transactions: ir.Table | None = None,
    subscriptions: ir.Table | None = None,
    contacts: ir.Table | None = None,
    leads: ir.Table | None = None,
    *,
    as_of: dt.date,
) -> ir.Table:
    """Every customer that orders, contracts, contacts or leads name, with a row of his own or not.

    Parameters
    ----------
    transactions, subscriptions, contacts, leads : Table, optional
        Read where they have a customer_id.
    as_of : date
        What came later than that day is not looked at.

    Returns
    -------
    Table, one row per customer, sorted
        customer_id : str
    """
    dated = {
        "ordered_at": transactions,
        "started_on": subscriptions,
        "contacted_at": contacts,
        "created_on": leads,
    }
    named = [
        seen.filter(seen.customer_id.notnull()).select("customer_id")
        for seen in (_dated_up_to(table, as_of, day) for day, table in dated.items())
        if seen is not None and "customer_id" in seen.columns
    ]
    if not named:
        return ibis.memtable({"customer_id": []}, schema={"customer_id": "string"})
    together = named[0].union(*named[1:]) if named[1:] else named[0]
    return together.distinct().order_by("customer_id")


def _dated_up_to(table: ir.Table | None, as_of: dt.date, day: str) -> ir.Table | None:
    if table is None or day not in table.columns:
        return table
    return windows.up_to(table, as_of, day)


def _joined_by(customers: ir.Table, as_of: dt.date) -> ir.Table:
    """Customers who had joined; one whose day is not known keeps what he said."""
    marked = windows.dated_by(customers.mutate(seen_on=customers.joined_on), as_of, "seen_on")
    return marked.filter(marked.seen_on.notnull() | marked.joined_on.isnull()).drop("seen_on")


def _since(customers: ir.Table, as_of: dt.date, name: str) -> ir.Table:
    """Customers whose consent is false while its day lies ahead."""
    day = f"{name}_on"
    if day not in customers.columns:
        return customers
    marked = windows.dated_by(customers.mutate(given_on=customers[day]), as_of, "given_on")
    not_yet = marked.given_on.isnull() & marked[day].notnull()
    return marked.mutate(**{name: ibis.ifelse(not_yet, False, marked[name])}).drop("given_on")


def _until_withdrawn(customers: ir.Table, as_of: dt.date, name: str) -> ir.Table:
    """Customers whose consent is false from the day of its withdrawal on."""
    day = f"{name.removeprefix('may_')}_withdrawn_on"
    if day not in customers.columns:
        return customers
    marked = windows.dated_by(customers, as_of, day)
    return marked.mutate(**{name: ibis.ifelse(marked[day].notnull(), False, marked[name])})
