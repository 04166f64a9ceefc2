"""Fraud study: a report's payments -> model, anomalies, rules and clusters, scored side by side."""

from dataclasses import replace
from functools import cached_property

import numpy as np
import pandas as pd

from crm_helpers.features.payments import payment_features
from crm_helpers.measures.fraud.audit_ratio import audit_ratio
from crm_helpers.measures.fraud.refund_clusters import LIMITS, cluster_members, refund_clusters
from crm_helpers.measures.value.capacity import CapacityResult, at_capacity, opened
from crm_helpers.models.fraud.anomalies import anomalies
from crm_helpers.models.fraud.model import (
    REVIEW,
    TEST,
    TRAIN,
    VALIDATION,
    FraudModel,
    Periods,
    fraud_in_time,
    fraud_undated,
    payment_roles,
    predictor_columns,
)
from crm_helpers.models.fraud.rules import broken_rules
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.study import shuffled
from crm_helpers.page.parts import Absent, part
from crm_helpers.page.report import Report
from crm_helpers.questions.consents import consents, who_may_be_grouped
from crm_helpers.questions.fraud.feedback import FILE, Feedback, read_feedback, with_feedback
from crm_helpers.tables.needs import Skip

TOGETHER, MODEL, RULES, CLUSTERS, LARGEST = (
    "all together",
    "learned from labels",
    "fixed rules",
    "refund clusters",
    "largest first",
)
SINGLE = "the best single attribute"
CLUSTER_DAYS = 365


