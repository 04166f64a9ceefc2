"""Profiles of persons: before each contact of a campaign, or today -> one row per person."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.profiles import (
    KEY,
    attribute_profile,
    contract_profile,
    earlier_contacts,
    feedback_profile,
    lead_profile,
    order_profile,
)

COUNTS = (
    "frequency_orders",
    "recent_orders",
    "statements_count",
    "tickets_count",
    "earlier_contacts",
    "earlier_responses",
)
# Columns of the contract: what was done and what came of it, not what the person is like.
NOT_PREDICTORS = (
    "responded is_treated is_randomized offer purpose value cost contacted_at responded_at "
    "customer_id lead_id channel"
).split()
NEXT = "next"
# What a profile counts from dated rows before the contact; the rest stands as it is today.
DATED = (
    *COUNTS,
    *"recency_days monetary_mean revenue_sum contract_days age_years".split(),
    *("account_days", "lead_days"),
)


def contact_profiles(
    contacts: ir.Table,
    customers: ir.Table | None = None,
    transactions: ir.Table | None = None,
    subscriptions: ir.Table | None = None,
    leads: ir.Table | None = None,
    feedback: ir.Table | None = None,
    *,
    as_of: dt.date,
    observation_days: int = 365,
) -> ir.Table:
    """What was known of each person on the day before each contact.

    Contacts without a date have only the attributes that stand on their own rows.

    Parameters
    ----------
    contacts : Table, one row per person and campaign
    customers, transactions, subscriptions, leads, feedback : Table, optional
    as_of : date
        Contacts after it are left out.
    observation_days : int, default 365
        Days before the contact from which orders and statements count.

    Returns
    -------
    Table, one row per person and campaign, sorted by both
        person_id, campaign : str
        attributes of the contact, and where known: recency_days, frequency_orders,
        recent_orders, monetary_mean, revenue_sum, contract_days, plan, monthly_fee,
        statements_count, tickets_count, earlier_contacts, earlier_responses, age_years,
        account_days, won_by, lead_days, came_by and attributes of customers and leads
    """
    own = [name for name in contacts.columns if name not in (*KEY, *NOT_PREDICTORS)]
    if "contacted_at" not in contacts.columns:
        return contacts.select(*KEY, *own).order_by(*KEY)
    seen = windows.up_to(contacts, as_of, "contacted_at")
    points = seen.select(*KEY, **_links(seen), seen_on=seen.contacted_at.date())
    tables = (customers, transactions, subscriptions, leads, feedback)
    rows = seen.select(*KEY, *own)
    return _with_profiles(rows, points, tables, seen, observation_days)


def undated_profile(columns: list[str]) -> tuple[str, ...]:
    """Columns of a profile that have no date: snapshots for the leakage alarm.

    Parameters
    ----------
    columns : list of str
        Of `contact_profiles`, and of the contacts.

    Returns
    -------
    tuple of str
    """
    told = {*KEY, *NOT_PREDICTORS, *DATED}
    return tuple(column for column in columns if column not in told)


def customer_profiles(
    customers: ir.Table,
    transactions: ir.Table | None = None,
    subscriptions: ir.Table | None = None,
    feedback: ir.Table | None = None,
    contacts: ir.Table | None = None,
    *,
    as_of: dt.date,
    observation_days: int = 365,
) -> ir.Table:
    """What is known of each customer at the end of as_of, as `contact_profiles` has it.

    Parameters
    ----------
    customers : Table, one row per customer
    transactions, subscriptions, feedback, contacts : Table, optional
    as_of : date
        Last day that counts, inclusive.
    observation_days : int, default 365
        Days up to as_of from which orders and statements count.

    Returns
    -------
    Table, one row per customer who had joined, sorted by customer
        person_id : the customer; campaign : "next"; the columns of `contact_profiles`
    """
    known = customers
    if "joined_on" in customers.columns:
        known = windows.up_to(customers, as_of, "joined_on")
    links = {"customer_id": known.customer_id, "lead_id": ibis.null("string")}
    points = _today(known, known.customer_id, links, as_of)
    tables = (known, transactions, subscriptions, None, feedback)
    return _with_profiles(points.select(*KEY), points, tables, contacts, observation_days)


def lead_profiles(leads: ir.Table, contacts: ir.Table | None = None, *, as_of: dt.date) -> ir.Table:
    """What is known of each lead that had not converted by the end of as_of.

    Parameters
    ----------
    leads : Table, one row per lead
    contacts : Table, optional
    as_of : date
        Last day that counts, inclusive.

    Returns
    -------
    Table, one row per open lead, sorted by lead
        person_id : the lead; campaign : "next"; the columns of `contact_profiles`
    """
    known = windows.up_to(leads, as_of, "created_on")
    if "converted_on" in leads.columns:
        known = windows.dated_by(known, as_of, "converted_on")
        known = known.filter(known.converted_on.isnull())
    links = {"customer_id": ibis.null("string"), "lead_id": known.lead_id}
    points = _today(known, known.lead_id, links, as_of)
    rows = points.select(*KEY)
    return _with_profiles(rows, points, (None, None, None, known, None), contacts, 1)


def _links(seen: ir.Table) -> dict[str, ir.Value]:
    return {
        name: seen[name] if name in seen.columns else ibis.null("string")
        for name in ("customer_id", "lead_id")
    }


def _today(
    table: ir.Table, person: ir.Value, links: dict[str, ir.Value], as_of: dt.date
) -> ir.Table:
    tomorrow = ibis.literal(as_of + windows.ONE_DAY)
    return table.select(person_id=person, campaign=ibis.literal(NEXT), **links, seen_on=tomorrow)


def _with_profiles(
    rows: ir.Table,
    points: ir.Table,
    tables: tuple,
    contacts: ir.Table | None,
    observation_days: int,
) -> ir.Table:
    customers, transactions, subscriptions, leads, feedback = tables
    parts = []
    if transactions is not None and "ordered_at" in transactions.columns:
        parts.append(order_profile(points, transactions, observation_days))
    if subscriptions is not None and {"started_on", "ended_on"} <= set(subscriptions.columns):
        parts.append(contract_profile(points, subscriptions))
    if feedback is not None and {"given_at", "customer_id"} <= set(feedback.columns):
        parts.append(feedback_profile(points, feedback, observation_days))
    if contacts is not None and "contacted_at" in contacts.columns:
        parts.append(earlier_contacts(points, contacts))
    if customers is not None:
        parts.append(attribute_profile(points, customers))
    if leads is not None:
        parts.append(lead_profile(points, leads))
    for part in parts:
        rows = _joined(rows, part)
    zeros = {name: rows[name].fill_null(0) for name in COUNTS if name in rows.columns}
    return (rows.mutate(**zeros) if zeros else rows).order_by(*KEY)


def _joined(rows: ir.Table, part: ir.Table) -> ir.Table:
    """Left join; of two columns of one name the first that is known counts."""
    joined = rows.left_join(part, list(KEY), rname="{name}_of_part")
    both = [name for name in part.columns if name in rows.columns and name not in KEY]
    known = {name: joined[name].coalesce(joined[f"{name}_of_part"]) for name in both}
    if known:
        joined = joined.mutate(**known)
    return joined.drop(*[name for name in joined.columns if name.endswith("_of_part")])
