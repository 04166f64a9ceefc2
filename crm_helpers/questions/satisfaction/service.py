"""How much work service has: tickets and calls -> contacts, repeats, time until closed."""

import pandas as pd

from crm_helpers.features.survey_answers import service_cases
from crm_helpers.page.needs import has_columns, need
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import number, percent, table
from crm_helpers.questions.consents import who_may_be_grouped
from crm_helpers.tables.needs import Skip

PERIODS = {0: "last period", 1: "period before"}
VOLUMES = {
    "label": "Period",
    "cases": ("Tickets and calls", number),
    "repeats": ("Again within 30 days", percent),
}
TIMES = {
    "days": ("Days until closed, median", lambda x: number(x, 1)),
    "slow": ("Slowest tenth from, days", lambda x: number(x, 1)),
    "open_cases": ("Still open", number),
}


@unless_absent
def cases(report: Report, agreed: pd.DataFrame, *, period_days: int) -> pd.DataFrame:
    """Tickets and calls with repeats and time until closed.

    Parameters
    ----------
    report : Report
    agreed : DataFrame of `consents`
    period_days : int

    Returns
    -------
    DataFrame, one row per ticket or call
        feedback_id, person_id, customer_id, collected_by, touchpoint : str
        period : int, periods before the last one; 0 is the last
        is_repeat : bool, within thirty days of the one before
        case_days : float, days until closed; missing while open
        is_open : bool, not closed by as_of; missing where the source never says
    """
    need(report.tables, feedback=["given_at", "collected_by"])
    everyone = report.features(service_cases, period_days=period_days)
    rows = who_may_be_grouped(everyone, agreed)
    if rows[rows["period"] == 0].empty:
        raise Skip("The source has no tickets or calls of the last period.")
    if has_columns(report.tables, "feedback", "resolved_at"):
        return rows
    return rows.assign(is_open=pd.array([pd.NA] * len(rows), dtype="boolean"))


@unless_absent
def workload(cases: pd.DataFrame, *, period_days: int) -> Section:
    """Contacts, repeats, time until closed and open cases, now and before.

    Parameters
    ----------
    cases : DataFrame of `cases`
    period_days : int

    Returns
    -------
    Section
        data : one row per period, columns period, cases, repeats, days, slow, open_cases, label;
        findings : service_cases, and open_cases where known
    """
    is_timed = bool(cases["is_open"].notna().all())
    counts = _counts(cases[cases["period"] <= 1])
    now = counts.loc[0]
    says = f"{number(now['cases'])} tickets and calls"
    if 1 in counts.index:
        says += f", {number(counts.loc[1, 'cases'])} in the period before"
    if is_timed:
        says += f"; {number(now['open_cases'])} of them still open"
    beside = (
        f"Periods of {number(period_days)} days. Times are of closed cases, so "
        "the last period looks a little quicker than it is while slow cases are open."
    )
    shown = counts.sort_index(ascending=False).reset_index()
    shown = shown.assign(label=shown["period"].map(PERIODS))
    told = section(says, table(shown, VOLUMES | TIMES if is_timed else VOLUMES), beside)
    told = told.finds("service_cases", int(now["cases"]), "cases")
    if not is_timed:
        return told
    return told.finds("open_cases", int(now["open_cases"]), "cases", n=int(now["cases"]))


def _counts(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.groupby("period").agg(
        cases=("feedback_id", "size"),
        repeats=("is_repeat", "mean"),
        days=("case_days", "median"),
        slow=("case_days", lambda days: days.quantile(0.9)),
        open_cases=("is_open", "sum"),
    )
