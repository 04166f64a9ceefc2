"""What a lapse costs: orders after an earlier day -> terms that count it, told in a section."""

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd

from crm_helpers.features import windows
from crm_helpers.features.customer_value import customer_value
from crm_helpers.features.first_day import first_order_day
from crm_helpers.features.outcomes import lapse_labels
from crm_helpers.features.predictors import customer_predictors
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.measures.value.lapse_loss import FEWEST, LapseLoss, lapse_loss
from crm_helpers.measures.value.lapse_share import LapseShare, lapse_share
from crm_helpers.measures.value.profit_basis import MARGIN, profit_basis
from crm_helpers.page.needs import has_columns
from crm_helpers.page.numerals import counted, day, interval, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent
from crm_helpers.page.words import answer, note, table
from crm_helpers.questions.churn.terms import Terms
from crm_helpers.questions.consents import consents, who_may_be_grouped
from crm_helpers.tables.needs import Skip

WORDS = ("the lowest fifth", "the second fifth", "the middle fifth", "the fourth fifth")
TOP = "the highest fifth"


@dataclass(frozen=True, eq=False)
class LapseFollowUp:
    """What customers of an earlier day brought later, by whether they had lapsed.

    Attributes
    ----------
    origin : date
        The earlier day.
    days : int
        Days for which they were followed after the outcome window that says who lapsed.
    loss : LapseLoss
        Absent, with the reason, with too few of either kind.
    share : LapseShare
        What a lapse cost those who lapsed, with the interval of a claim.
    """

    origin: dt.date
    days: int
    loss: LapseLoss
    share: LapseShare


def with_lapses_valued(report: Report, terms: Terms, *, outcome_days: int) -> Terms:
    """Terms that count what a lapse costs as it was seen on customers of an earlier day.

    The earlier day lies one outcome window and as many months back as margin is counted ahead,
    so that all of them were seen; less where the data do not reach so far. What was missed in the
    outcome window itself is left out: that who stays ordered then is no finding but the meaning
    of the word, and would make a lapse dearer than the customer.

    Parameters
    ----------
    report : Report
    terms : Terms
    outcome_days : int

    Returns
    -------
    Terms
        The same where the source has no dated orders with prices.
    """
    if not has_columns(report.tables, "transactions", "customer_id", "ordered_at", "unit_price"):
        return terms
    values = report.features(customer_value, observation_days=terms.observation_days)
    try:
        known = profit_basis(values).basis == MARGIN
    except Skip:
        return terms
    terms = replace(terms, is_cost_known=known)
    days = days_followed(report, terms, outcome_days=outcome_days)
    if days < outcome_days:
        return terms
    rows = followed(report, terms, days=days, outcome_days=outcome_days)
    lapsed = int(rows["lapsed"].sum())
    if min(lapsed, len(rows) - lapsed) < FEWEST or rows["pace"].sum() <= 0:
        return terms
    origin = windows.days_earlier(report.as_of, days + outcome_days)
    seen = LapseFollowUp(
        origin, days, lapse_loss(rows), lapse_share(rows, interval_level=CLAIM_LEVEL)
    )
    return replace(terms, seen=seen)


def days_followed(report: Report, terms: Terms, *, outcome_days: int) -> int:
    """Days after the outcome window that customers can be followed; the horizon at most.

    Four weeks of orders must lie before the earlier day.

    Parameters
    ----------
    report : Report
    terms : Terms
    outcome_days : int

    Returns
    -------
    int
    """
    first = pd.Timestamp(report.features(first_order_day)["first_day"][0]).date()
    reach = (report.as_of - first).days + 1 - windows.MIN_OBSERVATION_DAYS
    return min(terms.horizon_days, reach - outcome_days)


def followed(report: Report, terms: Terms, *, days: int, outcome_days: int) -> pd.DataFrame:
    """Customers active on the earlier day, whether they lapsed, and what they brought later.

    Parameters
    ----------
    report : Report
    terms : Terms
    days : int
        From the end of the outcome window to as_of.
    outcome_days : int

    Returns
    -------
    DataFrame, one row per customer
        customer_id : str; pace, later : float, in currency; recency_days : int; lapsed : bool
    """
    window = {
        "as_of": windows.days_earlier(report.as_of, days + outcome_days),
        "observation_days": terms.observation_days,
    }
    rows = report.features(customer_predictors, coming_days=outcome_days, **window)
    labels = report.features(lapse_labels, outcome_days=outcome_days, **window)
    rows = who_may_be_grouped(rows.merge(labels, on="customer_id"), consents(report))
    came = report.features(customer_value, observation_days=days).set_index("customer_id")
    brought = came["margin_sum" if terms.is_cost_known else "net_revenue_sum"].astype(float)
    later = rows["customer_id"].map(brought).fillna(0.0)
    return pd.DataFrame(
        {
            "customer_id": rows["customer_id"],
            "pace": terms.margin_ahead(rows),
            "recency_days": rows["recency_days"],
            "lapsed": rows["lapsed"].astype(bool),
            "later": later * (1.0 if terms.is_cost_known else terms.margin_share),
        }
    )


