"""Rings of customers: payments that share cards and devices -> what the biggest looks like."""

from dataclasses import dataclass

import pandas as pd

from crm_helpers.charts.ring import ring_chart
from crm_helpers.models.fraud.links import CARD, CUSTOMER, DEVICE, HUB_PERSONS, hub_count
from crm_helpers.models.fraud.model import REVIEW, TEST
from crm_helpers.models.fraud.rings import ring_payments
from crm_helpers.page.numerals import counted, number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import answer, note
from crm_helpers.questions.fraud.cases import in_periods
from crm_helpers.tables.needs import Skip

THINGS = {CARD: "card", DEVICE: "device"}
MOST_DRAWN = 12


@dataclass(frozen=True, repr=False)
class Rings:
    """Payments of test and review in rings, and how payments were linked.

    Parameters
    ----------
    members : Series of float, index of the payments
        Number of the ring; those outside are left out.
    payments : DataFrame, one row per payment under review in a ring
        ring, and the payment's columns.
    link_days, customers : int
        Days between linked payments at most, customers of a ring at least.
    hubs : int
        Cards and devices of too many persons to link anything, in the days reviewed.
    can_be_seen : bool
        Whether the source names customers, and cards or devices.
    """

    members: pd.Series
    payments: pd.DataFrame
    link_days: int
    customers: int
    hubs: int
    can_be_seen: bool

    def __repr__(self) -> str:
        """How many rings of how many payments, in one line."""
        count = self.payments["ring"].nunique()
        return f"Rings: {count:,} in {len(self.payments):,} payments under review"

    @property
    def by_size(self) -> pd.DataFrame:
        """One row per ring under review, most money first: customers, shared cards, money."""
        rows = self.payments.assign(
            **{key: _if_shared(self.payments, key) for key in THINGS if key in self.payments}
        )
        counted_ones = {CUSTOMER: "customer", **THINGS}.items()
        counts = {f"{name}s": (key, "nunique") for key, name in counted_ones if key in rows}
        money = {"amount": ("amount", "sum")} if "amount" in rows else {}
        sizes = rows.groupby("ring").agg(payments=("payment_id", "size"), **counts, **money)
        return sizes.sort_values(["amount"] if money else ["payments"], ascending=False)


def rings(rows: pd.DataFrame, *, review_days: int, link_days: int, ring_customers: int) -> Rings:
    """Rings of customers who share cards and devices, seen without labels.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        From `payments.rows`.
    review_days : int
    link_days : int
        Days from one payment to the next that share a card or device, at most.
    ring_customers : int
        Customers of a ring, at least.

    Returns
    -------
    Rings
    """
    looked_at = in_periods(rows[rows["role"].isin([TEST, REVIEW])], review_days)
    found = ring_payments(looked_at, days=link_days, customers=ring_customers).dropna()
    now = looked_at[looked_at["role"] == REVIEW]
    payments = now.assign(ring=found.reindex(now.index)).dropna(subset=["ring"])
    can_be_seen = CUSTOMER in rows and bool(THINGS.keys() & set(rows))
    return Rings(found, payments, link_days, ring_customers, hub_count(now), can_be_seen)


@unless_absent
def biggest_ring(report: Report, found: Rings, *, review_days: int) -> Section:
    """The ring of most money under review as a picture, without any id.

    Parameters
    ----------
    report : Report
    found : Rings
    review_days : int

    Returns
    -------
    Section
        data : one row per customer and card or device that he paid with, columns customer,
        shared, payments; words alone where there is no ring
        findings : ring_count
    """
    if not found.can_be_seen:
        raise Skip("the source does not name customers together with their cards or devices.")
    if found.payments.empty:
        said = f"No {found.customers} customers share cards or devices in these {review_days} days"
        return Section.of(answer(said), note(_guard(found))).finds("ring_count", 0, "rings")
    sizes = found.by_size
    top = sizes.iloc[0]
    says = (
        f"{number(top['customers'])} customers pay with {_things(top)}: "
        f"{counted(top['payments'], 'payment')}{_money(report, top)}"
    )
    beside = (
        f"{_more(report, sizes)}It proves nothing: households and firms share cards and devices "
        f"too. Ask before anybody is blocked. {_guard(found)}"
    )
    shown = section(says, _chart(report, found, review_days), beside)
    return shown.finds("ring_count", len(sizes), "rings")


