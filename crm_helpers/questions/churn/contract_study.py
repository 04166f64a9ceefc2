"""Study of contracts: a report's subscriptions -> a tested model per cause, and spells at risk."""

from dataclasses import dataclass

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
from crm_helpers.models.propensity.study import shuffled
from crm_helpers.models.survival.competing import CompetingStudy, competing_study, undated_study
from crm_helpers.page.parts import has_columns
from crm_helpers.page.report import Report
from crm_helpers.questions.churn.lapse_study import model_settings
from crm_helpers.questions.consents import consents, who_may_be_grouped
from crm_helpers.tables.needs import Skip

# A few habits tell whether a member drifts away; dozens of them would drown few ends in noise.
ORDER_HABITS_LEFT_OUT = (
    "frequency_orders", "first_order_age_days", "gap_median_days", "gap_last_days",
    "expected_orders", "weekend_share", "lines_mean", "products_count", "categories_count",
    "promotion_share", "revenue_sum", "monetary_mean", "revenue_recent_share", "returns_share",
    "margin_sum", "account_age_days",
)  # fmt: skip


@dataclass(frozen=True)
class Contracts:
    """Contracts of a source: the study of who ends one, and the tenures watched.

    Parameters
    ----------
    study : CompetingStudy
    spells : DataFrame, one row per contract watched
        Empty for a snapshot without dates.
    note : str
        What had to be shortened, if anything.
    """

    study: CompetingStudy
    spells: pd.DataFrame
    note: str = ""

    @property
    def is_dated(self) -> bool:
        """False for a snapshot, which cannot be tested in time."""
        return not self.spells.empty

    @property
    def finds_something(self) -> bool:
        """True when the order of the contracts is better than chance; else no list is made."""
        return self.study.finds_something

    @property
    def scored(self) -> pd.DataFrame:
        """Contracts scored, one row each."""
        return self.study.scored


def contract_study(report: Report) -> Contracts:
    """Who ends a contract in the outcome window, by choice or not.

    Parameters
    ----------
    report : Report
        Parameters as `lapse_study`.

    Returns
    -------
    Contracts

    Raises
    ------
    Skip
        If there are no contracts, or too few ends.
    """
    if has_columns(report.tables, "subscriptions", "started_on", "ended_on"):
        return _dated(report)
    if has_columns(report.tables, "subscriptions", "tenure_months", "churned"):
        return _undated(report)
    raise Skip("No contracts with start and end, so nobody can be seen to end one.")


def _dated(report: Report) -> Contracts:
    span = _origins(report)
    rows = origin_rows(
        report.features,
        span,
        _functions(report),
        contract_labels,
        observation_days=span.observation_days,
        outcome_days=span.outcome_days,
        coming_days=span.outcome_days,
    )
    rows = who_may_be_grouped(rows, consents(report))
    rows = rows.drop(columns=[c for c in ORDER_HABITS_LEFT_OUT if c in rows])
    causes = {
        cause: f"ended_{cause}"
        for cause in ("voluntary", "involuntary")
        if f"ended_{cause}" in rows
    }
    for label in ("ended", *causes.values()):
        rows = shuffled(rows, label, seed=report.seed) if report.p.shuffle_outcomes else rows
    settings = model_settings(report, _undated_columns(report))
    study = competing_study(
        rows, outcomes=causes, any_end="ended", settings=settings, draws=report.p.bootstraps
    )
    spells = report.features(contract_spells, observation_days=report.p.observation_days)
    return Contracts(study, spells, span.note)


def _undated(report: Report) -> Contracts:
    rows = who_may_be_grouped(report.features(contract_snapshot), consents(report))
    if report.p.shuffle_outcomes:
        rows = shuffled(rows, "churned", seed=report.seed)
    settings = model_settings(report, None)
    study = undated_study(rows, outcome="churned", settings=settings, draws=report.p.bootstraps)
    return Contracts(study, pd.DataFrame())


def _functions(report: Report) -> list:
    has_orders = has_columns(report.tables, "transactions", "customer_id", "ordered_at")
    return [
        contract_predictors,
        *[customer_attributes] * ("customers" in report.tables),
        *[customer_predictors] * has_orders,
    ]


def _origins(report: Report) -> windows.Origins:
    first = [pd.Timestamp(report.features(first_contract_day)["first_day"][0])]
    if has_columns(report.tables, "transactions", "customer_id", "ordered_at"):
        first.append(pd.Timestamp(report.features(first_order_day)["first_day"][0]))
    return windows.origins(
        report.as_of,
        outcome_days=report.p.outcome_days,
        data_from=max(first).date(),
        observation_days=report.p.observation_days,
    )


def _undated_columns(report: Report) -> tuple[str, ...]:
    own = undated_contract_attributes(list(report.features(contract_predictors).columns))
    if "customers" not in report.tables:
        return tuple(own)
    about = undated_attributes(list(report.features(customer_attributes).columns))
    return (*own, *about)
