"""Contracts in words: contracts of a report -> answers, tables and charts of who ends one."""

import pandas as pd

from crm_helpers.charts.bars import bar_chart
from crm_helpers.charts.chart import Chart
from crm_helpers.charts.intervals import interval_chart
from crm_helpers.charts.step_bands import step_band_chart
from crm_helpers.measures.statistics.share_interval import share_interval
from crm_helpers.measures.survival.aalen_johansen import aalen_johansen
from crm_helpers.measures.survival.kaplan_meier import kaplan_meier, share_at
from crm_helpers.measures.survival.tenure_hazard import tenure_hazard
from crm_helpers.page.numerals import (
    counted,
    day,
    interval,
    number,
    per_hundred,
    percent,
)
from crm_helpers.page.parts import Absent, silent_when_absent
from crm_helpers.page.report import Report
from crm_helpers.page.words import Html, answer, note, table
from crm_helpers.questions.churn.contract_list import contract_forecast, fees_ahead
from crm_helpers.questions.churn.contract_study import Contracts

YEAR_DAYS = 365.25
CAUSES = {"voluntary": "by choice", "involuntary": "not by choice", "any": "for any reason"}
GROUPS_SHOWN = 5


def contract_size(report: Report, contracts: Contracts | Absent) -> Html:
    """How many contracts are expected to end, as the answer, and a table by plan."""
    if isinstance(contracts, Absent):
        return note(contracts.reason)
    if not contracts.finds_something:
        return answer("The data do not tell who will end a contract, so nobody is named") + note(
            f"{per_hundred(contracts.study.evidence.base_rate, 'contracts')} ended in the window "
            "of the test, but nothing in the data goes with it by more than chance."
        )
    forecast, total = contract_forecast(report, contracts), len(contracts.scored)
    share = per_hundred(forecast.customers / total, "contracts")
    window = f"in the next {report.p.outcome_days} days" if contracts.is_dated else "next"
    columns = {
        "plan": "Plan",
        "contracts": ("Contracts running", number),
        "ends": ("Ends expected", number),
        "fees": (f"Fees of {report.p.horizon_months} months lost, {report.currency}", number),
    }
    return answer(f"{share} will probably end {window}") + table(
        by_plan(report, contracts), columns
    )


def by_plan(report: Report, contracts: Contracts) -> pd.DataFrame:
    """Contracts, ends expected and fees lost by plan, the most expensive loss first.

    Returns
    -------
    DataFrame, one row per plan of min_group contracts or more
        plan : str; contracts : int; ends, fees : float
    """
    rows = contracts.scored
    lost = rows["probability"] * fees_ahead(report, rows)
    plan = rows["plan"].astype(str) if "plan" in rows else pd.Series("all", index=rows.index)
    frame = pd.DataFrame({"plan": plan, "ends": rows["probability"], "fees": lost})
    found = frame.groupby("plan").agg(
        contracts=("ends", "size"), ends=("ends", "sum"), fees=("fees", "sum")
    )
    shown = found[found["contracts"] >= report.p.min_group]
    return shown.sort_values(["fees", "ends"], ascending=False).head(12).reset_index()


@silent_when_absent
def contract_loss(report: Report, contracts: Contracts) -> Html:
    """Lost contracts beside lost fees, with the interval of both, and renewals due."""
    if not contracts.finds_something:
        return Html("")
    forecast = contract_forecast(report, contracts)
    size = f"{number(forecast.customers)} ends ({interval(*forecast.customers_interval)})"
    said = f"Expected: {size} in 95 of 100 quarters like this"
    if forecast.value > 0:
        worth = interval(*forecast.value_interval, form=report.money)
        months = report.p.horizon_months
        said = f"{said}; {months} months of their fees are {report.money(forecast.value)} ({worth})"
    return note(f"{said}.{_renewals(report, contracts)}")


@silent_when_absent
def when_contracts_end(report: Report, contracts: Contracts) -> Html | Chart:
    """Share of contracts gone by each cause over tenure, with bands."""
    spells = contracts.spells
    if not contracts.is_dated:
        return note(
            "The snapshot has no dates: it shows who has left, not when, so no curve over time is "
            "drawn."
        )
    cause = spells.get("end_reason", pd.Series("any", index=spells.index))
    cause = cause.where(spells["ended"]).map(CAUSES)
    curves = aalen_johansen(spells["exit_days"], cause, spells["entry_days"])
    gone = {name: share_at(curve, YEAR_DAYS) for name, curve in curves.groupby("cause")}
    said = " and ".join(f"{number(share * 100)} end {name}" for name, share in gone.items())
    return step_band_chart(
        curves, group="cause", to_whole=False, y_label="Share of contracts gone",
        title=f"Of 100 new contracts {said} within a year",
        subtitle=f"Both causes at work; {_watched(report, contracts)}; bands: 95 %",
        alt=f"Rising curves over months of tenure. Of 100 contracts {said} within a year.",
        source=_source(report),
    )  # fmt: skip


