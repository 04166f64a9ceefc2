"""Lapses in words: a study -> answers, tables and charts of who is about to leave, and why."""

import pandas as pd

from crm_helpers.charts.bars import bar_chart
from crm_helpers.charts.chart import Chart
from crm_helpers.charts.gain import gain_chart
from crm_helpers.charts.still_away import still_away_chart
from crm_helpers.features.outcomes import days_to_next_order
from crm_helpers.features.windows import ONE_DAY
from crm_helpers.measures.forecasts.gain import found_share_at, gain_curve
from crm_helpers.measures.forecasts.loss_forecast import LossForecast, loss_forecast
from crm_helpers.measures.survival.still_away import still_away
from crm_helpers.models.propensity.contributions import contributions
from crm_helpers.models.propensity.drivers import drivers
from crm_helpers.models.propensity.main_paths import main_paths
from crm_helpers.models.propensity.reasons import LAPSE_PHRASES
from crm_helpers.models.propensity.study import Study
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
from crm_helpers.questions.churn.lapse_list import value_if_kept
from crm_helpers.questions.churn.lapse_study import SILENCE
from crm_helpers.questions.evidence import rule_words

RISKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
DRIVER_ROWS = 2_000
DRIVERS_SHOWN = 7


def lapse_size(report: Report, study: Study | Absent) -> Html:
    """How many customers are expected to lapse, as the answer, and a table by risk."""
    if isinstance(study, Absent):
        return note(study.reason)
    days = report.p.outcome_days
    if not study.finds_something:
        return answer("The data do not tell who will leave, so nobody is named") + note(
            f"{per_hundred(study.evidence.base_rate, 'customers')} placed no order in {days} days, "
            "but no habit or attribute in the data goes with it by more than chance."
        )
    forecast = lapse_forecast(report, study)
    share = forecast.customers / len(study.scored)
    said = f"{per_hundred(share, 'active customers')} will probably not order in the next {days} "
    return answer(said + "days") + table(lapse_risks(report, study), _risk_columns(report))


def lapse_risks(report: Report, study: Study) -> pd.DataFrame:
    """Customers, lapses and margin at stake by risk, the highest risk first.

    Returns
    -------
    DataFrame, one row per risk that has min_group customers or more
        risk : str; customers : int; lapses : float; at_stake : float, in currency
    """
    chance = study.scored["probability"]
    names = [f"{low * 100:.0f} to {high * 100:.0f} of 100" for low, high in _pairs(RISKS)]
    risk = pd.cut(chance, RISKS, labels=names, include_lowest=True)
    lost = chance * value_if_kept(report, study.scored)
    rows = pd.DataFrame({"risk": risk, "lapses": chance, "at_stake": lost})
    found = rows.groupby("risk", observed=True).agg(
        customers=("lapses", "size"), lapses=("lapses", "sum"), at_stake=("at_stake", "sum")
    )
    shown = found[found["customers"] >= report.p.min_group]
    return shown.iloc[::-1].reset_index().astype({"risk": str})


def lapse_forecast(report: Report, study: Study) -> LossForecast:
    """Expected lapses and the margin that goes with them, with predictive intervals."""
    return loss_forecast(
        study.scored["probability"],
        value_if_kept(report, study.scored),
        level_errors=study.propensity.level_errors,
        seed=report.seed,
    )


@silent_when_absent
def lapse_loss(report: Report, study: Study) -> Html:
    """Lost customers beside lost money, with the interval of both."""
    if not study.finds_something:
        return Html("")
    forecast = lapse_forecast(report, study)
    customers = interval(*forecast.customers_interval)
    months = report.p.horizon_months
    said = (
        f"Expected: {number(forecast.customers)} lapses (95 of 100 quarters like this: {customers})"
    )
    if forecast.value <= 0:
        return note(f"{said}. The source has no prices, so no money can be put beside them.")
    worth = interval(*forecast.value_interval, form=report.money)
    return note(
        f"{said}, worth {report.money(forecast.value)} of margin over {months} months "
        f"({worth}) at the pace of the past. Some of them will order again later."
    )


