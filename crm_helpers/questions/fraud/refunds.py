"""New patterns among refunds, without any label: payments -> shops just below a limit."""

from dataclasses import dataclass

import pandas as pd

from crm_helpers.measures.fraud.refund_clusters import LIMITS, cluster_members, refund_clusters
from crm_helpers.page.numerals import counted, number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import answer, note, table
from crm_helpers.tables.needs import Skip

CLUSTER_DAYS = 365
SHOPS_SHOWN = 10
NEEDED = {"shop_id", "amount", "age_days"}


@dataclass(frozen=True, repr=False)
class RefundClusters:
    """Refunds of a year, shops with too many just below a limit, and the refunds in them.

    Parameters
    ----------
    refunds : DataFrame, one row per refund of the last year
    shops : DataFrame, one row per shop and limit
        shop_id, limit, near_refunds, expected_refunds, near_sum.
    members : Series of float in (0, 1], index of `refunds`
        Chance of each refund to belong to a cluster; those outside are left out.
    """

    refunds: pd.DataFrame
    shops: pd.DataFrame
    members: pd.Series

    def __repr__(self) -> str:
        """How many refunds of how many shops, in one line."""
        return (
            f"Clusters of refunds: {len(self.shops):,} shops, {len(self.members):,} of "
            f"{len(self.refunds):,} refunds in them"
        )


def clusters(rows: pd.DataFrame, *, refund_limits: list[str]) -> RefundClusters:
    """Shops with too many refunds just below a limit, seen without labels.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        From `payments.rows`.
    refund_limits : list of str
        Amounts above which a refund is signed for; empty: round ones.

    Returns
    -------
    RefundClusters
        Without rows where the source has no dated refunds with shop and amount.
    """
    limits = tuple(float(one) for one in refund_limits) or LIMITS
    refunds = rows.head(0)
    if set(rows.columns) >= NEEDED:
        refunds = rows[rows["is_refund"] & (rows["age_days"] < CLUSTER_DAYS)]
    shops = pd.DataFrame() if refunds.empty else refund_clusters(refunds, limits)
    if shops.empty:
        return RefundClusters(refunds, shops, pd.Series(dtype=float))
    chance = cluster_members(refunds, shops, limits)
    return RefundClusters(refunds, shops, chance[chance > 0])


@unless_absent
def new_patterns(report: Report, found: RefundClusters) -> Section:
    """Refund clusters, found without any label.

    Parameters
    ----------
    report : Report
    found : RefundClusters

    Returns
    -------
    Section
        data : one row per shop and limit, columns shop_id, limit, near_refunds,
        expected_refunds, near_sum
    """
    if found.refunds.empty:
        raise Skip("the source has no dated refunds with shop and amount.")
    if found.shops.empty:
        return Section.of(
            answer("No shop has too many refunds just below a limit"),
            note("Groups that keep their refunds well away from every limit would not be seen."),
        )
    top = found.shops.iloc[0]
    says = (
        f"Shop {top['shop_id']}: {number(top['near_refunds'])} refunds just below "
        f"{report.money(top['limit'])}, where "
        f"{_usual(top['expected_refunds'])} would be usual"
    )
    columns = {
        "shop_id": "Shop",
        "limit": (f"Just below, {report.currency}", number),
        "near_refunds": ("Refunds there", number),
        "expected_refunds": ("Usual", _usual),
        "near_sum": (f"Paid out, {report.currency}", number),
    }
    return section(says, table(found.shops.head(SHOPS_SHOWN), columns), _members_in_words(found))


def top_shop(report: Report, found: RefundClusters) -> str:
    """Clause on the most conspicuous shop; empty where there is none."""
    if found.shops.empty:
        return ""
    top = found.shops.iloc[0]
    return (
        f"shop {top['shop_id']} gave {number(top['near_refunds'])} refunds just below "
        f"{report.money(top['limit'])}, {report.money(top['near_sum'])} in a year"
    )


def _usual(refunds: float) -> str:
    return "none" if refunds < 0.05 else number(refunds, 1)


def _members_in_words(found: RefundClusters) -> str:
    members = found.refunds.loc[found.members.index]
    people = members["customer_id"].nunique() if "customer_id" in members else 0
    return (
        f"Found without labels, comparing shops over a year: {counted(len(members), 'refund')} "
        f"to {counted(people, 'customer')} who had two or more of them. It may have an honest "
        "cause, such as one product at that price: ask the shop before accusing anybody."
    )
