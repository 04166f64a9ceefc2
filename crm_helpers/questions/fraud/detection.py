"""Ways of looking for fraud side by side: payments, model, clusters -> every payment scored."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from crm_helpers.measures.value.capacity import CapacityResult, at_capacity, opened
from crm_helpers.models.fraud.anomalies import anomalies
from crm_helpers.models.fraud.model import REVIEW, TEST, TRAIN, VALIDATION, predictor_columns
from crm_helpers.models.fraud.rules import broken_rules
from crm_helpers.page.section import is_absent
from crm_helpers.questions.fraud.learning import chances, has_learned, hidden_ratio
from crm_helpers.questions.fraud.payments import is_dated
from crm_helpers.questions.fraud.refunds import RefundClusters

TOGETHER, MODEL, RULES, CLUSTERS, LARGEST = (
    "all together",
    "learned from labels",
    "fixed rules",
    "refund clusters",
    "largest first",
)
SINGLE = "the best single attribute"
ORDER = (TOGETHER, MODEL, CLUSTERS, RULES, "isolation forest", "local outlier factor")
PLAIN_RULES = (LARGEST, SINGLE)
FEWEST_EARLIER = 100


@dataclass(frozen=True)
class Stakes:
    """What opening a payment costs and saves.

    Parameters
    ----------
    check_cost : float, currency
    recoverable_share : float in [0, 1]
        Share of a fraudulent payment that opening it saves.
    case_value : float, currency
        Money at risk of a case without an amount; 0 is not known.
    hit_rate : float in [0, 1]
        Assumed share of fraud among hits of rules where labels taught nothing.
    """

    check_cost: float
    recoverable_share: float
    case_value: float
    hit_rate: float

    def money(self, rows: pd.DataFrame) -> pd.Series:
        """Money at risk of each payment; without amounts the case_value."""
        if "amount" in rows:
            return rows["amount"].astype(float)
        return pd.Series(self.case_value, index=rows.index)

    def net_value(self, rows: pd.DataFrame, chance: pd.Series) -> pd.Series:
        """Money that opening a payment is expected to save, less the cost of opening it."""
        return chance * self.money(rows) * self.recoverable_share - self.check_cost

    def saved(self, one: CapacityResult) -> float:
        """Money that the known frauds found save, less the cost of all checks."""
        return one.net_value(recoverable_share=self.recoverable_share, check_cost=self.check_cost)


@dataclass(frozen=True)
class Capacity:
    """How many payments investigators can open.

    Parameters
    ----------
    cases_per_day : int
    review_days : int
        Latest days whose payments can be opened now.
    """

    cases_per_day: int
    review_days: int

    @property
    def cases(self) -> int:
        """Cases that can be opened in the days reviewed."""
        return self.cases_per_day * self.review_days


@dataclass(frozen=True, repr=False)
class Detection:
    """Payments of test and review with one score per way of looking.

    Parameters
    ----------
    scored : DataFrame, one row per payment of test and review
        The payments' columns; probability, expected_net_value; one column per way of looking.
    model : FraudModel, or absent
    clusters : RefundClusters
    stakes : Stakes
    capacity : Capacity
    has_money : bool
        Whether the money at risk is known, by the payments or by case_value.
    hidden_ratio : float
        By which the odds were raised, because audits found more fraud than was known.
    """

    scored: pd.DataFrame
    model: Any
    clusters: RefundClusters
    stakes: Stakes
    capacity: Capacity
    has_money: bool
    hidden_ratio: float

    def __repr__(self) -> str:
        """How many payments, which ways of looking, in one line."""
        ways = ", ".join(self.ways)
        return f"Detection: {len(self.test):,} payments of the test, {ways}"

    @property
    def test(self) -> pd.DataFrame:
        """Scored payments of the test."""
        return self.scored[self.scored["role"] == TEST]

    @property
    def review(self) -> pd.DataFrame:
        """Scored payments that can be opened now."""
        return self.scored[self.scored["role"] == REVIEW]

    @property
    def ways(self) -> list[str]:
        """Names of the ways of looking, all together first, the plain rule last."""
        made = [c for c in (*ORDER, *PLAIN_RULES) if c in self.scored]
        return [c for c in made if self.scored[c].notna().any()]

    def opened(self, way: str) -> pd.Series:
        """Payments of the test that one way of looking alone would have had opened."""
        test = self.test
        if is_dated(test):
            daily = self.capacity.cases_per_day
            return opened(test[way], test["age_days"], cases_per_day=daily)
        whole = pd.Series(0, index=test.index)
        return opened(test[way], whole, cases_per_day=self.capacity.cases)

    def result(self, way: str, only: pd.Series | None = None) -> CapacityResult:
        """What one way alone finds at the capacity, among some payments or all."""
        picked, test = self.opened(way), self.test
        if only is not None:
            picked, test = picked[only], test[only]
        return at_capacity(picked, test["is_fraud"], self.stakes.money(test))


def detection(
    rows: pd.DataFrame,
    model: Any,
    clusters: RefundClusters,
    stakes: Stakes,
    capacity: Capacity,
    *,
    seed: int,
) -> Detection:
    """Payments of test and review, scored by every way of looking and by all together.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        From `payments.rows`.
    model : FraudModel, or absent
    clusters : RefundClusters
    stakes : Stakes
    capacity : Capacity
    seed : int

    Returns
    -------
    Detection
    """
    looked_at = rows[rows["role"].isin([TEST, REVIEW])]
    scores = _unsupervised(rows, looked_at, model, seed)
    ratio = hidden_ratio(rows)
    chance = chances(looked_at, model, ratio)
    cluster = clusters.members.reindex(looked_at.index).fillna(0.0)
    both = np.fmax(chance.fillna(0.0), cluster)
    if not has_learned(model):
        both = np.fmax(both, np.where(scores[RULES] >= 1, stakes.hit_rate, 0.0))
    has_money = bool(stakes.money(rows).gt(0).any())
    value = stakes.net_value(looked_at, both)
    made = {MODEL: chance, CLUSTERS: cluster.where(cluster > 0), "probability": both}
    scored = pd.concat([looked_at, scores], axis=1).assign(**made, expected_net_value=value)
    # Best expected value first, none that costs more than it saves.
    order = value.where(value > 0) if has_money else scored["probability"]
    scored = scored.assign(**{TOGETHER: order})
    return Detection(scored, model, clusters, stakes, capacity, has_money, ratio)


def _unsupervised(
    rows: pd.DataFrame, looked_at: pd.DataFrame, model: Any, seed: int
) -> pd.DataFrame:
    """Scores of rules, of unusual payments and of the plain rule; no label is looked at."""
    broken = broken_rules(looked_at)
    has_amount = "amount" in looked_at
    amount = looked_at["amount"] if has_amount else pd.Series(0.0, index=looked_at.index)
    strength = broken.sum(axis=1) + 0.5 * amount.rank(pct=True)
    earlier = rows[rows["role"].isin([TRAIN, VALIDATION])]
    known = earlier if len(earlier) > FEWEST_EARLIER else rows
    keys = _keys(known)
    columns = [c for c in predictor_columns(looked_at) if known[c].nunique() > 1]
    unusual = anomalies(known, columns=[c for c in columns if c not in keys], seed=seed)
    scores = unusual.score(looked_at).assign(**{RULES: strength.where(broken.any(axis=1))})
    if has_amount:
        return scores.assign(**{LARGEST: amount})
    if is_absent(model):
        return scores
    rule = model.test.set_index("payment_id")["rule_score"]
    return scores.assign(**{SINGLE: looked_at["payment_id"].map(rule)})


def _keys(rows: pd.DataFrame) -> list[str]:
    """Columns that name the payment: all their values are distinct."""
    return [c for c in rows if rows[c].is_unique and not pd.api.types.is_float_dtype(rows[c])]
