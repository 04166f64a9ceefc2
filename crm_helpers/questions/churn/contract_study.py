"""Study of contracts: a report's subscriptions -> rows, a tested model per cause, spells at risk.

The chances are learned, tested and given by `models.survival.competing`: one propensity a cause.
"""

from dataclasses import replace

import pandas as pd

from crm_helpers.features import windows
from crm_helpers.features.contracts import (
    contract_labels,
    contract_predictors,
    contract_snapshot,
    contract_spells,
    first_contract_day,
    undated_contract_attributes,
)
from crm_helpers.features.customer_attributes import customer_attributes, undated_attributes
from crm_helpers.features.first_day import first_order_day
from crm_helpers.features.origin_rows import origin_rows
from crm_helpers.features.predictors import customer_predictors
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.study import shuffled
from crm_helpers.models.survival.competing import CompetingStudy, competing_study, undated_study
from crm_helpers.page.needs import has_columns
from crm_helpers.page.report import Report
from crm_helpers.page.section import unless_absent
from crm_helpers.questions.consents import consents, who_may_be_grouped
from crm_helpers.tables.needs import Skip

NO_CONTRACTS = "No contracts with start and end, so nobody can be seen to end one."
# A few habits tell whether a member drifts away; dozens of them would drown few ends in noise.
ORDER_HABITS_LEFT_OUT = (
    "frequency_orders first_order_age_days gap_median_days gap_last_days expected_orders "
    "weekend_share lines_mean products_count categories_count promotion_share revenue_sum "
    "monetary_mean revenue_recent_share returns_share margin_sum account_age_days"
).split()


@unless_absent
def rows(report: Report, *, observation_days: int, outcome_days: int) -> pd.DataFrame:
    """Predictors and outcome of each contract at each origin, or a snapshot without dates.

    Who refused profiling is left out.

    Parameters
    ----------
    report : Report
    observation_days, outcome_days : int
        Days looked back from an origin, and ahead.

    Returns
    -------
    DataFrame, one row per contract and origin
        customer_id : str; origin_on : date
        role : str, train, validation, test, or score: the contracts running at as_of
        ended, [ended_voluntary, ended_involuntary, ended_not_stated] : bool; missing where role
        is score
        contract_days, renewal_in_days, [monthly_fee, trouble_count, days_since_<event>, such as
        days_since_fee_raised] : number, see `contract_predictors`
        [recency_days, recent_orders, overdue_ratio, orders_trend] : number, habits of orders
        and each attribute of `subscriptions` and `customers`
        Of a snapshot one row per contract: customer_id, churned : bool, tenure_months, attributes.
        Absent without contracts, or with too short a history.
    """
    if is_dated(report):
        return _dated_rows(report, observation_days, outcome_days)
    if has_columns(report.tables, "subscriptions", "tenure_months", "churned"):
        return who_may_be_grouped(report.features(contract_snapshot), consents(report))
    raise Skip(NO_CONTRACTS)


@unless_absent
def study(
    report: Report,
    rows: pd.DataFrame,
    settings: PropensitySettings,
    *,
    bootstraps: int,
    shuffle_outcomes: bool = False,
) -> CompetingStudy:
    """Who ends a contract in the outcome window, by choice or not.

    Parameters
    ----------
    report : Report
        Its tables say which attributes have no date.
    rows : DataFrame, one row per contract and origin, or per contract
        As given by `rows`.
    settings : PropensitySettings
    bootstraps : int
        Resamples behind the intervals of the test.
    shuffle_outcomes : bool, default False
        Deal the outcomes out anew, to test that nothing is found.

    Returns
    -------
    CompetingStudy
        scored : the columns of rows of those scored at as_of, with probability, p_voluntary,
        p_involuntary, [p_not_stated] (float) and decile (int)
        labelled : the columns of rows, of those whose outcome (ended, or churned) is known
        test : one row per tested one, outcome and probability
        Absent with too few ends.
    """
    is_snapshot = "origin_on" not in rows
    causes = {} if is_snapshot else _causes(rows)
    unnamed = _not_stated(rows)
    rows = rows.drop(columns=[c for c in ("ended_not_stated",) if c in rows and not unnamed])
    if shuffle_outcomes:
        for label in ["churned"] if is_snapshot else ["ended", *causes.values(), *unnamed.values()]:
            rows = shuffled(rows, label, seed=settings.seed)
    if is_snapshot:
        watched = replace(settings, snapshot_columns=None)
        return undated_study(rows, outcome="churned", settings=watched, draws=bootstraps)
    watched = replace(settings, snapshot_columns=undated_columns(report))
    return competing_study(
        rows,
        outcomes=causes,
        others=unnamed,
        any_end="ended",
        settings=watched,
        draws=bootstraps,
    )


