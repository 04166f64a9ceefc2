"""Payments the fraud report looks at: a report's payments -> rows with labels and roles."""

import numpy as np
import pandas as pd

from crm_helpers.features.payments import payment_features
from crm_helpers.models.fraud.model import REVIEW, TEST, Periods, payment_roles
from crm_helpers.models.fraud.short_data import periods_within, roles_by_folds
from crm_helpers.models.propensity.study import shuffled
from crm_helpers.page.report import Report
from crm_helpers.questions.consents import consents, who_may_be_grouped
from crm_helpers.questions.fraud.feedback import FILE, Feedback, read_feedback, with_feedback
from crm_helpers.tables.needs import Skip


def feedback(report: Report) -> Feedback:
    """Outcomes of earlier cases, from the file that investigators fill.

    Parameters
    ----------
    report : Report

    Returns
    -------
    Feedback
        labels : one row per payment, columns payment_id, is_fraud, labelled_on; problem : str
    """
    found = report.features(payment_features)
    paid = found["paid_at"].to_numpy() if "paid_at" in found else pd.NaT
    days = pd.Series(paid, index=found["payment_id"].to_numpy())
    return read_feedback(report.history / FILE, days)


def rows(
    report: Report,
    labels: Feedback,
    periods: Periods,
    *,
    exclude_columns: list[str],
    protected_columns: list[str],
    shuffle_outcomes: bool,
    seed: int,
) -> pd.DataFrame:
    """Payments of those who did not refuse to be profiled, with labels and roles.

    Parameters
    ----------
    report : Report
    labels : Feedback
        Of investigators; they have the last word.
    periods : Periods
        What is reviewed, left to ripen, and tested.
    exclude_columns, protected_columns : list of str
        Columns that no model may use.
    shuffle_outcomes : bool
        Deal the labels out anew, to test that nothing is found.
    seed : int

    Returns
    -------
    DataFrame, one row per payment
        payment_id, [customer_id], [amount], is_fraud, is_refund, [age_days], owner (whom a
        resample draws together), role (train, validation, test, review, late), and what was
        known of the payment when it was made.

    Raises
    ------
    Skip
        If no payment is left.
    """
    found = _labelled(report, labels)
    if shuffle_outcomes:
        found = shuffled(found, "is_fraud", seed=seed)
    left_out = (*exclude_columns, *protected_columns)
    found = found.drop(columns=[c for c in left_out if c in found])
    found = _with_owner(report, found)
    if found.empty:
        raise Skip("No payment is left to look at. Choose a later as_of.")
    if not is_dated(found):
        return found.assign(role=np.where(found["is_fraud"].notna(), TEST, REVIEW))
    if not periods.in_time:
        by_folds = found.assign(role=roles_by_folds(found, periods))
        return by_folds.drop(columns=[c for c in ("age_days", "label_age_days") if c in by_folds])
    return found.assign(role=payment_roles(found, periods))


def periods(report: Report, labels: Feedback, asked: Periods, *, min_events: int) -> Periods:
    """Periods as asked for, or those that the payments can hold where they go back too few days.

    Parameters
    ----------
    report : Report
    labels : Feedback
    asked : Periods
    min_events : int
        Fewest labels of either kind.

    Returns
    -------
    Periods
        label_days and test_days, perhaps shorter; in_time is False where cases can only be
        tested by cross-validation
    """
    found = _labelled(report, labels)
    return periods_within(found, asked, least=min_events) if is_dated(found) else asked


def _labelled(report: Report, labels: Feedback) -> pd.DataFrame:
    return with_feedback(report.features(payment_features), labels.labels, report.as_of)


def is_dated(rows: pd.DataFrame) -> bool:
    """True when payments have a time, so that models are tested later than they learned."""
    return "age_days" in rows


def refused(report: Report, rows: pd.DataFrame) -> int:
    """Payments of customers who refused to be profiled, or may have."""
    return len(report.features(payment_features)) - len(rows)


def _with_owner(report: Report, found: pd.DataFrame) -> pd.DataFrame:
    if "customer_id" not in found:
        return found.assign(owner=found["payment_id"])
    allowed = who_may_be_grouped(found, consents(report))
    return allowed.assign(owner=allowed["customer_id"].fillna(allowed["payment_id"]))
