"""Named segments by stated rules: recency, frequency, value -> segment of each customer."""

import numpy as np
import pandas as pd

from crm_helpers.tables.needs import Skip

CHAMPIONS, LOYAL, NEWCOMERS = "Champions", "Loyal", "Newcomers"
PROMISING, HESITANT = "Promising", "Hesitant"
SLIPPING, ASLEEP = "Slipping away", "Asleep"
SEGMENTS = (CHAMPIONS, LOYAL, NEWCOMERS, PROMISING, HESITANT, SLIPPING, ASLEEP)
TWO_FIFTHS = 0.4


class RfmSegments:
    """Seven named segments; the cut points are fifths of the customers they were fitted on.

    "Recent" are the two fifths who ordered last, "quiet" the two fifths whose last order is
    longest ago, "frequent" and "valuable" the upper two fifths by orders and by
    revenue after returns. Customers with equal numbers are never parted. The same cut points
    serve an earlier day, so that moves between segments are moves of customers, not of rules.

    Attributes
    ----------
    recent_days_, quiet_days_ : int
        Recent up to, and quiet from, so many days since the last order.
    frequent_orders_ : int
        Orders from which a customer is frequent, at least 2.
    valuable_sum_ : float
        Revenue after returns from which a customer is valuable, currency.

    References
    ----------
    .. [1] Hughes (1994), Strategic Database Marketing (recency, frequency and monetary fifths).
    """

    def __repr__(self) -> str:
        """Cut points in one line."""
        if not hasattr(self, "recent_days_"):
            return "RfmSegments: not fitted"
        return (
            f"RfmSegments: recent to {self.recent_days_:,} days, quiet from "
            f"{self.quiet_days_:,}, frequent from {self.frequent_orders_:,} orders, valuable from "
            f"{self.valuable_sum_:,.2f}"
        )

    def fit(self, rfm: pd.DataFrame) -> "RfmSegments":
        """Find the cut points.

        Parameters
        ----------
        rfm : DataFrame, one row per customer
            recency_days, frequency_orders, net_revenue_sum, as `features.rfm.rfm` gives them.

        Raises
        ------
        Skip
            If there is no customer.
        """
        if not len(rfm):
            raise Skip(
                "rfm: 0 customers ordered in the observation window; expected at least one. "
                "Choose a longer observation_days."
            )
        recency = rfm["recency_days"]
        self.recent_days_ = int(recency.quantile(TWO_FIFTHS, interpolation="lower"))
        quiet = int(recency.quantile(1 - TWO_FIFTHS, interpolation="higher"))
        self.quiet_days_ = max(quiet, self.recent_days_ + 1)
        self.frequent_orders_ = _upper_two_fifths(rfm["frequency_orders"])
        self.valuable_sum_ = float(
            rfm["net_revenue_sum"].quantile(1 - TWO_FIFTHS, interpolation="higher")
        )
        return self

    def predict(self, rfm: pd.DataFrame) -> pd.Series:
        """Segment of each customer, by the first rule that holds.

        Parameters
        ----------
        rfm : DataFrame, one row per customer
            Also tenure_days, which tells newcomers.

        Returns
        -------
        Series of category, indexed as rfm
        """
        rules = self.conditions(rfm)
        names = np.select(list(rules.values()), list(rules), default=ASLEEP)
        return pd.Series(pd.Categorical(names, categories=SEGMENTS), index=rfm.index)

    def conditions(self, rfm: pd.DataFrame) -> dict[str, pd.Series]:
        """Condition of each segment but the last, in the order in which they are tried."""
        recent = rfm["recency_days"] <= self.recent_days_
        quiet = rfm["recency_days"] >= self.quiet_days_
        frequent = rfm["frequency_orders"] >= self.frequent_orders_
        valuable = rfm["net_revenue_sum"] >= self.valuable_sum_
        is_first_order = (rfm["frequency_orders"] == 1) & (
            rfm["tenure_days"] == rfm["recency_days"]
        )
        return {
            CHAMPIONS: recent & frequent & valuable,
            LOYAL: ~quiet & frequent,
            NEWCOMERS: recent & is_first_order,
            PROMISING: recent,
            SLIPPING: quiet & (frequent | valuable),
            HESITANT: ~quiet,
        }


def segment_of(rules: RfmSegments, rfm: pd.DataFrame) -> pd.Series:
    """Segment of each customer by fitted rules, as their predict gives it."""
    return rules.predict(rfm)


def _upper_two_fifths(orders: pd.Series) -> int:
    """Smallest count of orders, from 2 on, that at most two fifths of the customers reach."""
    reached = orders.value_counts(normalize=True).sort_index(ascending=False).cumsum()
    within = reached[reached <= TWO_FIFTHS].index
    return max(2, int(within.min()) if len(within) else int(orders.max()))
