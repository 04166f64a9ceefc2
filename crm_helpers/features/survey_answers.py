"""Answers on a scale, of each person once a period: feedback -> one row per answer that counts."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows

TEXTS = ("customer_id", "collected_by", "touchpoint", "product_id", "item", "scale")
ONCE = ("person_id", "period", "collected_by", "touchpoint", "item", "scale")


def survey_answers(feedback: ir.Table, *, as_of: dt.date, period_days: int = 91) -> ir.Table:
    """Last answer of each person to each question in each period.

    Periods are counted back from as_of, because surveys come in waves that need not follow the
    calendar: period 0 holds the last `period_days` days. A table without dates is one period.

    Parameters
    ----------
    feedback : Table, one row per statement
        Columns [score], [scale], [given_at], [customer_id], [survey_id], [item] and more.
    as_of : date
        Last day that counts, inclusive.
    period_days : int, default 91

    Returns
    -------
    Table, one row per person, period, way of collecting, occasion, question and scale
        person_id : str, the customer, else the survey, else the statement
        customer_id, collected_by, touchpoint, product_id, item, scale : str, empty where unknown
        period : int, periods before the last one; 0 is the last
        answer_age_days : int, days from the answer to as_of; 0 without dates
        score : float, on its scale
    """
    rows = _filled(_seen(feedback, as_of, "given_at"))
    age = windows.days_before(rows.given_at, as_of) if "given_at" in rows.columns else _zero()
    rows = rows.mutate(answer_age_days=age)
    rows = rows.mutate(period=(rows.answer_age_days // period_days).cast("int64"))
    rows = rows.filter(rows.score.notnull())
    latest = ibis.window(
        group_by=list(ONCE), order_by=[rows.answer_age_days, rows.feedback_id.desc()]
    )
    rows = rows.mutate(rank=ibis.row_number().over(latest))
    kept = ["person_id", *TEXTS, "period", "answer_age_days"]
    last = rows.filter(rows["rank"] == 0)
    return last.select(*kept, score=last.score.cast("float64")).order_by(*ONCE)


def survey_invitations(feedback: ir.Table, *, as_of: dt.date, period_days: int = 91) -> ir.Table:
    """Everyone invited to a survey, and whether an answer had come by as_of.

    Parameters
    ----------
    feedback : Table, one row per statement
        Columns invited_at, given_at, [customer_id].
    as_of : date
        Last day that counts, inclusive.
    period_days : int, default 91

    Returns
    -------
    Table, one row per person and period invited
        person_id, customer_id : str
        period : int, periods before the last one; 0 is the last
        has_answered : bool
    """
    rows = _filled(_seen(feedback, as_of, "invited_at"))
    if "invited_at" not in rows.columns or "given_at" not in rows.columns:
        empty = rows.filter(ibis.literal(False))
        return empty.select("person_id", "customer_id", period=_zero(), has_answered=False)
    rows = windows.dated_by(rows, as_of, "given_at")
    age = windows.days_before(rows.invited_at, as_of)
    rows = rows.mutate(period=(age // period_days).cast("int64"))
    rows = rows.group_by("person_id", "period").aggregate(
        customer_id=rows.customer_id.max(), has_answered=rows.given_at.notnull().any()
    )
    return rows.order_by("person_id", "period")


def service_cases(
    feedback: ir.Table, *, as_of: dt.date, period_days: int = 91, repeat_days: int = 30
) -> ir.Table:
    """Tickets and calls, whether the same person had called before, and how long they took.

    Parameters
    ----------
    feedback : Table, one row per statement
        Columns collected_by, given_at, [resolved_at], [customer_id], [touchpoint].
    as_of : date
        Last day that counts, inclusive.
    period_days : int, default 91
    repeat_days : int, default 30
        Days within which a further contact of a person counts as a repeat.

    Returns
    -------
    Table, one row per ticket or call
        feedback_id, person_id, customer_id, collected_by, touchpoint : str
        period : int, periods before the last one; 0 is the last
        is_repeat : bool
        case_days : float, days until closed; missing while open
        is_open : bool, not closed by as_of
    """
    rows = _filled(_seen(feedback, as_of, "given_at"))
    rows = rows.filter(rows.collected_by.isin(["ticket", "call"]))
    if "given_at" not in rows.columns:
        rows = rows.mutate(given_at=ibis.null("timestamp")).filter(ibis.literal(False))
    if "resolved_at" not in rows.columns:
        rows = rows.mutate(resolved_at=ibis.null("timestamp"))
    rows = windows.dated_by(rows, as_of, "resolved_at")
    before = rows.given_at.lag().over(
        ibis.window(group_by="person_id", order_by=[rows.given_at, rows.feedback_id])
    )
    gap = windows.days_between(before, rows.given_at)
    seconds = rows.resolved_at.epoch_seconds() - rows.given_at.epoch_seconds()
    age = windows.days_before(rows.given_at, as_of)
    names = ["feedback_id", "person_id", "customer_id", "collected_by", "touchpoint"]
    return rows.select(
        *names,
        period=(age // period_days).cast("int64"),
        is_repeat=(gap <= repeat_days).fill_null(False),
        case_days=seconds / 86400.0,
        is_open=rows.resolved_at.isnull(),
    ).order_by("feedback_id")


def _seen(feedback: ir.Table, as_of: dt.date, column: str) -> ir.Table:
    if column not in feedback.columns:
        return feedback
    return windows.up_to(feedback, as_of, column)


def _filled(rows: ir.Table) -> ir.Table:
    """Rows with every text column, empty where the source has none, and whose they are."""
    known = {name: rows[name].fill_null("") for name in TEXTS if name in rows.columns}
    absent = {name: ibis.literal("") for name in TEXTS if name not in rows.columns}
    ids = [rows[n] for n in ("customer_id", "survey_id", "feedback_id") if n in rows.columns]
    texts = [one.cast("string").nullif("") for one in ids]
    score = {} if "score" in rows.columns else {"score": ibis.null("float64")}
    return rows.mutate(person_id=ibis.coalesce(*texts), **known, **absent, **score)


def _zero() -> ir.IntegerValue:
    return ibis.literal(0, type="int64")