class FraudStudy:
    """Everything the fraud report states, computed once.

    Parameters
    ----------
    report : Report
        Parameters review_days, label_days, test_days, cases_per_day, check_cost,
        recoverable_share, case_value, hit_rate, later_column, method, exclude_columns,
        protected_columns, trusted_columns, min_events, max_rows_train, bootstraps,
        shuffle_outcomes, seed.
    """

    def __init__(self, report: Report) -> None:
        self.report, self.p = report, report.p
        self.periods = Periods(self.p.review_days, self.p.label_days, self.p.test_days)

    @cached_property
    def feedback(self) -> Feedback:
        """Outcomes of earlier cases, from the file that investigators fill."""
        found = self.report.features(payment_features)
        paid = found["paid_at"].to_numpy() if "paid_at" in found else pd.NaT
        days = pd.Series(paid, index=found["payment_id"].to_numpy())
        return read_feedback(self.report.history / FILE, days)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """Payments of those who did not refuse to be profiled, with labels and roles."""
        found = self.report.features(payment_features)
        found = with_feedback(found, self.feedback.labels, self.report.as_of)
        if self.p.shuffle_outcomes:
            found = shuffled(found, "is_fraud", seed=self.report.seed)
        found = found.drop(columns=[c for c in self._left_out if c in found])
        if "customer_id" in found:
            allowed = who_may_be_grouped(found, consents(self.report))
            self.refused = len(found) - len(allowed)
            found = allowed
            owner = found["customer_id"].fillna(found["payment_id"])
        else:
            self.refused, owner = 0, found["payment_id"]
        found = found.assign(owner=owner)
        if found.empty:
            raise Skip("No payment is left to look at. Choose a later as_of.")
        if not self.is_dated:
            return found.assign(role=np.where(found["is_fraud"].notna(), TEST, REVIEW))
        return found.assign(role=payment_roles(found, self.periods))

    @property
    def _left_out(self) -> tuple[str, ...]:
        return (*self.p.exclude_columns, *self.p.protected_columns)

    @property
    def is_dated(self) -> bool:
        """True when payments have a time, so that models are tested later than they learned."""
        return "paid_at" in self.report.tables["payments"].columns

    @property
    def settings(self) -> PropensitySettings:
        """Settings of the model; features of a payment's past obey the leakage law."""
        trusted = tuple(self.p.trusted_columns)
        common = {"method": self.p.method, "seed": self.report.seed, "trusted_columns": trusted}
        undated = () if self.is_dated else None
        return PropensitySettings(min_events=self.p.min_events, snapshot_columns=undated, **common)

    @cached_property
    def model(self) -> FraudModel | Absent:
        """Model learned from labels, or why there is none."""
        return part(self._model)

    def _model(self) -> FraudModel:
        draws = self.p.bootstraps
        if not self.is_dated:
            return fraud_undated(self.rows, settings=self.settings, draws=draws)
        most = self.p.max_rows_train
        return fraud_in_time(self.rows, settings=self.settings, max_rows=most, draws=draws)

    @property
    def learned(self) -> bool:
        """True when there is a model and it orders payments better than chance."""
        return bool(self.model) and self.model.finds_something

    @cached_property
    def refunds(self) -> pd.DataFrame:
        """Refunds of the last year; without shops or amounts none can be compared."""
        rows = self.rows
        if not {"shop_id", "amount", "age_days"} <= set(rows.columns):
            return rows.head(0)
        return rows[rows["is_refund"] & (rows["age_days"] < CLUSTER_DAYS)]

    @cached_property
    def clusters(self) -> pd.DataFrame:
        """Shops with too many refunds just below a limit, seen without labels."""
        if self.refunds.empty:
            return pd.DataFrame()
        return refund_clusters(self.refunds, self._limits)

    @cached_property
    def members(self) -> pd.Series:
        """Chance of each refund to belong to a cluster, those outside left out."""
        if self.clusters.empty:
            return pd.Series(dtype=float)
        chance = cluster_members(self.refunds, self.clusters, self._limits)
        return chance[chance > 0]

    @property
    def _limits(self) -> tuple[float, ...]:
        return tuple(float(one) for one in self.p.refund_limits) or LIMITS

    @cached_property
    def scored(self) -> pd.DataFrame:
        """Payments of test and review with one column per detector.

        Returns
        -------
        DataFrame, one row per payment
            The payments' columns; probability : float; one score per detector
        """
        rows = self.rows[self.rows["role"].isin([TEST, REVIEW])]
        scores = self._unsupervised(rows)
        chance = self._chances(rows)
        cluster = self.members.reindex(rows.index).fillna(0.0)
        both = np.fmax(chance.fillna(0.0), cluster)
        if not self.learned:
            hit = scores[RULES] >= 1
            both = np.fmax(both, np.where(hit, self.p.hit_rate, 0.0))
        return (
            pd.concat([rows, scores], axis=1)
            .assign(
                **{MODEL: chance, CLUSTERS: cluster.where(cluster > 0), "probability": both},
                expected_net_value=self.net_value(rows, both),
            )
            .assign(**{TOGETHER: self._order})
        )

    def _order(self, found: pd.DataFrame) -> pd.Series:
        """Order of the list: best expected value first, none that costs more than it saves."""
        if not self.has_money:
            return found["probability"]
        return found["expected_net_value"].where(found["expected_net_value"] > 0)

    @property
    def has_money(self) -> bool:
        """True when the money at risk is known, by the payment or by the parameter case_value."""
        return bool(self.money(self.rows).gt(0).any())

    def _chances(self, rows: pd.DataFrame) -> pd.Series:
        """Probability by the model: the tested one for the test, the refitted one for review."""
        if not self.learned:
            return pd.Series(np.nan, index=rows.index)
        tested = self.model.test.set_index("payment_id")["probability"]
        chance = rows["payment_id"].map(tested).astype(float)
        review = (rows["role"] == REVIEW) & chance.isna()
        if review.any():
            given = self.model.propensity.probability(rows[review])
            chance = chance.mask(review, pd.Series(given, index=rows.index[review]))
        odds = self.hidden_ratio * chance / (1 - chance).clip(lower=1e-9)
        return odds / (1 + odds)

    @cached_property
    def hidden_ratio(self) -> float:
        """How much more fraud there is than known, by random audits before the test."""
        if not self.is_dated or "sampled_at_random" not in self.rows:
            return 1.0
        early = self.rows[self.rows["role"].isin([TRAIN, VALIDATION])]
        return audit_ratio(early["is_fraud"], early["sampled_at_random"])

    def _unsupervised(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Scores of rules, detectors and of the rule largest first; no label is looked at."""
        broken = broken_rules(rows)
        amount = rows["amount"] if "amount" in rows else pd.Series(0.0, index=rows.index)
        strength = broken.sum(axis=1) + 0.5 * amount.rank(pct=True)
        earlier = self.rows[self.rows["role"].isin([TRAIN, VALIDATION])]
        known = earlier if len(earlier) > 100 else self.rows
        columns = [c for c in predictor_columns(rows) if known[c].nunique() > 1]
        columns = [c for c in columns if c not in self._keys(known)]
        unusual = anomalies(known, columns=columns, seed=self.report.seed).score(rows)
        scores = unusual.assign(**{RULES: strength.where(broken.any(axis=1))})
        if "amount" in rows:
            return scores.assign(**{LARGEST: amount})
        if not self.model:
            return scores
        rule = self.model.test.set_index("payment_id")["rule_score"]
        return scores.assign(**{SINGLE: rows["payment_id"].map(rule)})

    @staticmethod
    def _keys(rows: pd.DataFrame) -> list[str]:
        """Columns that name the payment: all their values are distinct."""
        names = [c for c in rows if rows[c].is_unique and not pd.api.types.is_float_dtype(rows[c])]
        return names

    @property
    def test(self) -> pd.DataFrame:
        """Scored payments of the test."""
        return self.scored[self.scored["role"] == TEST]

    @property
    def detectors(self) -> list[str]:
        """Names of the detectors, the plain rule last."""
        order = [TOGETHER, MODEL, CLUSTERS, RULES, "isolation forest", "local outlier factor"]
        made = [c for c in [*order, LARGEST, SINGLE] if c in self.scored]
        return [c for c in made if self.scored[c].notna().any()]

    @property
    def capacity(self) -> int:
        """Cases that can be opened in the days reviewed."""
        return self.p.cases_per_day * self.p.review_days

    def opened(self, detector: str) -> pd.Series:
        """Payments of the test that a detector alone would have had opened."""
        test = self.test
        if self.is_dated:
            days = test["age_days"]
            return opened(test[detector], days, cases_per_day=self.p.cases_per_day)
        whole = pd.Series(0, index=test.index)
        return opened(test[detector], whole, cases_per_day=self.capacity)

    def result(self, detector: str, only: pd.Series | None = None) -> CapacityResult:
        """What a detector alone finds at the capacity, among some payments or all."""
        picked, test = self.opened(detector), self.test
        if only is not None:
            picked, test = picked[only], test[only]
        return at_capacity(picked, test["is_fraud"], self.money(test))

    def net_value(self, rows: pd.DataFrame, chance: pd.Series) -> pd.Series:
        """Money that opening a payment is expected to save, less the cost of opening it."""
        return chance * self.money(rows) * self.p.recoverable_share - self.p.check_cost

    def money(self, rows: pd.DataFrame) -> pd.Series:
        """Money at risk of each payment; without amounts the parameter case_value."""
        if "amount" in rows:
            return rows["amount"].astype(float)
        return pd.Series(self.p.case_value, index=rows.index)

    @property
    def later_settings(self) -> PropensitySettings:
        """Settings of the test on the latest rows of undated cases."""
        return replace(self.settings, snapshot_columns=())
