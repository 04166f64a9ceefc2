"""What is known of a person before a day: persons with a day -> attributes, each dated before."""

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.orders import sale_lines

KEY = ("person_id", "campaign")
# Who a person is, not what a person is like.
PERSONAL = ("name", "first_name", "last_name", "email", "phone", "address", "postcode")


def order_profile(points: ir.Table, transactions: ir.Table, observation_days: int) -> ir.Table:
    """Orders of each person in the days before his day.

    Parameters
    ----------
    points : Table, one row per person and campaign
        person_id, campaign, customer_id, seen_on (first day that may not be seen).
    transactions : Table, one row per order line
    observation_days : int
        Days before seen_on that count.

    Returns
    -------
    Table, one row per person with an order in those days
        person_id, campaign
        recency_days, frequency_orders, [monetary_mean], [revenue_sum]
    """
    lines = sale_lines(transactions).rename(buyer="customer_id")
    joined = points.inner_join(lines, points.customer_id == lines.buyer)
    ago = windows.days_between(joined.ordered_at, joined.seen_on) - 1
    joined = joined.mutate(days_ago=ago).filter(ago.between(0, observation_days - 1))
    count = joined.order_id.nunique()
    sums = {}
    if "revenue" in joined.columns:
        revenue = joined.revenue.sum().cast("float64")
        sums = {"revenue_sum": revenue, "monetary_mean": revenue / count}
    return joined.group_by(*KEY).aggregate(
        recency_days=joined.days_ago.min(),
        frequency_orders=count,
        recent_orders=joined.order_id.nunique(where=joined.days_ago < observation_days // 4),
        **sums,
    )


def contract_profile(points: ir.Table, subscriptions: ir.Table) -> ir.Table:
    """Contract that ran on the day before each person's day, of several the latest.

    Returns
    -------
    Table, one row per person with a running contract
        person_id, campaign, contract_days, [plan], [monthly_fee]
    """
    contracts = subscriptions.rename(holder="customer_id")
    joined = points.inner_join(contracts, points.customer_id == contracts.holder)
    begun = windows.days_between(joined.started_on, joined.seen_on) > 0
    ended = windows.days_between(joined.ended_on, joined.seen_on) > 0
    running = joined.filter(begun, ~ended.fill_null(False))
    told = [name for name in ("plan", "monthly_fee") if name in running.columns]
    order = [running.started_on.desc(), *[running[name] for name in told]]
    place = ibis.row_number().over(ibis.window(group_by=KEY, order_by=order))
    latest = running.mutate(place=place).filter(lambda row: row.place == 0)
    kept = {"plan": latest.plan} if "plan" in told else {}
    if "monthly_fee" in told:
        kept["monthly_fee"] = latest.monthly_fee.cast("float64")
    days = windows.days_between(latest.started_on, latest.seen_on)
    return latest.select(*KEY, contract_days=days, **kept)


def feedback_profile(points: ir.Table, feedback: ir.Table, observation_days: int) -> ir.Table:
    """Statements of each person in the days before his day.

    Returns
    -------
    Table, one row per person with a statement
        person_id, campaign, statements_count, [tickets_count]
    """
    said = feedback.filter(feedback.customer_id.notnull()).rename(speaker="customer_id")
    joined = points.inner_join(said, points.customer_id == said.speaker)
    ago = windows.days_between(joined.given_at, joined.seen_on)
    joined = joined.filter(ago.between(1, observation_days))
    counts = {"statements_count": joined.count()}
    if "collected_by" in said.columns:
        counts["tickets_count"] = joined.collected_by.isin(["ticket", "call"]).sum()
    return joined.group_by(*KEY).aggregate(**counts)


def earlier_contacts(points: ir.Table, contacts: ir.Table) -> ir.Table:
    """Contacts that each person had had before his day, and responses known by then.

    Returns
    -------
    Table, one row per person contacted before
        person_id, campaign, earlier_contacts, earlier_responses
    """
    before = contacts.rename(whom="person_id", earlier_campaign="campaign")
    joined = points.inner_join(before, points.person_id == before.whom)
    joined = joined.filter(windows.days_between(joined.contacted_at, joined.seen_on) > 0)
    known = ibis.literal(False)
    if "responded_at" in joined.columns:
        known = windows.days_between(joined.responded_at, joined.seen_on) > 0
    treated = joined.count()
    if "is_treated" in joined.columns:
        treated = joined.is_treated.fill_null(True).sum()
    return joined.group_by(*KEY).aggregate(
        earlier_contacts=treated,
        earlier_responses=(joined.responded & known).fill_null(False).sum(),
    )


def attribute_profile(points: ir.Table, customers: ir.Table) -> ir.Table:
    """Attributes of each person, as the table of customers has them today (a snapshot).

    Numbers of that table are left out but for the year of birth: counts and amounts of today
    have moved since the day, and may know what came of it.

    Returns
    -------
    Table, one row per person who is a customer
        person_id, campaign, [won_by], [age_years], [account_days], other attributes
    """
    kept = _attributes(customers, ("joined_on",)).rename(known_as="customer_id")
    kept = kept.drop(*_moving_numbers(kept))
    rows = _with_age(points.inner_join(kept, points.customer_id == kept.known_as))
    if "joined_on" in rows.columns:
        days = windows.days_between(rows.joined_on, rows.seen_on)
        rows = rows.mutate(account_days=ibis.ifelse(days > 0, days, ibis.null()))
        rows = rows.drop("joined_on")
    if "channel" in rows.columns:
        rows = rows.rename(won_by="channel")
    return rows.drop("known_as", "customer_id", "lead_id", "seen_on")


def lead_profile(points: ir.Table, leads: ir.Table) -> ir.Table:
    """Attributes of each person who is a lead, and how long he had been one.

    Returns
    -------
    Table, one row per person who is a lead
        person_id, campaign, lead_days, [came_by], [age_years], other attributes
    """
    kept = _attributes(leads, ("created_on",))
    kept = kept.drop(*{"cost"} & set(kept.columns))
    rows = _with_age(points.drop("customer_id").inner_join(kept, "lead_id"))
    days = windows.days_between(rows.created_on, rows.seen_on)
    rows = rows.mutate(lead_days=ibis.ifelse(days > 0, days, ibis.null()))
    if "channel" in rows.columns:
        rows = rows.rename(came_by="channel")
    return rows.drop("created_on", "lead_id", "seen_on")


def _with_age(rows: ir.Table) -> ir.Table:
    if "birth_year" not in rows.columns:
        return rows
    return rows.mutate(age_years=rows.seen_on.year() - rows.birth_year).drop("birth_year")


def _moving_numbers(table: ir.Table) -> list[str]:
    types = table.schema()
    return [name for name in table.columns if types[name].is_numeric() and name != "birth_year"]


def _attributes(table: ir.Table, dates: tuple[str, ...]) -> ir.Table:
    """Key and attributes: no consent, no other ids, and of the dates only the one named."""
    key = "lead_id" if "lead_id" in table.columns else "customer_id"
    types = table.schema()
    return table.select(
        *[
            name
            for name in table.columns
            if name in (key, *dates)
            or not (
                name.endswith("_id")
                or name.startswith("may_")
                or name in PERSONAL
                or types[name].is_date()
                or types[name].is_timestamp()
            )
        ]
    )
