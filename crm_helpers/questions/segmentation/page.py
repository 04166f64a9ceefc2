"""What to do with each segment, how far to trust it, and the summary of the page."""

import pandas as pd

from crm_helpers.features.data_span import TwoDays
from crm_helpers.features.totals import sales_totals
from crm_helpers.measures.value.segment_profiles import explained_share
from crm_helpers.models.segments.rfm import ASLEEP, CHAMPIONS
from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.numerals import counted, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, unless_absent
from crm_helpers.page.words import Html, note, paragraph, table
from crm_helpers.tables.needs import Skip

NO_CONTACT = "No contact: it would cost more than it brings"


@unless_absent
def contact_worth(report: Report, by_segment: pd.DataFrame, *, without_chance: int = 0) -> Section:
    """What to do with each segment, and what contacting it should bring.

    Parameters
    ----------
    report : Report
    by_segment : DataFrame, one row per segment
        As `list.value_by_segment` gives it.
    without_chance : int
        Customers whose chance to order is not known.

    Returns
    -------
    Section
        data : one row per segment, columns segment, what, customers, extra_orders,
        net_value_mean (currency per contact), worth_contacting, net_value
    """
    if by_segment.empty:
        raise Skip("No segment whose chance to order is known is large enough to be shown.")
    columns = {
        "segment": "Segment",
        "what": "What to do",
        "net_value_mean": (f"{report.currency} net per contact", _two),
        "worth_contacting": ("Worth a contact", number),
        "net_value": (f"{report.currency} net of those", number),
    }
    limits = "Before the limits of capacity and budget, and before consent."
    pays = by_segment["worth_contacting"] > 0
    shown = table(by_segment.assign(what=by_segment["what"].where(pays, NO_CONTACT)), columns)
    return Section.of(
        Html(shown.html, data=by_segment), note(limits), *_without_chance(without_chance)
    )


def _two(amount: float) -> str:
    return number(amount, 2)


def _without_chance(customers: int) -> list[Html]:
    if not customers:
        return []
    told = (
        f"{counted(customers, 'customer')} in segments that held too few a quarter ago: their "
        "chance to order is not known, so they are in no row and on no list."
    )
    return [note(told)]


def unknown_chances(customers: pd.DataFrame, contacts: pd.DataFrame | Section) -> int:
    """Count of customers who are no candidates because their chance to order is not known."""
    return 0 if is_absent(contacts) else len(customers) - len(contacts)


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


@unless_absent(silent=True)
def foretold(
    ordered: pd.Series, by_rules: pd.Series, by_clusters: pd.Series, days: TwoDays
) -> Section:
    """How much the segments tell about who ordered afterwards.

    Parameters
    ----------
    ordered : Series of bool, one per customer of the earlier day
    by_rules, by_clusters : Series, indexed as ordered
        Segment and group of these customers.
    days : TwoDays

    Returns
    -------
    Section of words alone
    """
    is_shorter = days.observation_days < days.asked_days
    shorter = f", not {number(days.asked_days)}, so that both days see equally much"
    told = (
        "Of the differences in who ordered afterwards, the rules tell "
        f"{percent(explained_share(by_rules, ordered))} and the groups "
        f"{percent(explained_share(by_clusters, ordered))}. Each day looks back "
        f"{number(days.observation_days)} days{shorter if is_shorter else ''}."
    )
    return Section.of(paragraph(told))


def trust(report: Report, left_out: str) -> Section:
    """Who is in no segment.

    Parameters
    ----------
    report : Report
    left_out : str
        Sentence on those who refused, as `consents.refusals` gives it.

    Returns
    -------
    Section of words alone
    """
    totals = report.features(sales_totals).iloc[0]
    told = (
        f"{left_out} Guests bought {percent(totals['guest_sales'] / totals['gross_sales'])} of all "
        "sales and are in no segment."
    )
    return Section.of(paragraph(told))


def findings(profiles: pd.DataFrame, customers: pd.DataFrame) -> dict[str, Finding]:
    """Customers in segments, and the shares of the best and of those asleep, where shown.

    Parameters
    ----------
    profiles : DataFrame, one row per segment shown
        segment, customers_share, revenue_share.
    customers : DataFrame, one row per customer

    Returns
    -------
    dict of name to finding
        customers_grouped, [champions_share], [champions_revenue_share], [asleep_share]
    """
    n, shown = len(customers), profiles.set_index("segment")
    found = [("customers_grouped", n, {"unit": "customers"})]
    if CHAMPIONS in shown.index:
        best = shown.loc[CHAMPIONS]
        found.append(("champions_share", best["customers_share"], {"unit": "share", "n": n}))
        found.append(("champions_revenue_share", best["revenue_share"], {"unit": "share"}))
    if ASLEEP in shown.index:
        asleep = shown.loc[ASLEEP, "customers_share"]
        found.append(("asleep_share", asleep, {"unit": "share", "n": n}))
    return {name: finding(name, value, **beside) for name, value, beside in found}


def figures(report: Report) -> None:
    """Cards of the summary; the findings are kept before."""
    labels = {
        "customers_grouped": "Customers in segments",
        "champions_share": "Share that are Champions",
        "champions_revenue_share": "Revenue they bring",
        "asleep_share": "Share that is asleep",
    }
    report.key_figures({name: told for name, told in labels.items() if name in report.findings})


def three_sentences(
    report: Report,
    shares: Section,
    profiles: pd.DataFrame,
    moved: pd.DataFrame | Section,
    worth: Section,
) -> tuple[str, str, str]:
    """Who brings most, whether they stay, and where a contact is worth most.

    Parameters
    ----------
    report : Report
        Its list is written before, where there is one.
    shares, worth : Section
        As `kinds.shares` and `contact_worth` give them.
    profiles, moved : DataFrame, one row per segment
        As the measures give them; moved may be absent.
    """
    asleep = profiles.loc[profiles["segment"] == ASLEEP, "customers_share"]
    sleepers = f"; {per_hundred(asleep.iloc[0])} are asleep" if len(asleep) else ""
    return (
        f"{shares.says}{sleepers}.",
        _whether_they_stay(moved),
        _where_a_contact_pays(report, worth),
    )


def _whether_they_stay(moved: pd.DataFrame | Section) -> str:
    if is_absent(moved):
        return f"Whether customers stay in their segment is not known yet: {_within(moved.reason)}"
    first = moved.iloc[0]
    stayed = f"{first['stayed_share'] * 100:.0f}"
    return f"Of 100 {first['segment']} of a quarter ago, {stayed} still are."


def _where_a_contact_pays(report: Report, worth: Section) -> str:
    listed = report.decision["to_contact"] if report.decision else 0
    if is_absent(worth) and not listed:
        return f"Where a contact pays is not known yet: {_within(worth.reason)}"
    if is_absent(worth):
        return f"A contact pays for the {counted(listed, 'customer')} of the list."
    if not listed:
        return "No contact should bring more than it costs, in whatever segment."
    first = worth.data.iloc[0]
    if first["net_value_mean"] <= 0:
        return (
            f"A contact pays for {counted(listed, 'customer')} of the list alone, not for a whole "
            "segment."
        )
    act = f"{first['what'][0].lower()}{first['what'][1:]}"
    net = report.money(first["net_value_mean"], 2)
    return f"A contact is worth most in {first['segment']}, {net} each: {act}."


def _within(reason: str) -> str:
    """Reason as it reads behind a colon."""
    return reason[:1].lower() + reason[1:]