@silent_when_absent
def hazard_by_tenure(report: Report, contracts: Contracts) -> Html | Chart:
    """When in the life of a contract its end is likeliest."""
    if not contracts.is_dated:
        return note("Without dates the risk over the life of a contract cannot be told.")
    spells = contracts.spells
    rows = tenure_hazard(spells["exit_days"], spells["ended"], spells["entry_days"])
    rows = rows[rows["contract_months"] >= 12 * report.p.min_group]
    labels = [
        f"months {number(a)} to {number(b)}"
        for a, b in zip(rows["from_month"], rows["to_month"], strict=True)
    ]
    frame = pd.DataFrame(
        {"label": labels, "value": rows["hazard"], "low": rows["low"], "high": rows["high"]}
    )
    top = frame.loc[frame["value"].idxmax()]
    said = f"{top['label'].capitalize()} are the most dangerous: {_monthly(top['value'])}"
    return interval_chart(
        frame, form=percent, x_label="Contracts that end per month", title=said,
        subtitle=f"Ends per contract and month by tenure; {_watched(report, contracts)}",
        alt=f"Points with intervals by months of tenure. {said}; lowest "
        f"{percent(frame['value'].min())}.",
        source=_source(report),
    )  # fmt: skip


@silent_when_absent
def who_stays(report: Report, contracts: Contracts) -> Html | Chart:
    """Share still under contract by plan, with bands; for a snapshot the share gone by plan."""
    group = _grouping(report, contracts)
    if not group:
        return note("The contracts have no plan or other group of sufficient size to compare.")
    if not contracts.is_dated:
        return _gone_by_group(report, contracts, group)
    spells = contracts.spells
    parts = [
        kaplan_meier(part["exit_days"], part["ended"], part["entry_days"]).assign(group=str(name))
        for name, part in spells.groupby(group)
        if len(part) >= report.p.min_group
    ]
    curves = pd.concat(parts, ignore_index=True)
    kept = {name: share_at(curve, YEAR_DAYS) for name, curve in curves.groupby("group")}
    best, worst = max(kept, key=kept.get), min(kept, key=kept.get)
    said = f"{best}: {per_hundred(kept[best])} stay a year; {worst}: {per_hundred(kept[worst])}"
    return step_band_chart(
        curves, group="group", y_label="Still under contract", title=said,
        subtitle=f"By {group.replace('_', ' ')}; {_watched(report, contracts)}; bands: 95 %",
        alt=f"Falling curves over months of tenure by {group}. {said}.",
        source=_source(report),
    )  # fmt: skip


def voluntary_share(contracts: Contracts) -> tuple[float, float, float, int] | None:
    """Share of the watched ends that were by choice, its interval, and how many ends.

    Returns
    -------
    (share, low, high, ends), or None where the source has no reasons or no end
    """
    if not contracts.is_dated or "end_reason" not in contracts.spells:
        return None
    reasons = contracts.spells.loc[contracts.spells["ended"], "end_reason"].dropna()
    if not len(reasons):
        return None
    by_choice = int((reasons == "voluntary").sum())
    return by_choice / len(reasons), *share_interval(by_choice, len(reasons)), len(reasons)


def _gone_by_group(report: Report, contracts: Contracts, group: str) -> Chart:
    rows = contracts.study.labelled
    found = rows.groupby(rows[group].astype(str))["churned"].agg(["size", "mean"])
    found = found[found["size"] >= report.p.min_group].sort_values("mean", ascending=False)
    top = found.index[0]
    return bar_chart(
        pd.DataFrame({"group": found.index, "share": found["mean"]}),
        form=percent,
        highlight=str(top),
        title=f"{top}: {per_hundred(found['mean'].iloc[0])} have left",
        subtitle=f"Share gone by {group.replace('_', ' ')}, {counted(len(rows), 'contract')}",
        alt=f"Bars by {group}: {top} {percent(found['mean'].iloc[0])}, "
        f"{found.index[-1]} {percent(found['mean'].iloc[-1])}.",
        source=f"{report.source.title}, a snapshot without dates",
    )


def _grouping(report: Report, contracts: Contracts) -> str:
    rows = contracts.spells if contracts.is_dated else contracts.study.labelled
    if "plan" not in rows:
        return ""
    counts = rows["plan"].value_counts()
    enough = counts[counts >= report.p.min_group]
    return "plan" if 2 <= len(enough) <= GROUPS_SHOWN + 1 else ""


def _renewals(report: Report, contracts: Contracts) -> str:
    rows = contracts.scored
    if "renewal_in_days" not in rows:
        return ""
    due = rows["renewal_in_days"] <= report.p.outcome_days
    if due.sum() < report.p.min_group or (~due).sum() < report.p.min_group:
        return ""
    chance, other = rows.loc[due, "probability"].mean(), rows.loc[~due, "probability"].mean()
    return (
        f" Renewals due: {number(due.sum())}, of which {per_hundred(chance)} are expected to end, "
        f"against {per_hundred(other)} of the others."
    )


def _watched(report: Report, contracts: Contracts) -> str:
    ends = int(contracts.spells["ended"].sum())
    size = counted(len(contracts.spells), "contract")
    return f"{size}, {counted(ends, 'end')} in {number(report.p.observation_days)} days"


def _monthly(hazard: float) -> str:
    return f"{per_hundred(hazard)} end per month"


def _source(report: Report) -> str:
    return f"{report.source.title}, contracts until {day(report.as_of)}"
