"""How far to trust the chances: studies of lapses and ends -> calibration, tests, base rates."""

import datetime as dt

import pandas as pd

from crm_helpers.charts.calibration import calibration_chart
from crm_helpers.features.consent import known_customers
from crm_helpers.measures.forecasts.calibration import calibration_table
from crm_helpers.models.propensity.drivers import driver_stability
from crm_helpers.models.propensity.parts import year_before
from crm_helpers.models.propensity.study import Study
from crm_helpers.models.survival.competing import CompetingStudy
from crm_helpers.page.numerals import counted, day, number
from crm_helpers.page.phrases import themes_of
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, unless_absent
from crm_helpers.page.words import bullets
from crm_helpers.questions import evidence
from crm_helpers.questions.churn import contract_study, lapse_study
from crm_helpers.questions.churn.phrases import LAPSE_PHRASES
from crm_helpers.questions.consents import consents, not_listed


@unless_absent(silent=True)
def lapse_calibration(report: Report, lapses: Study) -> Section:
    """Forecast beside what happened in the test window.

    Parameters
    ----------
    report : Report
    lapses : Study

    Returns
    -------
    Section
        data : one row per tenth of the test; columns customers, probability_mean (forecast),
        event_rate (seen), low, high
    """
    test = lapses.propensity.test
    tenths = calibration_table(test["outcome"], test["probability"])
    top = tenths.iloc[-1]
    said = expected_and_seen(top, "to lapse")
    chart = calibration_chart(
        tenths,
        event="lapsed",
        title=said,
        subtitle=f"Ten groups of equal size, {number(len(test))} customers of the test",
        alt=f"Line of observed share over forecast share, ten points. {said}.",
        source=f"{report.source.title}, orders until {day(report.as_of)}",
    )
    return Section.of(chart)


def expected_and_seen(top: pd.Series, event: str, is_dated: bool = True) -> str:
    """Forecast of the tenth most at risk beside what happened, as one sentence.

    Examples
    --------
    >>> expected_and_seen(pd.Series({"probability_mean": 0.91, "event_rate": 0.92}), "to lapse")
    'Of the tenth most at risk 91 of 100 were expected to lapse, and 92 did'
    """
    forecast, seen = 100 * top["probability_mean"], 100 * top["event_rate"]
    return (
        f"Of the tenth most at risk {number(forecast)} of 100 were expected {event}, and "
        f"{number(seen)} {'did' if is_dated else 'had'}"
    )


@unless_absent(silent=True)
def lapse_tests(
    report: Report, lapses: Study, *, observation_days: int, outcome_days: int, seed: int
) -> Section:
    """How the chances to lapse were tested, against what, and what was left out.

    Parameters
    ----------
    report : Report
    lapses : Study
    observation_days, outcome_days : int
    seed : int

    Returns
    -------
    Section
        findings : lapse_test_auc, lapse_rule_auc, lapse_test_brier, lapse_calibration_error,
        lapse_test_lift_top10, lapse_base_rate
        Words alone.
    """
    span = lapse_study.origins(report, observation_days=observation_days, outcome_days=outcome_days)
    agreement = driver_stability(
        lapses.labelled,
        outcome="lapsed",
        columns=lapses.propensity.columns,
        themes=themes_of(LAPSE_PHRASES),
        seed=seed,
    )
    stable = (
        f"Order of the reasons, first against last origin: rank correlation {number(agreement, 2)}."
    )
    said = [*evidence.trust(lapses), stable, *evidence.left_out(lapses), profiling_refused(report)]
    warnings = [text for text in (season_unknown(lapses, report.as_of), span.note) if text]
    found = evidence.findings(lapses.evidence, prefix="lapse")
    return Section((bullets([*said, *warnings]),), found)


@unless_absent(silent=True)
def contract_calibration(report: Report, ends: CompetingStudy) -> Section:
    """Forecast beside what happened in the test.

    Parameters
    ----------
    report : Report
    ends : CompetingStudy

    Returns
    -------
    Section
        data : one row per tenth of the test; columns customers, probability_mean (forecast),
        event_rate (seen), low, high
    """
    tenths = calibration_table(ends.test["outcome"], ends.test["probability"])
    top = tenths.iloc[-1]
    said = expected_and_seen(top, "to end" if ends.is_dated else "to have ended", ends.is_dated)
    chart = calibration_chart(
        tenths,
        event="ended",
        title=said,
        subtitle=f"Ten groups of equal size, {counted(len(ends.test), 'contract')} of the test",
        alt=f"Line of observed share over forecast share, ten points. {said}.",
        source=f"{report.source.title}, contracts until {day(report.as_of)}",
    )
    return Section.of(chart)


@unless_absent(silent=True)
def contract_tests(
    report: Report, ends: CompetingStudy, *, observation_days: int, outcome_days: int
) -> Section:
    """How the chances of an end were tested, against what, and what was left out.

    Parameters
    ----------
    report : Report
    ends : CompetingStudy
    observation_days, outcome_days : int

    Returns
    -------
    Section
        findings : contract_test_auc, contract_rule_auc, contract_test_brier,
        contract_calibration_error, contract_test_lift_top10, contract_base_rate
        Words alone.
    """
    said = evidence.trust(ends)
    if len(ends.causes) > 1:
        said.append(f"Modelled apart, their chances added up: {'; '.join(_by_cause(ends))}.")
    if ends.is_dated:
        said.append(
            "Curves over tenure count each contract from the day it was watched (delayed entry) "
            "and treat the causes as competing (Aalen-Johansen)."
        )
    said += evidence.left_out(ends)
    if ends.is_dated:
        window = {"observation_days": observation_days, "outcome_days": outcome_days}
        shortened = contract_study.origins(report, **window).note
        said += [shortened] if shortened else []
    found = evidence.findings(ends.evidence, prefix="contract")
    return Section((bullets(said),), found)


@unless_absent(silent=True)
def base_rates(study: Study | CompetingStudy) -> Section:
    """Share with the outcome at each origin.

    Parameters
    ----------
    study : Study or CompetingStudy
        Of competing causes the first.

    Returns
    -------
    Section
        data : one row per origin, columns origin_on, role, customers, events, event_rate
    """
    return Section.of(evidence.base_rates(study))


def season_unknown(lapses: Study, as_of: dt.date) -> str:
    """Warning where no origin of the same season a year ago was learned from; else nothing.

    Parameters
    ----------
    lapses : Study
    as_of : date
        The day that is scored.

    Returns
    -------
    str
    """
    if year_before(lapses.labelled["origin_on"], as_of) is not None:
        return ""
    return (
        "The data hold no window of the same season a year ago, so the count of lapses expected "
        "does not know the season: before a season of its own, such as Christmas, it may lie "
        "outside its interval."
    )


def profiling_refused(report: Report) -> str:
    """Sentence on the customers left out because they refused to be profiled.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
    """
    agreed = consents(report)
    if "may_profile" not in agreed:
        return "The data do not say who refused to be profiled: all customers are in the model."
    refused = int((~agreed["may_profile"]).sum())
    unknown = not_listed(report.features(known_customers), agreed)
    return (
        f"{counted(refused, 'customer')} who refused to be profiled are in no model or list, nor "
        f"{counted(unknown, 'customer')} without a usable row that would say so."
    )


def _by_cause(ends: CompetingStudy) -> list[str]:
    return [
        f"{cause} AUC {number(one.evidence.auc, 3)} ({number(one.evidence.events)} in the test)"
        for cause, one in ends.causes.items()
    ]