def biggest_in_words(report: Report, found: Rings) -> str:
    """Clause on the ring of most money; empty where there is none."""
    if found.payments.empty:
        return ""
    top = found.by_size.iloc[0]
    return (
        f"{number(top['customers'])} customers pay with {_things(top)}, "
        f"{counted(top['payments'], 'payment')}{_money(report, top)}"
    )


def _things(ring: pd.Series) -> str:
    """The same 3 cards and 2 devices; the same card."""
    counts = {name: int(ring.get(f"{name}s", 0)) for name in THINGS.values()}
    told = [name if n == 1 else counted(n, name) for name, n in counts.items() if n]
    return "the same " + " and ".join(told)


def _money(report: Report, ring: pd.Series) -> str:
    return f" of {report.money(ring['amount'])}" if "amount" in ring else ""


def _more(report: Report, sizes: pd.DataFrame) -> str:
    rest = sizes.iloc[1:]
    if rest.empty:
        return ""
    customers = counted(int(rest["customers"].sum()), "customer")
    return f"{counted(len(rest), 'further ring')} of {customers}{_sum(report, rest)}. "


def _sum(report: Report, rest: pd.DataFrame) -> str:
    return f" paid {report.money(rest['amount'].sum())}" if "amount" in rest else ""


def _guard(found: Rings) -> str:
    hubs = (
        f" {counted(found.hubs, 'card or device', 'cards or devices')} of more than "
        f"{HUB_PERSONS} persons link nobody."
        if found.hubs
        else ""
    )
    return (
        f"Customers are linked when they pay with the same card or device within "
        f"{counted(found.link_days, 'day')} of each other.{hubs}"
    )


def _chart(report: Report, found: Rings, review_days: int):
    top = found.by_size.index[0]
    links = _links(found.payments[found.payments["ring"] == top])
    left, right = links["customer"].nunique(), links["shared"].nunique()
    return ring_chart(
        links,
        title=f"{number(left)} customers, {number(right)} cards and devices between them",
        subtitle=f"Payments by customer (left) and by card or device (right) in the last "
        f"{review_days} days; a thicker line is more payments",
        alt=f"Network: {number(left)} customers on the left joined to {number(right)} cards and "
        f"devices on the right by {number(len(links))} lines, "
        f"{number(links['payments'].max())} payments on the thickest.",
        source=f"{report.source.title}, payments",
    )


def _links(payments: pd.DataFrame) -> pd.DataFrame:
    """Payments by customer and thing, named by their place in the ring and by no id."""
    parts = []
    for key, name in THINGS.items():
        if key not in payments:
            continue
        shared = payments.assign(id=_if_shared(payments, key)).dropna(subset=["id"])
        if len(shared):
            part = shared.groupby([CUSTOMER, "id"]).size().rename("n").reset_index()
            parts.append(part.assign(shared=_named(part["id"], part["n"], name)))
    rows = pd.concat(parts, ignore_index=True)
    rows["customer"] = _named(rows[CUSTOMER], rows["n"], "customer")
    named = rows.rename(columns={"n": "payments"})[["customer", "shared", "payments"]]
    return named.sort_values(["customer", "shared"], ignore_index=True)


def _if_shared(payments: pd.DataFrame, key: str) -> pd.Series:
    """Card or device of each payment where several customers of its ring used it."""
    people = payments.groupby(["ring", key])[CUSTOMER].transform("nunique")
    return payments[key].where((people > 1).fillna(False))


def _named(ids: pd.Series, payments: pd.Series, name: str) -> pd.Series:
    """Names by payments, most first; those beyond the twelfth are taken together."""
    order = payments.groupby(ids).sum().sort_values(ascending=False, kind="stable").index
    place = ids.map({one: n for n, one in enumerate(order)})
    words = (place + 1).map(f"{name} {{:d}}".format)
    return words.where(place < MOST_DRAWN, f"further {name}s")
