"""Earlier rules in later baskets -> how many held, a chart of both shares, how it was checked."""

import datetime as dt

import pandas as pd

from crm_helpers.charts.rules import rule_dots
from crm_helpers.measures.rules.rule_holding import NOT_HELD
from crm_helpers.models.rules.association_rules import leading_rules
from crm_helpers.models.rules.rulebook import Rulebook
from crm_helpers.page.numerals import counted, day, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import answer, note
from crm_helpers.questions.cross_sell.names import named_rules


def held(book: Rulebook) -> Section:
    """How many earlier rules held in baskets in which they were not found.

    Returns
    -------
    Section
        Words alone; findings : rules_checked, rules_held_later
    """
    checked = len(book.checked)
    said = Section.of(answer(held_sentence(book)))
    said = said.finds("rules_checked", checked, "rules", n=book.later_baskets)
    return said.finds("rules_held_later", book.held, "rules", n=checked)


def held_sentence(book: Rulebook) -> str:
    """Sentence on how many earlier rules held in baskets in which they were not found."""
    where = "later baskets" if book.is_dated else "baskets set aside at random"
    return f"{number(book.held)} of {counted(len(book.checked), 'rule')} held in {where}"


def then_and_later(
    report: Report, book: Rulebook, products: pd.Series, *, later_days: int
) -> Section:
    """Share of the strongest earlier rules when they were found, later, and in all baskets.

    Parameters
    ----------
    report : Report
    book : Rulebook
    products : Series of str, indexed by product_id
        Names; ids stand for those it lacks.
    later_days : int
        Length of the later part of the window, in days.

    Returns
    -------
    Section
        data : at most 10 earlier rules, columns rule_name, confidence, later_confidence,
        later_confidence_low, later_confidence_high, later_base_support, verdict and the others
        of ``book.checked``
    """
    shown = named_rules(leading_rules(book.checked), products)
    chart = rule_dots(
        shown,
        title=chart_title(shown),
        subtitle=_subtitle(book, report.as_of, later_days),
        alt=chart_alt(shown),
        source=f"{report.source.title}, {number(book.baskets)} baskets",
    )
    return Section.of(chart)


def chart_title(shown: pd.DataFrame) -> str:
    """Finding of the chart of rules."""
    if shown.empty:
        return "No earlier rule was there to be checked"
    failed = int((shown["verdict"] == NOT_HELD).sum())
    if not failed:
        return f"The strongest {counted(len(shown), 'rule')} were there again later"
    return f"{number(len(shown) - failed)} of {counted(len(shown), 'rule')} shown held later"


def _subtitle(book: Rulebook, as_of: dt.date, later_days: int) -> str:
    which = (
        f"the last {number(later_days)} days until {day(as_of)}"
        if book.is_dated
        else "a third drawn at random"
    )
    return (
        "Share of the baskets with the first side that hold the second, %, with 95 % interval; "
        f"later: {counted(book.later_baskets, 'basket')}, {which}"
    )


def chart_alt(shown: pd.DataFrame) -> str:
    """Words for who cannot see the chart of rules."""
    if shown.empty:
        return "Empty dot plot: no rule was found in the earlier baskets, 0 of 0."
    first = shown.iloc[0]
    return (
        f"Dot plot of {counted(len(shown), 'rule')}: share of baskets when found, later and in all "
        f"baskets. {first['rule_name']}: {percent(first['confidence'])} when found, "
        f"{percent(first['later_confidence'])} later."
    )


def checked(book: Rulebook) -> Section:
    """How rules were checked, in time or not.

    Returns
    -------
    Section
        Words alone.
    """
    return Section.of(note(how_checked(book)))


def how_checked(book: Rulebook) -> str:
    """Sentence on how rules were checked, in time or not."""
    later = counted(book.later_baskets, "basket")
    if book.is_dated:
        return (
            f"Rules of the earlier baskets alone were looked up in {later} that came later. A rule "
            "of another season has no chance to hold there."
        )
    return (
        f"This source has no dates: rules of two thirds of the baskets were looked up in {later} "
        "drawn at random. Whether they last could not be tested in time."
    )
