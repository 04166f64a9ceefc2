"""Study of lapses: orders and customers of a report -> rows of all origins, a tested model.

The chance to lapse is learned, tested and given by `models.propensity.model`.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from crm_helpers.features import windows
from crm_helpers.features.customer_attributes import customer_attributes, undated_attributes
from crm_helpers.features.first_day import first_order_day
from crm_helpers.features.order_history import order_history
from crm_helpers.features.origin_rows import origin_rows
from crm_helpers.features.outcomes import lapse_labels
from crm_helpers.features.predictors import customer_predictors
from crm_helpers.models.propensity.model import fit_in_time
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.study import Study, shuffled, study_of
from crm_helpers.models.survival.buy_till_you_die import BuyTillYouDie, buy_till_you_die
from crm_helpers.page.needs import has_columns
from crm_helpers.page.report import Report
from crm_helpers.page.section import is_absent, unless_absent
from crm_helpers.questions.consents import consents, who_may_be_grouped
from crm_helpers.tables.needs import Skip

SILENCE = "silence_log_odds"


@unless_absent
def rows(report: Report, *, observation_days: int, outcome_days: int, seed: int) -> pd.DataFrame:
    """Predictors and outcome of each customer at each origin; who refused profiling is left out.

    Parameters
    ----------
    report : Report
    observation_days, outcome_days : int
        Days looked back from an origin, and ahead.
    seed : int

    Returns
    -------
    DataFrame, one row per customer and origin
        customer_id : str; origin_on : date
        role : str, train, validation, test, or score: the customers at as_of
        lapsed : bool, no order in the outcome window; missing where role is score
        [silence_log_odds] : float, log-odds of no order by the whole record (BG/NBD)
        recency_days, frequency_orders, first_order_age_days, gap_median_days, gap_last_days,
        overdue_ratio, recent_orders, orders_trend, expected_orders, weekend_share, lines_mean,
        [products_count, categories_count, promotion_share, revenue_sum, monetary_mean,
        revenue_recent_share, returns_share, margin_sum] : number, habits of orders, see
        `customer_predictors`
        [last_login_days, account_age_days] : int, days before the origin; and each of the
        attributes of `customers`, see `customer_attributes`
        Absent without dated orders of known customers, or with too short a history.
    """
    if not has_columns(report.tables, "transactions", "customer_id", "ordered_at"):
        raise Skip("No dated orders of known customers, so nobody can be seen to lapse.")
    span = origins(report, observation_days=observation_days, outcome_days=outcome_days)
    functions = [customer_predictors] + [customer_attributes] * ("customers" in report.tables)
    seen = origin_rows(
        report.features,
        span,
        functions,
        lapse_labels,
        observation_days=span.observation_days,
        outcome_days=span.outcome_days,
        coming_days=span.outcome_days,
    )
    return who_may_be_grouped(with_silence(report, span, seen, seed=seed), consents(report))


@unless_absent
def study(
    report: Report,
    rows: pd.DataFrame,
    settings: PropensitySettings,
    *,
    bootstraps: int,
    shuffle_outcomes: bool = False,
) -> Study:
    """Who of the customers without a contract orders no more in the outcome window.

    Parameters
    ----------
    report : Report
        Its customers table says which attributes have no date.
    rows : DataFrame, one row per customer and origin
        As given by `rows`.
    settings : PropensitySettings
    bootstraps : int
        Resamples behind the intervals of the test.
    shuffle_outcomes : bool, default False
        Deal the outcomes out anew, to test that nothing is found.

    Returns
    -------
    Study
        scored : the columns of rows of those scored at as_of, with probability and order (float)
        and decile (int)
        labelled : the columns of rows, of those whose outcome (lapsed) is known
        test : one row per tested one, outcome and probability; n_scored : int
        Absent with too few lapses.
    """
    if shuffle_outcomes:
        rows = shuffled(rows, "lapsed", seed=settings.seed)
    settings = replace(
        settings, snapshot_columns=undated_columns(report), modelled_columns=(SILENCE,)
    )
    propensity = fit_in_time(rows, outcome="lapsed", settings=settings)
    return study_of(propensity, rows, outcome="lapsed", seed=settings.seed, draws=bootstraps)


def origins(report: Report, *, observation_days: int, outcome_days: int) -> windows.Origins:
    """Origins of the lapse model: training, validation, test, and the day that is scored.

    Parameters
    ----------
    report : Report
    observation_days, outcome_days : int

    Returns
    -------
    Origins

    Raises
    ------
    Skip
        If the history is too short.
    """
    first = report.features(first_order_day)["first_day"][0]
    return windows.origins(
        report.as_of,
        outcome_days=outcome_days,
        data_from=pd.Timestamp(first).date(),
        observation_days=observation_days,
    )


def with_silence(
    report: Report, span: windows.Origins, rows: pd.DataFrame, *, seed: int
) -> pd.DataFrame:
    """Rows with what the whole record of each customer says of his silence.

    The window alone hides how a customer of many years used to order. The law of ordering is
    fitted once, on the records of the latest training origin: it needs no outcome, and sees
    nothing of validation or test.

    Parameters
    ----------
    report : Report
    span : Origins
    rows : DataFrame, one row per customer and origin
    seed : int

    Returns
    -------
    DataFrame, the same rows; as they are where too few customers ordered again
        silence_log_odds : float, log-odds of no order in the outcome window by BG/NBD
    """
    learn = report.features(order_history, as_of=span.of("train")[-1].as_of)
    law = unless_absent(buy_till_you_die)(learn, seed=seed)
    if is_absent(law):
        return rows
    told = [_silence(report, law, origin, span.outcome_days) for origin in span]
    return rows.merge(pd.concat(told), on=["customer_id", "origin_on"], how="left")


def undated_columns(report: Report) -> tuple[str, ...]:
    """Attributes of customers without a date, which the leakage alarm watches.

    Parameters
    ----------
    report : Report

    Returns
    -------
    tuple of str
    """
    if "customers" not in report.tables:
        return ()
    return tuple(undated_attributes(list(report.features(customer_attributes).columns)))


def _silence(
    report: Report, law: BuyTillYouDie, origin: windows.Origin, outcome_days: int
) -> pd.DataFrame:
    history = report.features(order_history, as_of=origin.as_of)
    chance = np.clip(law.silence(history, outcome_days), 1e-4, 1 - 1e-4)
    return pd.DataFrame(
        {
            "customer_id": history["customer_id"],
            "origin_on": pd.Timestamp(origin.as_of),
            SILENCE: np.log(chance / (1 - chance)),
        }
    )