def cost_of_a_lapse(
    report: Report, lapses: object, terms: Terms, loss: Section, *, outcome_days: int
) -> Section:
    """What customers brought after a lapse, beside those without one, and what it rests on.

    Parameters
    ----------
    report : Report
    lapses : Study
        Nothing is shown where there is none, or where it finds nothing.
    terms : Terms
        As given by `with_lapses_valued`.
    loss : Section
        As given by `lapse.loss`; its words come last.
    outcome_days : int

    Returns
    -------
    Section
        data : one row per fifth of the pace, columns pace_group, customers, lapsed_customers,
        pace_mean, stayed_mean, lapsed_mean
        findings : lapse_lost_share
        Words alone where the data do not reach so far.
    """
    if is_absent(lapses) or not lapses.finds_something:
        return Section.absent("The data do not tell who will leave.", silent=True)
    if terms.asks_for_prices(lapses.scored):
        return loss
    if terms.seen is None:
        return Section.of(note(NOT_SEEN), *loss.parts)
    seen, days = terms.seen.loss, number(terms.seen.days)
    rows = seen.by_value.assign(pace_group=_words(seen.by_value["pace_group"]))
    share = terms.seen.share
    said = _cost_words(report, terms.seen)
    rests = note(rests_on(terms, outcome_days=outcome_days))
    columns = {
        "pace_group": "Margin at the pace of the past",
        "customers": ("Customers", number),
        "lapsed_customers": (f"No order in {number(outcome_days)} days", number),
        "pace_mean": (f"{report.currency} each, at the pace of the past", number),
        "stayed_mean": (f"{report.currency} in {days} days, no lapse", number),
        "lapsed_mean": (f"{report.currency} in {days} days, lapse", number),
    }
    found = Section.of(answer(said), table(rows, columns), rests, *loss.parts)
    ends = {"low": share.low, "high": share.high, "level": CLAIM_LEVEL}
    return found.finds("lapse_lost_share", share.share, "share", **ends)


def _cost_words(report: Report, seen: LapseFollowUp) -> str:
    """What a lapse cost, where it did beyond chance."""
    less, low, high = (end * seen.share.mean_pace for end in seen.share[:3])
    after = f"in the {number(seen.days)} days that followed"
    if low <= 0:
        return (
            "That a lapse costs anything is not shown: customers who lapsed brought at most "
            f"{report.money(max(high, 0.0))} each less {after} than the like of them"
        )
    return (
        f"Customers who lapsed brought {report.money(less)} each less {after} than the like of "
        f"them who did not ({interval(low, high, form=report.money)})"
    )


NOT_SEEN = (
    "No earlier day lies far enough back to see what customers bring after a lapse. Assumed: "
    "they bring nothing more, so that money at stake is at most as stated."
)


def rests_on(terms: Terms, *, outcome_days: int) -> str:
    """On which customers, followed for how long, the cost of a lapse rests.

    Parameters
    ----------
    terms : Terms
    outcome_days : int

    Returns
    -------
    str
    """
    if terms.seen is None:
        return NOT_SEEN
    seen = terms.seen
    total, gone = seen.loss.by_value[["customers", "lapsed_customers"]].sum()
    said = (
        f"Seen on {counted(total, 'customer')} active on {day(seen.origin)}, of whom "
        f"{number(gone)} did not order in the {number(outcome_days)} days after: what they "
        f"brought in the {number(seen.days)} days that followed, among customers of like pace and "
        f"like silence; the interval is of {percent(CLAIM_LEVEL, 1)}, customers drawn anew. Money "
        "of later months counts in full, without a discount. That those kept by a contact will "
        "bring as much as those who stay by themselves is "
        "assumed."
    )
    if seen.days >= terms.horizon_days:
        return said
    return f"{said} The data follow nobody for longer, so what comes later is not counted."


def _words(groups: pd.Series) -> pd.Series:
    if len(groups) != len(WORDS) + 1:
        return (groups + 1).map(lambda place: f"group {place}, the lowest first")
    return pd.Series([*WORDS, TOP], index=groups.index)
