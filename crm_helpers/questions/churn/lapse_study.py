"""Study of lapses: a report's orders and customers -> a tested model and whom it scores."""

import numpy as np
import pandas as pd

from crm_helpers.features import windows
from crm_helpers.features.consent import known_customers
from crm_helpers.features.customer_attributes import customer_attributes, undated_attributes
from crm_helpers.features.first_day import first_order_day
from crm_helpers.features.order_history import order_history
from crm_helpers.features.origin_rows import origin_rows
from crm_helpers.features.outcomes import lapse_labels
from crm_helpers.features.predictors import customer_predictors
from crm_helpers.models.propensity.parts import PropensitySettings, year_before
from crm_helpers.models.propensity.study import Study, shuffled, study_in_time
from crm_helpers.models.survival.buy_till_you_die import buy_till_you_die
from crm_helpers.page.numerals import counted
from crm_helpers.page.parts import has_columns
from crm_helpers.page.report import Report
from crm_helpers.questions.consents import consents, not_listed, who_may_be_grouped
from crm_helpers.tables.needs import Skip

SILENCE = "silence_log_odds"


def lapse_study(report: Report) -> Study:
    """Who of the customers without a contract orders no more in the outcome window.

    Parameters
    ----------
    report : Report
        Parameters observation_days, outcome_days, method, min_events, exclude_columns,
        protected_columns, trusted_columns, bootstraps, shuffle_outcomes, seed.

    Returns
    -------
    Study

    Raises
    ------
    Skip
        If there are no dated orders of known customers, or too few lapses.
    """
    if not has_columns(report.tables, "transactions", "customer_id", "ordered_at"):
        raise Skip("No dated orders of known customers, so nobody can be seen to lapse.")
    rows = who_may_be_grouped(lapse_rows(report), consents(report))
    if report.parameters.get("shuffle_outcomes"):
        rows = shuffled(rows, "lapsed", seed=report.seed)
    settings = model_settings(report, tuple(undated_attributes(_attributes(report))))
    return study_in_time(rows, outcome="lapsed", settings=settings, draws=report.p.bootstraps)


def lapse_rows(report: Report) -> pd.DataFrame:
    """Predictors and outcome of each customer at each origin.

    Parameters
    ----------
    report : Report

    Returns
    -------
    DataFrame, one row per customer and origin
    """
    span = lapse_origins(report)
    functions = [customer_predictors] + [customer_attributes] * ("customers" in report.tables)
    rows = origin_rows(
        report.features,
        span,
        functions,
        lapse_labels,
        observation_days=span.observation_days,
        outcome_days=span.outcome_days,
        coming_days=span.outcome_days,
    )
    return with_silence(report, span, rows)


def with_silence(report: Report, span: windows.Origins, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with what the whole record of each customer says of his silence.

    The window alone hides how a customer of many years used to order. The law of ordering is
    fitted once, on the records of the latest training origin: it needs no outcome, and sees
    nothing of validation or test.

    Parameters
    ----------
    report : Report
    span : Origins
    rows : DataFrame, one row per customer and origin

    Returns
    -------
    DataFrame, the same rows; as they are where too few customers ordered again
        silence_log_odds : float, log-odds of no order in the outcome window by BG/NBD
    """
    learn = report.features(order_history, as_of=span.of("train")[-1].as_of)
    try:
        law = buy_till_you_die(learn, seed=report.seed)
    except Skip:
        return rows
    told = []
    for origin in span:
        history = report.features(order_history, as_of=origin.as_of)
        chance = np.clip(law.silence(history, span.outcome_days), 1e-4, 1 - 1e-4)
        told.append(
            pd.DataFrame(
                {
                    "customer_id": history["customer_id"],
                    "origin_on": pd.Timestamp(origin.as_of),
                    SILENCE: np.log(chance / (1 - chance)),
                }
            )
        )
    return rows.merge(pd.concat(told), on=["customer_id", "origin_on"], how="left")


def lapse_origins(report: Report) -> windows.Origins:
    """Origins of the lapse model: training, validation, test, and the day that is scored.

    Parameters
    ----------
    report : Report

    Returns
    -------
    Origins
    """
    first = report.features(first_order_day)["first_day"][0]
    return windows.origins(
        report.as_of,
        outcome_days=report.p.outcome_days,
        data_from=pd.Timestamp(first).date(),
        observation_days=report.p.observation_days,
    )


def model_settings(report: Report, undated: tuple[str, ...] | None) -> PropensitySettings:
    """Settings of a propensity as the report's parameters say.

    Parameters
    ----------
    report : Report
    undated : tuple of str, or None
        Attributes without a date; None: all.

    Returns
    -------
    PropensitySettings
    """
    left_out = (*report.p.exclude_columns, *report.p.protected_columns)
    rising = {column: 1 for column in report.p.rising_columns}
    falling = {column: -1 for column in report.p.falling_columns}
    return PropensitySettings(
        method=report.p.method,
        seed=report.seed,
        min_events=report.p.min_events,
        exclude_columns=left_out,
        snapshot_columns=undated,
        trusted_columns=tuple(report.p.trusted_columns),
        monotone=rising | falling,
        modelled_columns=(SILENCE,),
    )


def season_unknown(report: Report, study: Study) -> str:
    """Warning where no origin of the same season a year ago was learned from; else nothing.

    Parameters
    ----------
    report : Report
    study : Study

    Returns
    -------
    str
    """
    if year_before(study.labelled["origin_on"], report.as_of) is not None:
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


def _attributes(report: Report) -> list[str]:
    if "customers" not in report.tables:
        return []
    return list(report.features(customer_attributes).columns)