@unless_absent
def spells(report: Report, *, observation_days: int) -> pd.DataFrame:
    """Tenures that were watched in the observation window.

    Parameters
    ----------
    report : Report
    observation_days : int

    Returns
    -------
    DataFrame, one row per contract watched; without rows for a snapshot without dates
        entry_days, exit_days : int, tenure at which the contract was first and last watched
        ended : bool; [end_reason] : voluntary or involuntary; customer_id : str; started_on : date
        and each of the attributes of `subscriptions`, such as plan and monthly_fee
        Absent without contracts.
    """
    if is_dated(report):
        return report.features(contract_spells, observation_days=observation_days)
    if has_columns(report.tables, "subscriptions", "tenure_months", "churned"):
        return pd.DataFrame()
    raise Skip(NO_CONTRACTS)


def is_dated(report: Report) -> bool:
    """True where contracts have a start and an end; a snapshot has neither.

    Parameters
    ----------
    report : Report

    Returns
    -------
    bool
    """
    return has_columns(report.tables, "subscriptions", "started_on", "ended_on")


def origins(report: Report, *, observation_days: int, outcome_days: int) -> windows.Origins:
    """Origins of the contract model, none before both contracts and orders begin.

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
    first = [pd.Timestamp(report.features(first_contract_day)["first_day"][0])]
    if _has_orders(report):
        first.append(pd.Timestamp(report.features(first_order_day)["first_day"][0]))
    return windows.origins(
        report.as_of,
        outcome_days=outcome_days,
        data_from=max(first).date(),
        observation_days=observation_days,
    )


def undated_columns(report: Report) -> tuple[str, ...]:
    """Attributes of contracts and customers without a date, which the leakage alarm watches.

    Parameters
    ----------
    report : Report

    Returns
    -------
    tuple of str
    """
    own = undated_contract_attributes(list(report.features(contract_predictors).columns))
    if "customers" not in report.tables:
        return tuple(own)
    return (*own, *undated_attributes(list(report.features(customer_attributes).columns)))


def _dated_rows(report: Report, observation_days: int, outcome_days: int) -> pd.DataFrame:
    span = origins(report, observation_days=observation_days, outcome_days=outcome_days)
    seen = origin_rows(
        report.features,
        span,
        _functions(report),
        contract_labels,
        observation_days=span.observation_days,
        outcome_days=span.outcome_days,
        coming_days=span.outcome_days,
    )
    kept = who_may_be_grouped(seen, consents(report))
    return kept.drop(columns=[c for c in ORDER_HABITS_LEFT_OUT if c in kept])


def _causes(rows: pd.DataFrame) -> dict[str, str]:
    causes = {cause: f"ended_{cause}" for cause in ("voluntary", "involuntary")}
    return {cause: column for cause, column in causes.items() if column in rows}


def _not_stated(rows: pd.DataFrame) -> dict[str, str]:
    """Ends without a reason as a cause of its own, where there are some."""
    column = "ended_not_stated"
    some = column in rows and rows[column].fillna(False).astype(bool).any()
    return {"not_stated": column} if some else {}


def _functions(report: Report) -> list:
    return [
        contract_predictors,
        *[customer_attributes] * ("customers" in report.tables),
        *[customer_predictors] * _has_orders(report),
    ]


def _has_orders(report: Report) -> bool:
    return has_columns(report.tables, "transactions", "customer_id", "ordered_at")
