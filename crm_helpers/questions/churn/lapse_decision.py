"""Decision about lapses in words: a study and candidates -> cut-off, abandoned group, trust."""

import pandas as pd

from crm_helpers.charts.calibration import calibration_chart
from crm_helpers.charts.chart import Chart
from crm_helpers.charts.profit import profit_chart
from crm_helpers.measures.forecasts.calibration import calibration_table
from crm_helpers.measures.forecasts.profit_curve import best_cut_off, cut_off_interval, profit_curve
from crm_helpers.measures.value.net_value import expected_net_value
from crm_helpers.models.propensity.drivers import driver_stability
from crm_helpers.models.propensity.reasons import LAPSE_PHRASES
from crm_helpers.models.propensity.study import Study
from crm_helpers.page.numerals import day, interval, number, percent
from crm_helpers.page.parts import silent_when_absent
from crm_helpers.page.report import Report
from crm_helpers.page.words import Html, bullets, note
from crm_helpers.questions.churn.lapse_list import abandoned, value_if_kept
from crm_helpers.questions.churn.lapse_study import lapse_origins, profiling_refused, season_unknown
from crm_helpers.questions.evidence import base_rates, left_out, trust


@silent_when_absent
def lapse_profit(report: Report, study: Study) -> Html | Chart:
    """Profit on the test customers of contacting them best first, had the save rate held."""
    test = study.test_rows()
    worth = value_if_kept(report, test)
    if not study.finds_something or worth.sum() <= 0:
        return note("Without a forecast and prices there is no profit to weigh.")
    rate, cost = report.p.save_rate, report.p.contact_cost
    order = expected_net_value(test["probability"], save_rate=rate, value_if_kept=worth, cost=cost)
    curve = profit_curve(test["outcome"], order, gain=rate * worth, cost=cost)
    best = best_cut_off(curve)
    low, high = cut_off_interval(
        test["outcome"], order, gain=rate * worth, cost=cost, draws=100, seed=report.seed
    )
    said = f"Contacting {percent(best.contacted_share)} of the customers would have paid best"
    share = interval(low, high, form=percent)
    return profit_chart(
        curve, best_share=best.contacted_share, low=low, high=high, currency=report.currency,
        title=f"{said}: {report.money(best.profit)}",
        subtitle=f"Profit if {percent(rate)} of the lapses are prevented (assumed); band: best "
        f"share, {share}; {number(len(test))} customers of the test",
        alt=f"Profit over the share contacted. {said} ({share}), {report.money(best.profit)}.",
        source=f"{report.source.title}, orders until {day(report.as_of)}",
    )  # fmt: skip


def abandoned_words(report: Report, candidates: pd.DataFrame) -> Html:
    """Those whom to keep would cost more than they bring: named as a group, not as persons."""
    group = abandoned(candidates)
    if len(group) < report.p.min_group:
        return Html("")
    worth = group["value"].mean()
    return note(
        f"Let go: {number(len(group))} customers will more likely lapse than not, but bring "
        f"{report.money(worth)} a year on average, less than a contact is expected to earn back."
    )


@silent_when_absent
def lapse_assumptions(report: Report, study: Study) -> Html:
    """What the money on the list rests on."""
    rate, months = percent(report.p.save_rate), report.p.horizon_months
    margin = "" if "margin_sum" in study.scored else (
        f" No cost is known: {percent(report.p.margin_share)} of revenue is taken as margin."
    )  # fmt: skip
    return note(
        f"Assumption, not a finding: a contact prevents {rate} of the lapses it meets "
        f"(parameter save_rate). A customer kept is worth {months} months of margin at the pace "
        f"of the past.{margin} The control group of the list will measure the true rate."
    )


@silent_when_absent
def lapse_trust(report: Report, study: Study) -> Html:
    """How the probabilities were tested, against what, and what was left out."""
    span = lapse_origins(report)
    agreement = driver_stability(
        study.labelled,
        outcome="lapsed",
        columns=study.propensity.columns,
        phrases=LAPSE_PHRASES,
        seed=report.seed,
    )
    stable = (
        f"Order of the reasons, first against last origin: rank correlation {number(agreement, 2)}."
    )
    said = [*trust(study), stable, *left_out(study), profiling_refused(report)]
    warnings = [text for text in (season_unknown(report, study), span.note) if text]
    return bullets([*said, *warnings])


@silent_when_absent
def lapse_base_rates(report: Report, study: Study) -> Html:
    """Share of lapses at each origin."""
    return base_rates(study)


@silent_when_absent
def lapse_calibration(report: Report, study: Study) -> Chart:
    """Forecast beside what happened in the test window."""
    test = study.propensity.test
    tenths = calibration_table(test["outcome"], test["probability"])
    top = tenths.iloc[-1]
    forecast, seen = percent(top["probability_mean"]), percent(top["event_rate"])
    said = f"Of the tenth forecast at {forecast}, {seen} lapsed"
    return calibration_chart(
        tenths,
        event="lapsed",
        title=said,
        subtitle=f"Ten groups of equal size, {number(len(test))} customers of the test",
        alt=f"Line of observed share over forecast share, ten points. {said}.",
        source=f"{report.source.title}, orders until {day(report.as_of)}",
    )
