"""Credit applications: what was known of each on a date -> one row per application."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows
from crm_helpers.features.customer_attributes import attribute_names

KEY = "application_id"
# Found out or decided after the application: no attribute of it.
AFTERWARDS = ("decision", "decided_by", "defaulted")
DECIDED = ("decision", "decided_by")


def known_applications(
    applications: ir.Table, *, as_of: dt.date, outcome_days: int = 180, test_days: int = 180
) -> ir.Table:
    """Every application made by as_of, with decision and outcome as far as known by then.

    An outcome counts when it was known by as_of (`outcome_known_on`) and `outcome_days` had
    passed since the decision: a default is often known before a good ending is, so that
    younger credits would look worse than they are. The same rule holds for each role.

    Parameters
    ----------
    applications : Table, one row per application
        Columns application_id, defaulted, [applied_on], [decided_on], [decision],
        [outcome_known_on] and attributes.
    as_of : date
        Last day whose knowledge counts, inclusive.
    outcome_days : int, default 180
        Days after the decision in which a default counts.
    test_days : int, default 180
        Days of applications that validate, and that test.

    Returns
    -------
    Table, one row per application, sorted by its key
        application_id : str
        state : str, "open" (not decided), "declined", "running" (approved, outcome not known)
            or "known"
        defaulted : bool, empty unless known
        [role] : str, "train", "validation", "between" (known before the test, too late for
            training), "test", "late" (applied for before the test, known after its start), or
            empty; absent where applications have no dates
        [quarter] : str, quarter of the application
        [approved_quarter] : str, quarter of the decision, approved ones alone
        [default_days] : int, days from the decision to the day a default was known
        [decision], [decided_by] : str, as known by then
        attributes as they stand
    """
    seen = _as_known(applications, as_of, outcome_days)
    dated = "applied_on" in seen.columns
    if dated:
        seen = _with_role(seen, outcome_days, _cuts(as_of, outcome_days + test_days))
    derived = {"state": _state(seen), "defaulted": _outcome(seen)}
    if dated:
        derived |= {"role": seen.role, "quarter": _quarter(seen.applied_on)} | _of_approved(seen)
    kept = [KEY, *(c for c in (*DECIDED, "customer_id") if c in seen.columns)]
    return seen.select(*kept, **derived, **_attributes(applications, seen)).order_by(KEY)


def applicants(applications: ir.Table, customers: ir.Table, *, as_of: dt.date) -> ir.Table:
    """Attributes of the customer behind each application, for the audit of fairness alone.

    They are those of today (a snapshot) and no part of `known_applications`.

    Parameters
    ----------
    applications : Table, one row per application
    customers : Table, one row per customer
    as_of : date
        Last day whose applications count, inclusive.

    Returns
    -------
    Table, one row per application of a known customer, sorted by its key
        application_id, and attributes of the customer as they stand
    """
    dated = "applied_on" in applications.columns
    made = windows.up_to(applications, as_of, "applied_on") if dated else applications
    people = customers.select("customer_id", *attribute_names(customers))
    joined = made.select(KEY, "customer_id").inner_join(people, "customer_id")
    return joined.drop("customer_id").order_by(KEY)


def _as_known(applications: ir.Table, as_of: dt.date, outcome_days: int) -> ir.Table:
    """Applications made by as_of, later decisions and outcomes taken out."""
    seen = applications
    if "applied_on" in seen.columns:
        seen = windows.up_to(seen, as_of, "applied_on")
    if "decided_on" in seen.columns:
        seen = windows.dated_by(seen, as_of, "decided_on")
        later = {c: seen[c].nullif(seen[c]) for c in DECIDED if c in seen.columns}
        undecided = seen.decided_on.isnull()
        seen = seen.mutate(**{c: ibis.ifelse(undecided, later[c], seen[c]) for c in later})
    if "applied_on" not in seen.columns:
        return seen.mutate(is_ripe=seen.defaulted.notnull())
    return _ripe(seen, outcome_days, as_of, "is_ripe")


def _ripe(table: ir.Table, outcome_days: int, day: dt.date, name: str) -> ir.Table:
    """Table with a flag: outcome known, and its time run out, by a day."""
    begun = table.applied_on
    if "decided_on" in table.columns:
        begun = ibis.coalesce(table.decided_on.cast("date"), begun.cast("date"))
    marked = table.mutate(ripe_on=begun.cast("date") + ibis.interval(days=outcome_days))
    marked = windows.dated_by(marked, day, "ripe_on")
    flag = marked.ripe_on.notnull() & marked.defaulted.notnull()
    if "outcome_known_on" in table.columns:
        marked = marked.mutate(known_by=marked.outcome_known_on)
        marked = windows.dated_by(marked, day, "known_by")
        flag = marked.ripe_on.notnull() & marked.known_by.notnull() & marked.defaulted.notnull()
    dropped = [c for c in ("ripe_on", "known_by") if c in marked.columns]
    return marked.mutate(**{name: flag}).drop(*dropped)


def _state(seen: ir.Table) -> ir.StringValue:
    if "decision" not in seen.columns:
        return ibis.ifelse(seen.is_ripe, "known", "open")
    return ibis.cases(
        (seen.decision.isnull(), "open"),
        (seen.decision == "declined", "declined"),
        (seen.is_ripe, "known"),
        else_="running",
    )


def _outcome(seen: ir.Table) -> ir.BooleanValue:
    return ibis.ifelse(_state(seen) == "known", seen.defaulted, ibis.null("boolean"))


def _cuts(as_of: dt.date, step: int) -> list[dt.date]:
    """Days on which the test, and before it the validation, begin."""
    return [windows.days_earlier(as_of, step), windows.days_earlier(as_of, 2 * step)]


def _with_role(seen: ir.Table, outcome_days: int, cuts: list[dt.date]) -> ir.Table:
    marked = seen
    for day, name in zip(cuts, ("test", "validation"), strict=True):
        marked = _ripe(marked, outcome_days, day, f"ripe_by_{name}")
        marked = marked.mutate(**{f"applied_by_{name}": marked.applied_on})
        marked = windows.dated_by(marked, day, f"applied_by_{name}")
    role = ibis.cases(
        (_state(marked) != "known", ""),
        (marked.applied_by_test.isnull(), "test"),
        (~marked.ripe_by_test, "late"),
        (marked.applied_by_validation.isnull(), "validation"),
        (marked.ripe_by_validation, "train"),
        else_="between",
    )
    return marked.mutate(role=role)


def _of_approved(seen: ir.Table) -> dict[str, ir.Value]:
    """Quarter of approval and days to the default, where decisions are dated."""
    if not {"decided_on", "decision"} <= set(seen.columns):
        return {}
    approved = (seen.decision == "approved").fill_null(False)
    quarter = ibis.ifelse(approved, _quarter(seen.decided_on), ibis.null("string"))
    found = {"approved_quarter": quarter}
    if "outcome_known_on" in seen.columns:
        days = windows.days_between(seen.decided_on, seen.outcome_known_on)
        bad = (seen.defaulted & approved & seen.is_ripe).fill_null(False)
        found["default_days"] = ibis.ifelse(bad, days, ibis.null("int64"))
    return found


def _quarter(day: ir.DateValue) -> ir.StringValue:
    return day.year().cast("string") + "Q" + day.quarter().cast("string")


def _attributes(applications: ir.Table, seen: ir.Table) -> dict[str, ir.Value]:
    types = applications.schema()
    return {
        name: seen[name].cast("float64") if types[name].is_decimal() else seen[name]
        for name in applications.columns
        if name not in AFTERWARDS
        and not name.endswith("_id")
        and not (types[name].is_date() or types[name].is_timestamp())
    }