@silent_when_absent
def lapse_gain(report: Report, study: Study) -> Chart:
    """How well the model finds the lapses of the test window, beside the plain rule."""
    test = study.propensity.test
    model = gain_curve(test["outcome"], test["probability"])
    rule = gain_curve(test["outcome"], test["rule_score"])
    found, by_rule = found_share_at(model, 0.2), found_share_at(rule, 0.2)
    said = f"The fifth most at risk held {percent(found)} of the lapses"
    return gain_chart(
        model,
        rule,
        rule_name=rule_words(study.propensity),
        event="lapses",
        title=f"{said}, by the plain rule {percent(by_rule)}",
        subtitle=f"Share of lapses found, {number(len(test))} customers seen from {_origin(study)}",
        alt=f"Gain curves over the share contacted. {said}, by the plain rule {percent(by_rule)}.",
        source=_source(report),
    )


@silent_when_absent
def lapse_why(report: Report, study: Study) -> Html | Chart:
    """What moves the forecasts most, with direction."""
    if not study.finds_something:
        return note("Without evidence there are no reasons to name.")
    shown = lapse_drivers(report, study).head(DRIVERS_SHOWN)
    top = shown.iloc[0]
    labels = shown["theme"] + "\n(" + shown["direction"] + ")"
    bars = pd.DataFrame({"theme": labels, "share": shown["share"]})
    return bar_chart(
        bars,
        form=percent,
        highlight=labels.iloc[0],
        title=f"What weighs most: {top['theme']}",
        subtitle="Share of the weight in the forecasts; in brackets what goes with lapsing",
        alt=f"Bars by theme: {top['theme']} {percent(top['share'])} of the weight, "
        f"then {shown['theme'].iloc[1]} {percent(shown['share'].iloc[1])}.",
        source=_source(report),
    )


@silent_when_absent
def lapse_paths(report: Report, study: Study) -> Html:
    """Main paths to a lapse at the last origin with known outcomes, as a tree of few groups."""
    if not study.finds_something:
        return Html("")
    rows = study.labelled[study.labelled["origin_on"] == study.labelled["origin_on"].max()]
    found = main_paths(
        rows[[c for c in study.propensity.columns if c != SILENCE]],
        rows["lapsed"].astype(bool),
        min_group=report.p.min_group,
    )
    columns = {
        "path": "Main paths (a small tree, to be read)",
        "customers": ("Customers", number),
        "event_rate": ("Lapsed", percent),
    }
    return table(found, columns)


def lapse_drivers(report: Report, study: Study) -> pd.DataFrame:
    """Drivers of the forecasts on a random part of the customers scored."""
    rows = study.scored.sample(min(DRIVER_ROWS, len(study.scored)), random_state=report.seed)
    values = contributions(study.propensity, rows, seed=report.seed).values
    return drivers(values, rows, phrases=LAPSE_PHRASES)


@silent_when_absent
def lapse_window(report: Report, study: Study) -> Chart:
    """How much hangs on the length of the window that is called a lapse."""
    days = report.p.outcome_days
    origin = report.as_of - 2 * days * ONE_DAY
    waits = report.features(days_to_next_order, as_of=origin, outcome_days=2 * days)
    curve = still_away(waits["next_order_days"], until_days=2 * days)
    away = curve.set_index("days")["away_share"]
    later = (away[days] - away[2 * days]) / max(away[days], 1e-9)
    people = counted(len(waits), "customer")
    said = f"{per_hundred(later)} of those called lapsed ordered in the {days} days after"
    return still_away_chart(
        curve,
        outcome_days=days,
        title=said,
        subtitle=f"Share of {people} not back yet, seen from {day(origin)}",
        alt=f"Falling curve over days waited: after {days} days {percent(away[days])} are away, "
        f"after {2 * days} days {percent(away[2 * days])}.",
        source=_source(report),
    )


def _risk_columns(report: Report) -> dict[str, object]:
    return {
        "risk": "Chance to lapse",
        "customers": ("Customers", number),
        "lapses": ("Lapses expected", number),
        "at_stake": (f"Margin at stake, {report.currency}", number),
    }


def _pairs(edges: tuple[float, ...]) -> list[tuple[float, float]]:
    return list(zip(edges[:-1], edges[1:], strict=True))


def _origin(study: Study) -> str:
    return day(pd.Timestamp(study.propensity.test["origin_on"].iloc[0]).date())


def _source(report: Report) -> str:
    return f"{report.source.title}, orders until {day(report.as_of)}"
