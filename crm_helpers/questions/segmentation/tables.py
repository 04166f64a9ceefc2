"""Tables of the segmentation page: frames of segments -> HTML with headers in plain words."""

from collections.abc import Mapping

import pandas as pd

from crm_helpers.models.segments.rfm import RfmSegments
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.words import Html, table
from crm_helpers.questions.segmentation.words import cluster_words, segment_rules

ONE_DECIMAL = "{:.1f}".format


def rules_table(profiles: pd.DataFrame, rules: RfmSegments, currency: str) -> Html:
    """Each segment with its rule in words; three columns, so that a phone can show it."""
    words = segment_rules(rules, currency)
    return table(
        profiles.assign(rule=profiles["segment"].map(words)),
        {"segment": "Segment", "rule": "Rule", "customers": ("Customers", number)},
    )


def moves_table(moves: pd.DataFrame, *, earlier: str, days: int) -> Html:
    """Where the customers of each earlier segment are now."""
    return table(
        moves,
        {
            "segment": f"Segment on {earlier}",
            "earlier_customers": ("Customers", number),
            "stayed_share": ("Still in it", percent),
            "gone_share": (f"No order in {number(days)} days", percent),
            "most_moved_to": "Most others are now",
            "most_moved_share": ("Share of them", percent),
        },
    )


def clusters_table(groups: pd.DataFrame, average: pd.DataFrame, currency: str) -> Html:
    """Groups found by the data alone, in words beside all customers."""
    return table(
        groups.assign(words=cluster_words(groups, average)),
        {
            "words": "Group, beside all customers",
            "customers_share": ("Of customers", percent),
            "revenue_share": ("Of revenue", percent),
            "recency_median": ("Days since last order (middle)", number),
            "orders_mean": ("Orders each", ONE_DECIMAL),
            "order_value": (f"{currency} per order", number),
        },
    )


def value_table(by_segment: pd.DataFrame, currency: str) -> Html:
    """What to do with each segment, and what contacting it should bring."""
    return table(
        by_segment,
        {
            "segment": "Segment",
            "what": "What to do",
            "net_value_mean": (f"{currency} net per contact", "{:,.2f}".format),
            "worth_contacting": ("Worth a contact", number),
            "net_value": (f"{currency} net of those", number),
        },
        caption="Before the limits of capacity and budget, and before consent.",
    )


def choice_table(choice: pd.DataFrame) -> Html:
    """Numbers of groups that were tried, and which one was chosen."""
    chosen: Mapping[bool, str] = {True: "chosen", False: ""}
    return table(
        choice.assign(verdict=choice["is_chosen"].map(chosen)),
        {
            "clusters": "Groups",
            "silhouette": ("Silhouette (1: far apart)", "{:.3f}".format),
            "stability_ari": ("Stability, adjusted Rand index", "{:.2f}".format),
            "verdict": "Choice",
        },
    )
