"""Page of the cross-sell report: what to do, how far to trust it, cards, three sentences."""

import math
from typing import Any

import pandas as pd

from crm_helpers.measures.rules.rule_holding import HELD
from crm_helpers.models.rules.rulebook import Rulebook
from crm_helpers.page.numerals import counted, number, per_hundred, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import Html, bullets, paragraph, table
from crm_helpers.questions.cross_sell.holding import held_sentence, how_checked
from crm_helpers.questions.cross_sell.offers import WORTH_NOT_KNOWN
from crm_helpers.questions.cross_sell.phrases import MEASURES, strength, times
from crm_helpers.questions.cross_sell.rules import how_mined

CARDS = {"baskets": "Baskets", "pairs_kept": "Groups of products"}
COLUMNS = {"measure": "Measure", "value": "Strongest bond", "meaning": "Meaning"}
SHARES = {"support", "confidence", "base_support", "leverage"}
MOST_TOGETHER = 3


def what_to_do(bonds: pd.DataFrame, listed: pd.DataFrame, chosen: Section) -> Section:
    """What to put together, and whom to make an offer.

    Parameters
    ----------
    bonds : DataFrame, one row per set of products
    listed : DataFrame, one row per customer
        Candidates of the list.
    chosen : Section
        What ``report.act`` says of the list.

    Returns
    -------
    Section
        data : the list as it was written, one row per customer; findings : customers_with_offer
    """
    act = Section.of(_to_put_together(bonds), chosen)
    return act.finds("customers_with_offer", len(listed), "customers")


def _to_put_together(bonds: pd.DataFrame) -> Html:
    """Advice on shelf, page and bundle for the bonds that lasted."""
    lasting = bonds[(bonds["verdict"] == HELD) & (bonds["remark"] == "")].head(MOST_TOGETHER)
    if lasting.empty:
        return paragraph("No bond lasted without a season or a promotion: put nothing together.")
    named = "; ".join(
        f"{rule['rule_name']} ({number(rule['extra_baskets'])} baskets more than by chance)"
        for rule in lasting.to_dict("records")
    )
    return paragraph(f"Put together on the shelf, the page or in a bundle: {named}.")


def measures(bonds: pd.DataFrame) -> Section:
    """Every measure of the strongest bond with its value and what it means.

    Parameters
    ----------
    bonds : DataFrame, one row per set of products
        Measures as from `measures.rules.association.association_measures`, q_value.

    Returns
    -------
    Section
        data : one row per measure, columns measure, value (text), meaning
    """
    best = bonds.iloc[0]
    rows = [
        (title, _measure(best[name], is_share=name in SHARES), meaning)
        for name, (title, meaning) in MEASURES.items()
    ]
    return Section.of(table(pd.DataFrame(rows, columns=list(COLUMNS)), COLUMNS))


def _measure(value: float, *, is_share: bool) -> str:
    if math.isinf(value):
        return "always"
    if is_share:
        return percent(value)
    return "below 0.01" if 0 <= value < 0.005 else number(value, 2)


def limits(book: Rulebook, *, false_share: float) -> Section:
    """What the rules cannot say.

    Parameters
    ----------
    book : Rulebook
    false_share : float
        Share of the rules kept that may be chance.

    Returns
    -------
    Section
        Words alone.
    """
    sentences = [
        how_mined(book),
        "A rule counts as redundant when a part of its first side alone, or nothing at all, "
        "leads to the second side at least as often (minimum improvement, Bayardo 2000).",
        f"At most {per_hundred(false_share)} of the rules kept should be chance: each is "
        "tested against every simpler rule (Fisher's exact test), and the comparisons are "
        "counted over all rules that the frequent products allow (Benjamini-Hochberg by "
        "length of rule, after Webb 2007).",
        how_checked(book),
        "The rules come from all baskets; each carries the verdict of the same rule found in "
        "the earlier ones. A new rule was not seen there and is offered to nobody.",
    ]
    return Section.of(bullets(sentences))


def figures(report: Report, book: Rulebook) -> None:
    """Cards of the summary.

    Parameters
    ----------
    report : Report
        Whose findings are kept.
    book : Rulebook
    """
    report.key_figures(CARDS)
    of_checked = f"of {number(len(book.checked))}"
    report.card("Rules that held", number(book.held), of_checked, name="rules_held_later")


def three_sentences(
    report: Report,
    book: Rulebook,
    bonds: pd.DataFrame,
    test: pd.DataFrame,
    margins: pd.Series,
) -> tuple[str, str, str]:
    """The strongest bond, whether rules last, what the list should bring.

    Parameters
    ----------
    report : Report
        Whose list is made.
    book : Rulebook
    bonds : DataFrame, one row per set of products
    test : DataFrame, one row per way
        From `offer_choice.offer_test`.
    margins : Series of float, indexed by product_id
        Margin of one order, empty where neither cost nor price is known.

    Returns
    -------
    three sentences
    """
    return (
        _strongest(bonds),
        f"{held_sentence(book)}: what fails there is marked.",
        _list(report, test, margins),
    )


def _strongest(bonds: pd.DataFrame) -> str:
    best = bonds.iloc[0]
    return (
        f"{best['rule_name']} is the strongest of {counted(len(bonds), 'bond')}: "
        f"{strength(best)}, {times(best['rule_lift'])} times as often as by chance."
    )


def _list(report: Report, test: pd.DataFrame, margins: pd.Series) -> str:
    """What the list should bring and what that rests on, or why there is none."""
    decision = report.decision
    if not test["customers"].max():
        return "The source does not say who bought what when, so nobody can be offered anything."
    if margins.isna().all():
        return f"{WORTH_NOT_KNOWN}."
    if not decision["to_contact"]:
        return "No offer to a single customer is expected to bring more than it costs."
    gain = report.money(decision["expected_net_value"])
    return (
        f"Offers to {counted(decision['to_contact'], 'customer')} would bring {gain} net, if an "
        f"offer raises the chance to buy by {_rise(report.findings.get('offer_effect'))}."
    )


def _rise(effect: dict[str, Any] | None) -> str:
    """Rise of the chance to buy in words: assumed, or measured in campaigns."""
    if effect is None:
        return "as much as assumed"
    if "low" not in effect:
        return f"{percent(effect['value'])}, which is an assumption"
    return f"{percent(effect['value'])}, as past campaigns raised responses"
