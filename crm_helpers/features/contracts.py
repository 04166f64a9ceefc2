"""Contracts as of a date: the subscriptions table -> spells at risk, labels, predictors."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.customer_attributes import attribute_names

OWN = ("customer_id", "started_on", "ended_on", "end_reason", "tenure_months", "churned")
YEAR_DAYS = 365
RECENT_DAYS = 91
TROUBLE = ("ticket", "call")


def contract_spells(
    subscriptions: ir.Table, *, as_of: dt.date, observation_days: int = 365
) -> ir.Table:
    """Tenure of each contract while it was watched: the days of the observation window.

    Who had a contract before the window enters late, at the tenure reached by then; so the
    hazards are those of the window, and contracts that ended before it are not missed.

    Parameters
    ----------
    subscriptions : Table, one row per contract
        Columns customer_id, started_on, ended_on, [end_reason], attributes.
    as_of : date
        Last day that counts, inclusive.
    observation_days : int, default 365
        Length of the window that ends on as_of.

    Returns
    -------
    Table, one row per contract that was running in the window, sorted by customer and start
        customer_id : str, started_on : date
        entry_days : int, days lived before it was first watched; 0 for a new one
        exit_days : int, days lived at its end, or at as_of; the last day counts
        ended : bool, it ended in the window
        [end_reason] : str, empty while running, and where no reason is stated
        and the attributes without a date
    """
    start_of_window = as_of - observation_days * windows.ONE_DAY
    known = _end_by(_as_seen(subscriptions, as_of), start_of_window)
    watched = known.filter(known.end_seen.isnull()).drop("end_seen")
    last = ibis.coalesce(watched.ended_on, ibis.date(as_of))
    entry = windows.days_between(watched.started_on, ibis.date(start_of_window)) + 1
    kept = {"end_reason": watched.end_reason} if "end_reason" in watched.columns else {}
    spells = watched.select(
        "customer_id",
        "started_on",
        entry_days=ibis.greatest(entry, 0),
        exit_days=windows.days_between(watched.started_on, last) + 1,
        ended=watched.ended_on.notnull(),
        **kept,
        **{name: watched[name] for name in _attributes(watched)},
    )
    return spells.order_by("customer_id", "started_on")


def contract_labels(subscriptions: ir.Table, *, as_of: dt.date, outcome_days: int = 90) -> ir.Table:
    """Whether each contract running at as_of ends in the outcome window, and why.

    Parameters
    ----------
    subscriptions : Table, one row per contract
    as_of : date
        Last day before the outcome window.
    outcome_days : int, default 90
        Length of the window that starts the day after as_of.

    Returns
    -------
    Table, one row per customer with a running contract, sorted by customer
        customer_id : str
        ended : bool
        [ended_voluntary, ended_involuntary] : bool, where the source has reasons
        [ended_not_stated] : bool, ended without a reason, likewise
    """
    end = as_of + outcome_days * windows.ONE_DAY
    running = _running(windows.dated_by(subscriptions, end, "ended_on"), as_of)
    ended = running.ended_on.notnull()
    kept = {"ended": ended.any()}
    if "end_reason" in running.columns:
        for reason in ("voluntary", "involuntary"):
            given = (running.end_reason == reason).fill_null(False)
            kept[f"ended_{reason}"] = (ended & given).any()
        kept["ended_not_stated"] = (ended & running.end_reason.isnull()).any()
    return running.group_by("customer_id").aggregate(**kept).order_by("customer_id")


def contract_predictors(
    subscriptions: ir.Table, feedback: ir.Table | None = None, *, as_of: dt.date
) -> ir.Table:
    """State of each running contract: tenure, renewal, fee, trouble reported lately.

    An attribute `x_to` that comes with a day `x_on` counts from that day on. Attributes
    without a day are snapshots (see `undated_contract_attributes`).

    Parameters
    ----------
    subscriptions : Table, one row per contract
        Columns customer_id, started_on, ended_on, [monthly_fee], [fee_raised_on], attributes.
    feedback : Table, one row per statement, optional
        Tickets and calls of customers.
    as_of : date
        Last day the features may see, inclusive.

    Returns
    -------
    Table, one row per customer with a running contract, sorted by customer: the latest, of
    several begun on one day the one first in the order of its fee, plan and other columns
        customer_id : str
        contract_days : int, days since its start
        renewal_in_days : int, days to the next anniversary of its start
        [monthly_fee] : float, as agreed at the start or raised since
        [days_since_x] : int, for each dated attribute x_on; empty where not yet
        [trouble_count] : int, tickets and calls of the last 91 days
        and the attributes without a date
    """
    running = _running(subscriptions, as_of)
    for name in _dated(running):
        running = windows.dated_by(running, as_of, name)
    tenure = windows.days_before(running.started_on, as_of)
    kept = {name: running[name] for name in _attributes(running)}
    for name in _dated(running):
        age = windows.days_before(running[name], as_of)
        kept[f"days_since_{name.removesuffix('_on')}"] = age
    if {"monthly_fee", "fee_raised_on", "fee_raised_to"} <= set(running.columns):
        raised = running.fee_raised_on.notnull()
        kept["monthly_fee"] = ibis.ifelse(raised, running.fee_raised_to, running.monthly_fee)
    rows = running.select(
        "customer_id",
        contract_days=tenure,
        renewal_in_days=YEAR_DAYS - tenure % YEAR_DAYS,
        **kept,
    )
    return _with_trouble(_latest(rows), feedback, as_of).order_by("customer_id")


def undated_contract_attributes(columns: list[str]) -> list[str]:
    """Names of contract predictors without a date: snapshots for the leakage alarm.

    Parameters
    ----------
    columns : list of str
        Columns of `contract_predictors`.

    Returns
    -------
    list of str
    """
    known = {"customer_id", "contract_days", "renewal_in_days", "monthly_fee", "trouble_count"}
    return [c for c in columns if c not in known and not c.startswith("days_since_")]


def contract_snapshot(subscriptions: ir.Table, customers: ir.Table | None = None) -> ir.Table:
    """Undated snapshot of contracts with their outcome and all attributes.

    Parameters
    ----------
    subscriptions : Table, one row per contract
        Columns customer_id, tenure_months, churned, attributes.
    customers : Table, one row per customer, optional
        Attributes without a date.

    Returns
    -------
    Table, one row per contract, sorted by customer
        customer_id : str; churned : bool; tenure_months; attributes
    """
    rows = subscriptions.select(
        "customer_id", "churned", "tenure_months", *_attributes(subscriptions)
    )
    if customers is not None:
        own = [
            c for c in attribute_names(customers) if c not in rows.columns and c != "customer_id"
        ]
        about = customers.select("customer_id", *own)
        rows = rows.left_join(about, "customer_id").drop("customer_id_right")
    return rows.order_by("customer_id")


def first_contract_day(subscriptions: ir.Table) -> ir.Table:
    """Day on which the first contract started.

    Parameters
    ----------
    subscriptions : Table, one row per contract

    Returns
    -------
    Table, one row
        first_day : date
    """
    return subscriptions.aggregate(first_day=subscriptions.started_on.min())


def _as_seen(subscriptions: ir.Table, as_of: dt.date) -> ir.Table:
    """Contracts begun by as_of; an end that lies ahead, and its reason, are not known yet."""
    begun = windows.up_to(subscriptions, as_of, "started_on")
    seen = windows.dated_by(begun, as_of, "ended_on")
    if "end_reason" not in seen.columns:
        return seen
    return seen.mutate(end_reason=ibis.ifelse(seen.ended_on.isnull(), None, seen.end_reason))


def _running(subscriptions: ir.Table, as_of: dt.date) -> ir.Table:
    begun = windows.up_to(subscriptions, as_of, "started_on")
    begun = _end_by(begun, as_of)
    return begun.filter(begun.end_seen.isnull()).drop("end_seen")


def _end_by(contracts: ir.Table, day: dt.date) -> ir.Table:
    """Contracts with the end that had happened by a day beside them."""
    return windows.dated_by(contracts.mutate(end_seen=contracts.ended_on), day, "end_seen")


def _latest(rows: ir.Table) -> ir.Table:
    """Row of each customer's contract that started last; of several on one day always the same.

    Which one rests on what the rows say, not on their order in the source.
    """
    says = [rows[name] for name in sorted(rows.columns) if name != "customer_id"]
    order = ibis.window(group_by="customer_id", order_by=[rows.contract_days, *says])
    numbered = rows.mutate(place=ibis.row_number().over(order))
    return numbered.filter(numbered.place == 0).drop("place")


def _dated(table: ir.Table) -> list[str]:
    return [
        name
        for name, kind in table.schema().items()
        if name not in OWN and (kind.is_date() or kind.is_timestamp())
    ]


def _attributes(table: ir.Table) -> list[str]:
    days = {name.removesuffix("_on") for name in _dated(table)}
    return [
        name
        for name in table.columns
        if name not in OWN
        and not name.endswith("_id")
        and name not in _dated(table)
        and not (name.endswith("_to") and name.removesuffix("_to") in days)
    ]


def _with_trouble(rows: ir.Table, feedback: ir.Table | None, as_of: dt.date) -> ir.Table:
    needed = {"customer_id", "collected_by", "given_at"}
    if feedback is None or not needed <= set(feedback.columns):
        return rows
    recent = windows.observation(feedback, as_of, RECENT_DAYS, "given_at")
    told = recent.filter(recent.collected_by.isin(TROUBLE))
    counts = told.group_by(teller=told.customer_id).aggregate(trouble_count=told.count())
    joined = rows.left_join(counts, rows.customer_id == counts.teller).drop("teller")
    return joined.mutate(trouble_count=joined.trouble_count.fill_null(0))
