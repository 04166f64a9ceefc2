"""Texts of customers up to a day: feedback -> one row per statement with words."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows

_TEXTS = ("customer_id", "collected_by", "touchpoint", "scale")


def feedback_texts(
    feedback: ir.Table,
    *,
    as_of: dt.date,
    period_days: int = 91,
    text_outcome: str = "",
) -> ir.Table:
    """Every statement with a text; a table without dates counts whole.

    Themes and mood are learned from all of them, however old, and counted in a window.

    Parameters
    ----------
    feedback : Table, one row per statement
        Columns feedback_id, text, [given_at], [customer_id], [collected_by], [touchpoint],
        [score], [scale].
    as_of : date
        Last day that counts, inclusive.
    period_days : int, default 91
        Periods are counted back from as_of.
    text_outcome : str, default ""
        Yes/no attribute that says whether the writer was happy, in place of the score.

    Returns
    -------
    Table, one row per statement with a text, sorted by statement
        feedback_id : str
        customer_id, collected_by, touchpoint, scale : str, empty where unknown
        text : str, as written: for no page before `masking.masked`
        score : float, on its scale
        [is_happy] : bool, the attribute text_outcome
        text_age_days : int, days from the text to as_of; 0 without dates
        period : int, periods before the last one; 0 is the last
    """
    rows, age = feedback, ibis.literal(0, type="int64")
    if "given_at" in feedback.columns:
        rows = windows.up_to(feedback, as_of, "given_at")
        age = windows.days_before(rows.given_at, as_of)
    if "text" not in rows.columns:
        rows = rows.mutate(text=ibis.null("string"))
    known = {n: rows[n].fill_null("") if n in rows.columns else ibis.literal("") for n in _TEXTS}
    score = rows.score.cast("float64") if "score" in rows.columns else ibis.null("float64")
    happy = {"is_happy": rows[text_outcome].cast("boolean")} if text_outcome else {}
    told = rows.select(
        "feedback_id",
        "text",
        score=score,
        text_age_days=age.cast("int64"),
        period=(age // period_days).cast("int64"),
        **known,
        **happy,
    )
    return told.filter(told.text.notnull()).order_by("feedback_id")
