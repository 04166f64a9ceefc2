"""What to do with each segment, how far to trust it, and the summary of the page."""

import pandas as pd

from crm_helpers.features.data_span import TwoDays
from crm_helpers.features.totals import sales_totals
from crm_helpers.measures.value.segment_profiles import explained_share
from crm_helpers.models.segments.rfm import ASLEEP, CHAMPIONS
from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.numerals import number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import note, paragraph, table


def contact_worth(report: Report, by_segment: pd.DataFrame) -> Section:
    """What to do with each segment, and what contacting it should bring.

    Parameters
    ----------
    report : Report
    by_segment : DataFrame, one row per segment
        As `list.value_by_segment` gives it.

    Returns
    -------
    Section
        data : one row per segment, columns segment, what, customers, extra_orders,
        net_value_mean (currency per contact), worth_contacting, net_value
    """
    columns = {
        "segment": "Segment",
        "what": "What to do",
        "net_value_mean": (f"{report.currency} net per contact", "{:,.2f}".format),
        "worth_contacting": ("Worth a contact", number),
        "net_value": (f"{report.currency} net of those", number),
    }
    limits = "Before the limits of capacity and budget, and before consent."
    return Section.of(table(by_segment, columns, caption=limits))


def assumption(value: pd.DataFrame, *, contact_lift: float, margin_share: float) -> Section:
    """What the expected value of a contact rests on, with examples.

    Parameters
    ----------
    value : DataFrame, one row per customer
        Only whether it has margin_sum is looked at.
    contact_lift, margin_share : float

    Returns
    -------
    Section of words alone
    """
    chances = {
        before: before + contact_lift * before * (1 - before / 100) for before in (10, 50, 90)
    }
    lifted = ", ".join(f"from {was} to {number(now, 1)}" for was, now in chances.items())
    worth = (
        "An order is worth its margin after returns."
        if "margin_sum" in value
        else f"The data hold no cost: {percent(margin_share)} of revenue is taken for margin."
    )
    told = (
        f"Assumed, not measured: one contact lifts the number of 100 who order {lifted} "
        f"(contact_lift {contact_lift:g}). The control group will measure it. {worth}"
    )
    return Section.of(note(told))


def trust(
    report: Report,
    ordered: pd.Series,
    by_rules: pd.Series,
    by_clusters: pd.Series,
    days: TwoDays,
    left_out: str,
) -> Section:
    """How much the segments tell about who ordered afterwards, and who is in none of them.

    Parameters
    ----------
    report : Report
    ordered : Series of bool, one per customer of the earlier day
    by_rules, by_clusters : Series, indexed as ordered
        Segment and group of these customers.
    days : TwoDays
    left_out : str
        Sentence on those who refused, as `consents.refusals` gives it.

    Returns
    -------
    Section of words alone
    """
    totals = report.features(sales_totals).iloc[0]
    is_shorter = days.observation_days < days.asked_days
    shorter = f", not {number(days.asked_days)}, so that both days see equally much"
    told = (
        "Of the differences in who ordered afterwards, the rules tell "
        f"{percent(explained_share(by_rules, ordered))} and the groups "
        f"{percent(explained_share(by_clusters, ordered))}. Each day looks back "
        f"{number(days.observation_days)} days{shorter if is_shorter else ''}. {left_out} Guests "
        f"bought {percent(totals['guest_sales'] / totals['gross_sales'])} of all sales and are in "
        "no segment."
    )
    return Section.of(paragraph(told))


def findings(profiles: pd.DataFrame, customers: pd.DataFrame) -> dict[str, Finding]:
    """Customers in segments, and the shares of the best and of those asleep.

    Parameters
    ----------
    profiles : DataFrame, one row per segment shown
        segment, customers_share, revenue_share; a segment not shown counts as 0.
    customers : DataFrame, one row per customer

    Returns
    -------
    dict of name to finding
        customers_grouped, champions_share, champions_revenue_share, asleep_share
    """
    n, shares = len(customers), _shares(profiles)
    found = [
        ("customers_grouped", n, {"unit": "customers"}),
        ("champions_share", shares["customers_share"][CHAMPIONS], {"unit": "share", "n": n}),
        ("champions_revenue_share", shares["revenue_share"][CHAMPIONS], {"unit": "share"}),
        ("asleep_share", shares["customers_share"][ASLEEP], {"unit": "share", "n": n}),
    ]
    return {name: finding(name, value, **beside) for name, value, beside in found}


def figures(report: Report) -> None:
    """Cards of the summary; the findings are kept before."""
    report.key_figures(
        {
            "customers_grouped": "Customers in segments",
            "champions_share": "Share that are Champions",
            "champions_revenue_share": "Revenue they bring",
            "asleep_share": "Share that is asleep",
        }
    )


def three_sentences(
    report: Report, shares: Section, profiles: pd.DataFrame, moved: pd.DataFrame, worth: Section
) -> tuple[str, str, str]:
    """Who brings most, whether they stay, and where a contact is worth most.

    Parameters
    ----------
    report : Report
    shares, worth : Section
        As `kinds.shares` and `contact_worth` give them.
    profiles, moved : DataFrame, one row per segment
        As the measures give them.
    """
    asleep = _shares(profiles)["customers_share"][ASLEEP]
    stayed, first = moved.iloc[0], worth.data.iloc[0]
    act = f"{first['what'][0].lower()}{first['what'][1:]}"
    net = report.money(first["net_value_mean"], 2)
    return (
        f"{shares.says}; {per_hundred(asleep)} are asleep.",
        f"Of 100 {stayed['segment']} of a quarter ago, {stayed['stayed_share'] * 100:.0f} still "
        "are.",
        f"A contact is worth most in {first['segment']}, {net} each: {act}.",
    )


def _shares(profiles: pd.DataFrame) -> pd.DataFrame:
    return profiles.set_index("segment").reindex([CHAMPIONS, ASLEEP]).fillna(0.0)
