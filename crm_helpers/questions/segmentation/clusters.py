"""Groups that the data suggest by themselves: K-Means -> what each is like, and how sure it is."""

import numpy as np
import pandas as pd

from crm_helpers.measures.value.segment_profiles import segment_profiles
from crm_helpers.models.segments.clusters import (
    STABLE_ARI,
    ClusterSegments,
    cluster_of,
    fitted_clusters,
)
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import paragraph, table

# What a group is called below and above all customers.
_WORDS = {
    "recency_median": ("ordered lately", "silent longer"),
    "orders_mean": ("fewer orders", "more orders"),
    "order_value": ("smaller orders", "larger orders"),
}
# A third more, or a quarter less, than all customers is worth a word.
TELLING_LOG2 = 0.415


@unless_absent
def study(
    customers: pd.DataFrame, *, min_segments: int, max_segments: int, seed: int
) -> ClusterSegments:
    """Groups that the data suggest by themselves, fitted.

    Absent where fewer customers differ than groups are to be tried.

    Returns
    -------
    ClusterSegments
    """
    limits = {"min_segments": min_segments, "max_segments": max_segments}
    return fitted_clusters(customers, **limits, seed=seed)


@unless_absent
def group_of(study: ClusterSegments, customers: pd.DataFrame) -> pd.Series:
    """Group of each customer.

    Returns
    -------
    Series of int, indexed as customers
    """
    return cluster_of(study, customers)


@unless_absent
def profiles(group: pd.Series, customers: pd.DataFrame, *, min_group: int) -> pd.DataFrame:
    """What each group brings.

    Returns
    -------
    DataFrame, one row per group shown
        As `measures.value.segment_profiles.segment_profiles` gives them.
    """
    return segment_profiles(group, customers, min_group=min_group)


@unless_absent
def groups(
    report: Report, study: ClusterSegments, profiles: pd.DataFrame, customers: pd.DataFrame
) -> Section:
    """Groups found by the data alone, in words beside all customers.

    Parameters
    ----------
    report : Report
    study : ClusterSegments
        Fitted.
    profiles : DataFrame, one row per group shown
        As `measures.value.segment_profiles.segment_profiles` gives them.
    customers : DataFrame, one row per customer
        All that were grouped, as `features.rfm` gives them.

    Returns
    -------
    Section
        says : how many groups, and whether they lie apart
        data : one row per group, columns segment (its number), words, customers,
        customers_share, revenue_share, recency_median, orders_mean, order_value, revenue_mean
        findings : clusters, stability_ari
    """
    everyone = segment_profiles(pd.Series(0, index=customers.index), customers)
    columns = {
        "words": "Group, beside all customers",
        "customers_share": ("Of customers", percent),
        "revenue_share": ("Of revenue", percent),
        "recency_median": ("Days since last order (middle)", number),
        "orders_mean": ("Orders each", "{:.1f}".format),
        "order_value": (f"{report.currency} per order", number),
    }
    shown = table(profiles.assign(words=cluster_words(profiles, everyone)), columns)
    border = "without sharp borders: customers differ by degrees"
    apart = "apart" if study.is_apart_ else border
    found = section(f"{number(study.clusters_)} groups, {apart}", shown)
    found = found.finds("clusters", study.clusters_, unit="clusters", n=len(customers))
    steady = study.stability_
    return found.finds(
        "stability_ari", steady.ari, low=steady.low, high=steady.high, n=steady.customers
    )


@unless_absent
def choice(study: ClusterSegments) -> Section:
    """Numbers of groups that were tried, which one was chosen, and how steady it is.

    Returns
    -------
    Section
        data : one row per number of groups, columns clusters, silhouette, stability_ari,
        is_chosen, verdict (text)
    """
    tried, steady = study.choice_, study.stability_
    shown = table(
        tried.assign(verdict=tried["is_chosen"].map({True: "chosen", False: ""})),
        {
            "clusters": "Groups",
            "silhouette": ("Silhouette (1: far apart)", "{:.3f}".format),
            "stability_ari": ("Stability, adjusted Rand index", "{:.2f}".format),
            "verdict": "Choice",
        },
    )
    told = (
        f"Chosen is the largest silhouette among stabilities of {STABLE_ARI:.2f} or more (the "
        "fewest groups within 0.005 of it). When customers are drawn again, the groups agree with "
        f"an adjusted Rand index of {steady.ari:.2f} ({steady.low:.2f} to {steady.high:.2f} in 95 "
        f"of 100 draws of {number(steady.customers)} customers; 0 is chance, 1 the same). "
        "Customers cut likewise out of one single cloud reach a silhouette of "
        f"{study.reference_silhouette_:.3f}: groups are called apart from one and a half times "
        "that."
    )
    return Section.of(shown, paragraph(told))


def cluster_words(profiles: pd.DataFrame, everyone: pd.DataFrame) -> list[str]:
    """What each group is like beside all customers, in a few words.

    Parameters
    ----------
    profiles : DataFrame, one row per group
        recency_median, orders_mean, order_value.
    everyone : DataFrame, one row
        The same of all customers.

    Examples
    --------
    >>> groups = pd.DataFrame({"recency_median": [9, 90, 240], "orders_mean": [9, 2.2, 1],
    ...                        "order_value": [30, 30, 75]})
    >>> everyone = pd.DataFrame({"recency_median": [90], "orders_mean": [2], "order_value": [30]})
    >>> cluster_words(groups, everyone)
    ['ordered lately, more orders', 'like all', 'silent longer, fewer orders, larger orders']
    """
    ratios = np.log2(profiles[list(_WORDS)] / everyone[list(_WORDS)].iloc[0])
    return [_described(row) for row in ratios.to_dict("records")]


def _described(ratios: dict[str, float]) -> str:
    words = [
        _WORDS[name][int(ratio > 0)] for name, ratio in ratios.items() if abs(ratio) > TELLING_LOG2
    ]
    return ", ".join(words) or "like all"
