"""K-Means on scaled log features: rfm -> groups that the data suggest, and how stable they are."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score, silhouette_score
from threadpoolctl import threadpool_limits

from crm_helpers.tables.needs import Skip

FEATURES = ("recency_days", "frequency_orders", "monetary_mean")
STABLE_ARI = 0.80
NEAR_BEST = 0.005
APART = 1.5
MOST_FITTED = 20_000
MOST_COMPARED = 2_000
CHOICE_RESAMPLES = 8
REFERENCES = 3


@dataclass(frozen=True)
class Stability:
    """Agreement of a grouping with those found in resampled customers.

    Attributes
    ----------
    ari : float
        Mean adjusted Rand index; 1 is the same groups, 0 is chance.
    low, high : float
        Range that holds 95 of 100 resamples.
    resamples, customers : int
        How many resamples, of how many customers.
    """

    ari: float
    low: float
    high: float
    resamples: int
    customers: int


class ClusterSegments:
    """K-Means groups of customers by recency, orders and revenue per order.

    Each feature is taken as its logarithm, because the difference between 1 and 2 orders
    matters more than that between 31 and 32, and scaled to the same spread. Tried are all
    numbers of groups between two limits; chosen is the one with the largest silhouette
    (the fewest groups within 0.005 of it) among those that come back when customers are
    drawn again (adjusted Rand index of 0.80 or more); where none does, the most stable one.
    Above 20,000 customers a random sample is fitted; silhouettes and stability come from
    2,000. Every customer gets a group.

    Parameters
    ----------
    min_segments, max_segments : int
        Limits of the number of groups.
    seed : int

    Attributes
    ----------
    choice_ : DataFrame, one row per number of groups tried
        clusters, silhouette, stability_ari, is_chosen
    clusters_ : int
        Number of groups chosen.
    stability_ : Stability
    reference_silhouette_ : float
        Silhouette of as many groups cut out of one single cloud of the same spread: when
        that of the customers is no larger, the groups are cuts through a continuum.
    is_apart_ : bool
        The silhouette is at least one and a half times that of the single cloud.

    References
    ----------
    .. [1] Rousseeuw (1987), Silhouettes, J. Comp. Appl. Math. 20.
    .. [2] Hubert & Arabie (1985), Comparing partitions, J. Classification 2.
    .. [3] Dolnicar & Leisch (2010), Evaluation of structure and reproducibility of cluster
       solutions using the bootstrap, Marketing Letters 21.
    """

    def __init__(self, *, min_segments: int = 3, max_segments: int = 8, seed: int = 0) -> None:
        self.min_segments, self.max_segments, self.seed = min_segments, max_segments, seed

    def __repr__(self) -> str:
        """Number of groups and how stable they are, in one line."""
        if not hasattr(self, "stability_"):
            return f"ClusterSegments: not fitted, {self.min_segments} to {self.max_segments} groups"
        apart = "apart" if self.is_apart_ else "not apart"
        return (
            f"ClusterSegments: {self.clusters_} groups of {self.min_segments} to "
            f"{self.max_segments} tried, {apart}, stability {self.stability_.ari:.2f}"
        )

    def fit(self, rfm: pd.DataFrame, *, resamples: int = 30) -> "ClusterSegments":
        """Choose the number of groups, fit them, and measure how stable they are.

        Parameters
        ----------
        rfm : DataFrame, one row per customer
            recency_days, frequency_orders, monetary_mean, as `features.rfm.rfm` gives them.
        resamples : int, default 30
            For the stability of the chosen number.

        One thread is used: the samples are small, and threads that wait for each other
        made the same fit thirty times slower on a busy machine.

        Raises
        ------
        Skip
            If there are fewer distinct customers than groups to try.
        """
        with threadpool_limits(1):
            return self._fit(rfm, resamples)

    def _fit(self, rfm: pd.DataFrame, resamples: int) -> "ClusterSegments":
        logs = _logs(rfm)
        self._check(logs)
        self.mean_, self.spread_ = logs.mean(axis=0), logs.std(axis=0)
        self.spread_[self.spread_ == 0] = 1.0
        rng = np.random.default_rng(self.seed)
        points = _sample(self._scaled(logs), MOST_FITTED, rng)
        few = _sample(points, MOST_COMPARED, rng)
        self.choice_ = self._compare(points, few)
        self.clusters_ = int(self.choice_.loc[self.choice_["is_chosen"], "clusters"].iloc[0])
        self.model_ = self._kmeans(self.clusters_).fit(points)
        self.stability_ = self._stability(self.clusters_, points, few, resamples)
        self.reference_silhouette_ = self._reference(few)
        silhouette = self.choice_.loc[self.choice_["is_chosen"], "silhouette"].iloc[0]
        self.is_apart_ = bool(silhouette >= APART * self.reference_silhouette_)
        return self

    def predict(self, rfm: pd.DataFrame) -> pd.Series:
        """Number of the group of each customer, from 1, the most valuable feature mix first.

        Groups are numbered by their mean of orders and revenue per order less recency, so
        the same groups get the same numbers in every run.
        """
        worth = self.model_.cluster_centers_ @ np.array([-1.0, 1.0, 1.0])
        number = np.empty(self.clusters_, dtype=int)
        number[np.argsort(-worth)] = np.arange(1, self.clusters_ + 1)
        groups = self.model_.predict(self._scaled(_logs(rfm)))
        return pd.Series(number[groups], index=rfm.index, name="cluster")

    def _compare(self, points: np.ndarray, few: np.ndarray) -> pd.DataFrame:
        tried = range(self.min_segments, self.max_segments + 1)
        rows = pd.DataFrame({"clusters": tried})
        ours = [self._kmeans(count).fit(points).predict(few) for count in tried]
        rows["silhouette"] = [silhouette_score(few, groups) for groups in ours]
        rows["stability_ari"] = [
            self._stability(count, points, few, CHOICE_RESAMPLES).ari for count in tried
        ]
        return rows.assign(is_chosen=rows.index == _chosen(rows))

    def _stability(
        self, count: int, points: np.ndarray, few: np.ndarray, resamples: int
    ) -> Stability:
        """Agreement between the groups and those of resampled customers, on the same few."""
        rng = np.random.default_rng([self.seed, count])
        ours = self._kmeans(count).fit(points).predict(few)
        size = min(len(points), MOST_COMPARED)
        found = []
        for _ in range(resamples):
            drawn = points[rng.integers(len(points), size=size)]
            theirs = self._kmeans(count, seed=int(rng.integers(2**31))).fit(drawn).predict(few)
            found.append(adjusted_rand_score(ours, theirs))
        low, high = np.quantile(found, [0.025, 0.975])
        return Stability(float(np.mean(found)), float(low), float(high), resamples, size)

    def _reference(self, few: np.ndarray) -> float:
        rng = np.random.default_rng([self.seed, 0])
        scores = []
        for _ in range(REFERENCES):
            cloud = rng.multivariate_normal(few.mean(axis=0), np.cov(few.T), len(few))
            scores.append(silhouette_score(cloud, self._kmeans(self.clusters_).fit_predict(cloud)))
        return float(np.mean(scores))

    def _kmeans(self, count: int, seed: int | None = None) -> KMeans:
        return KMeans(count, n_init=3, random_state=self.seed if seed is None else seed)

    def _scaled(self, logs: np.ndarray) -> np.ndarray:
        return (logs - self.mean_) / self.spread_

    def _check(self, logs: np.ndarray) -> None:
        distinct = len(np.unique(logs, axis=0))
        if distinct <= self.max_segments:
            raise Skip(
                f"rfm: {distinct:,} distinct customers of {len(logs):,}; expected more than "
                f"max_segments {self.max_segments}. Lower it or lengthen observation_days."
            )


def fitted_clusters(
    rfm: pd.DataFrame, *, min_segments: int, max_segments: int, seed: int
) -> ClusterSegments:
    """Groups fitted on customers; arguments as `ClusterSegments` and its fit take them."""
    return ClusterSegments(min_segments=min_segments, max_segments=max_segments, seed=seed).fit(rfm)


def cluster_of(study: ClusterSegments, rfm: pd.DataFrame) -> pd.Series:
    """Group of each customer by a fitted study, as its predict gives it."""
    return study.predict(rfm)


def _chosen(rows: pd.DataFrame) -> int:
    stable = rows["stability_ari"] >= STABLE_ARI
    if not stable.any():
        return int(rows["stability_ari"].idxmax())
    silhouette = rows["silhouette"].where(stable)
    return int((silhouette >= silhouette.max() - NEAR_BEST).idxmax())


def _logs(rfm: pd.DataFrame) -> np.ndarray:
    return np.log1p(rfm[list(FEATURES)].clip(lower=0).to_numpy(float))


def _sample(points: np.ndarray, most: int, rng: np.random.Generator) -> np.ndarray:
    if len(points) <= most:
        return points
    return points[np.sort(rng.choice(len(points), most, replace=False))]
