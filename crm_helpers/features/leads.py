"""Leads: what became of each, as known on a date -> one row per lead."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows

NOT_PREDICTORS = ("created_on", "converted_on", "customer_id", "cost")


def lead_outcomes(leads: ir.Table, *, as_of: dt.date) -> ir.Table:
    """Days each lead has been open, and whether it had become a customer by as_of.

    Parameters
    ----------
    leads : Table, one row per lead
        Columns lead_id, created_on, converted_on, [channel], [cost], [customer_id].
    as_of : date
        Last day whose knowledge counts, inclusive.

    Returns
    -------
    Table, one row per lead created by as_of, sorted by lead
        lead_id : str
        channel : str
        is_converted : bool, by as_of
        wins_customer : bool, converted, and no other lead of that customer did before
        open_days : int, to the conversion, or to as_of
        lead_age_days : int, from the day it came in to as_of
        cost : decimal, empty where it is not known
    """
    seen = _known(leads, as_of)
    waited = windows.days_between(seen.created_on, seen.converted_on)
    return seen.select(
        "lead_id",
        channel=_channel(seen),
        is_converted=seen.converted_on.notnull(),
        wins_customer=_wins_customer(seen),
        open_days=ibis.coalesce(waited, windows.days_before(seen.created_on, as_of)),
        lead_age_days=windows.days_before(seen.created_on, as_of),
        cost=_cost(seen),
    ).order_by("lead_id")


def winning_leads(leads: ir.Table, *, until: dt.date) -> ir.Table:
    """The lead that won each customer: of several leads of one customer the first to convert.

    What follows a customer (orders, money) is joined to these rows, never to all leads: a customer
    with two leads would have all his orders twice.

    Parameters
    ----------
    leads : Table, one row per lead
        Columns lead_id, customer_id, created_on, converted_on.
    until : date
        Last day of a conversion, inclusive.

    Returns
    -------
    Table, one row per customer, unsorted
        The columns of leads. Of leads that converted on one day the one that came in first.
    """
    won = windows.up_to(leads, until, "converted_on")
    won = won.filter(won.customer_id.notnull())
    first = ibis.window(
        group_by="customer_id", order_by=[won.converted_on, won.created_on, won.lead_id]
    )
    place = won.mutate(place=ibis.row_number().over(first))
    return place.filter(place.place == 0).drop("place")


def leads_of_customers(
    leads: ir.Table,
    customers: ir.Table | None = None,
    transactions: ir.Table | None = None,
    *,
    as_of: dt.date,
) -> ir.Table:
    """Leads still open on as_of whose customer is one already: there is nobody new to win.

    A customer is who has ordered, has joined, or has come by another lead by as_of.

    Parameters
    ----------
    leads : Table, one row per lead
        Columns lead_id, created_on, converted_on, [customer_id].
    customers, transactions : Table, optional
        With joined_on, with ordered_at; without these dates they say nothing of as_of.
    as_of : date
        Last day that counts, inclusive.

    Returns
    -------
    Table, one row per such lead, sorted by lead
        lead_id : str
    """
    seen = _known(leads, as_of)
    still = seen.filter(seen.converted_on.isnull())
    if "customer_id" not in leads.columns:
        return still.filter(ibis.literal(False)).select("lead_id").order_by("lead_id")
    won = seen.filter(seen.converted_on.notnull()).select("customer_id")
    for table, dated in ((customers, "joined_on"), (transactions, "ordered_at")):
        if table is not None and {dated, "customer_id"} <= set(table.columns):
            won = won.union(windows.up_to(table, as_of, dated).select("customer_id"))
    return still.semi_join(won, "customer_id").select("lead_id").order_by("lead_id")


def new_leads(leads: ir.Table, *, as_of: dt.date, outcome_days: int = 90) -> ir.Table:
    """Attributes of the leads that came in during the days that end on as_of.

    Parameters
    ----------
    leads : Table, one row per lead
    as_of : date
        Last day that counts, inclusive.
    outcome_days : int, default 90
        Length of the time in which they came; as long as the outcome is waited for, so that
        no lead belongs to two origins.

    Returns
    -------
    Table, one row per lead, sorted by lead
        lead_id, channel : str; attributes as they stand
    """
    fresh = windows.observation(leads, as_of, outcome_days, "created_on")
    types = fresh.schema()
    kept = [
        name
        for name in fresh.columns
        if name not in (*NOT_PREDICTORS, "lead_id", "channel")
        and not (types[name].is_date() or types[name].is_timestamp())
    ]
    return fresh.select("lead_id", *kept, channel=_channel(fresh)).order_by("lead_id")


def lead_conversions(leads: ir.Table, *, as_of: dt.date, outcome_days: int = 90) -> ir.Table:
    """Whether each of the leads of `new_leads` became a customer in time.

    Every lead is waited for equally long from the day it came, so the last of them is known
    `outcome_days` after as_of.

    Parameters
    ----------
    leads : Table, one row per lead
    as_of : date
        Last day of the leads, inclusive.
    outcome_days : int, default 90
        Days from the first contact in which a conversion counts.

    Returns
    -------
    Table, one row per lead, sorted by lead
        lead_id : str
        converted : bool
    """
    fresh = windows.observation(leads, as_of, outcome_days, "created_on")
    waited = windows.days_between(fresh.created_on, fresh.converted_on)
    in_time = (waited <= outcome_days).fill_null(False)
    return fresh.select("lead_id", converted=in_time).order_by("lead_id")


def _known(leads: ir.Table, as_of: dt.date) -> ir.Table:
    return windows.dated_by(windows.up_to(leads, as_of, "created_on"), as_of, "converted_on")


def _channel(leads: ir.Table) -> ir.Value:
    if "channel" not in leads.columns:
        return ibis.literal("not stated")
    return leads.channel.fill_null("not stated")


def _wins_customer(seen: ir.Table) -> ir.Value:
    """Whether a lead is the first of its customer to convert; each its own where unnamed."""
    converted = seen.converted_on.notnull()
    if "customer_id" not in seen.columns:
        return converted
    order = [seen.converted_on, seen.created_on, seen.lead_id]
    first = ibis.window(group_by=[seen.customer_id, converted], order_by=order)
    return converted & (seen.customer_id.isnull() | (ibis.row_number().over(first) == 0))


def _cost(leads: ir.Table) -> ir.Value:
    return leads.cost if "cost" in leads.columns else ibis.null("float64")
