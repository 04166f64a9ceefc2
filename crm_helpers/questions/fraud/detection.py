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
from crm_helpers.questions.fraud.cases import (
    CLUSTER_SHOP,
    case_numbers,
    case_values,
    in_periods,
    suspects,
)
from crm_helpers.questions.fraud.learning import chances, has_learned, hidden_ratio
from crm_helpers.questions.fraud.refunds import RefundClusters
from crm_helpers.questions.fraud.rings import Rings

TOGETHER, MODEL, RULES, CLUSTERS, RINGS, LARGEST = (
    "all together",
    "learned from labels",
    "fixed rules",
    "refund clusters",
    "rings of customers",
    "largest first",
)
SINGLE = "the best single attribute"
ORDER = (TOGETHER, MODEL, CLUSTERS, RINGS, RULES, "isolation forest", "local outlier factor")
PLAIN_RULES = (LARGEST, SINGLE)
FEWEST_EARLIER = 100


@dataclass(frozen=True)
class Stakes:
    """What opening a case costs and saves.

    Parameters
    ----------
    check_cost : float, currency
        Of one case, however many payments it has.
    recoverable_share : float in [0, 1]
        Share of a fraudulent payment that opening it saves.
    case_value : float, currency
        Money at risk of a case without an amount; 0 is not known.
    hit_rate : float in [0, 1]
        Assumed share of fraud in rings, and among hits of rules where labels taught nothing.
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

    def expected_saving(self, rows: pd.DataFrame, chance: pd.Series) -> pd.Series:
        """Money that opening each payment is expected to save, before the cost of a check."""
        return chance * self.money(rows) * self.recoverable_share

    def saved(self, one: CapacityResult) -> float:
        """Money that the known frauds found save, less the cost of all checks."""
        return one.net_value(recoverable_share=self.recoverable_share, check_cost=self.check_cost)


@dataclass(frozen=True)
class Capacity:
    """How many cases investigators can open.

    Parameters
    ----------
    cases_per_day : int
        A case is one payment, or several that are linked.
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
        The payments' columns; probability; expected_net_value, of its case; is_suspect; case,
        period, period_days; one column per way of looking.
    model : FraudModel, or absent
    clusters : RefundClusters
    rings : Rings
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
    rings: Rings
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

    def opened(self, way: str, cases_per_day: int | None = None) -> pd.Series:
        """Payments of the test in the cases that one way of looking would have had opened."""
        test, daily = self.test, cases_per_day or self.capacity.cases_per_day
        most = daily * test["period_days"]
        return opened(test[way], test["period"], cases_per_day=most, case=test["case"])

    def result(self, way: str, only: pd.Series | None = None) -> CapacityResult:
        """What one way alone finds at the capacity, among some payments or all."""
        return self.counted(self.opened(way), only)

    def counted(self, picked: pd.Series, only: pd.Series | None = None) -> CapacityResult:
        """What payments of the test hold, among some of them or all."""
        test = self.test if only is None else self.test[only]
        picked = picked if only is None else picked[only]
        return at_capacity(picked, test["is_fraud"], self.stakes.money(test), test["case"])


def detection(
    rows: pd.DataFrame,
    model: Any,
    clusters: RefundClusters,
    stakes: Stakes,
    capacity: Capacity,
    *,
    rings: Rings,
    seed: int,
) -> Detection:
    """Payments of test and review, scored by every way of looking and by all together.

    Opening is decided by case: the suspect payments that share card, device or customer.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        From `payments.rows`.
    model : FraudModel, or absent
    clusters : RefundClusters
    stakes : Stakes
    capacity : Capacity
    rings : Rings
    seed : int

    Returns
    -------
    Detection
    """
    looked_at = in_periods(rows[rows["role"].isin([TEST, REVIEW])], capacity.review_days)
    scores = _unsupervised(rows, looked_at, model, seed)
    ratio = hidden_ratio(rows)
    chance = chances(looked_at, model, ratio)
    cluster = clusters.members.reindex(looked_at.index).fillna(0.0)
    ring = rings.members.reindex(looked_at.index)
    both = np.fmax(chance.fillna(0.0), cluster).mask(
        ring.notna(), lambda one: np.fmax(one, stakes.hit_rate)
    )
    if not has_learned(model):
        both = np.fmax(both, np.where(scores[RULES] >= 1, stakes.hit_rate, 0.0))
    sizes = ring.groupby(ring).transform("size")
    made = {MODEL: chance, CLUSTERS: cluster.where(cluster > 0), RINGS: sizes, "probability": both}
    scored = _with_cases(pd.concat([looked_at, scores], axis=1).assign(**made), stakes, rings)
    has_money = bool(stakes.money(rows).gt(0).any())
    # Best expected value first, no case that costs more than it saves.
    value = scored["expected_net_value"]
    order = value.where(value > 0) if has_money else scored["probability"]
    scored = scored.assign(**{TOGETHER: order})
    return Detection(scored, model, clusters, rings, stakes, capacity, has_money, ratio)


def _with_cases(scored: pd.DataFrame, stakes: Stakes, rings: Rings) -> pd.DataFrame:
    """Payments with their case and what opening it is expected to bring."""
    saved = stakes.expected_saving(scored, scored["probability"])
    suspect = suspects(scored["probability"], saved - stakes.check_cost)
    shop = scored["shop_id"] if "shop_id" in scored else pd.Series(None, index=scored.index)
    linked = scored.assign(**{CLUSTER_SHOP: shop.where(scored[CLUSTERS].notna())})
    case = case_numbers(linked, suspect, days=rings.link_days)
    value = case_values(scored, case, saved, stakes.check_cost)
    return scored.assign(is_suspect=suspect, case=case, expected_net_value=value)


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
    columns = [c for c in predictor_columns(known) if known[c].nunique() > 1]
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
