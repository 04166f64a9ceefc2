"""Rules of all baskets -> the strongest bond, a table of bonds, how they were mined."""

import pandas as pd

from crm_helpers.models.rules.rulebook import Rulebook
from crm_helpers.page.numerals import counted, number, per_hundred
from crm_helpers.page.section import Section
from crm_helpers.page.words import answer, note
from crm_helpers.questions.cross_sell.phrases import of_hundred, strength, strongest_rows, times

BONDS = {
    "antecedent_name": "If a basket holds",
    "consequent_name": "it also holds",
    "confidence": ("of 100 such baskets", of_hundred),
    "base_support": ("of 100 in all", of_hundred),
    "rule_lift": ("times as often", times),
    "extra_baskets": ("baskets more than by chance", number),
    "verdict_name": "in later baskets",
}


def strongest(book: Rulebook, bonds: pd.DataFrame) -> Section:
    """The bond with most baskets beyond chance, and how many rules and bonds there are.

    Parameters
    ----------
    book : Rulebook
    bonds : DataFrame, one row per set of products
        From `association_rules.one_direction`, with rule_name.

    Returns
    -------
    Section
        Words alone; findings : baskets, rules_found, rules_kept, pairs_kept
    """
    best = bonds.iloc[0]
    said = Section.of(answer(f"{best['rule_name']}: {strength(best)}"))
    said = said.finds("baskets", book.baskets, "baskets")
    said = said.finds("rules_found", book.found, "rules", n=book.baskets)
    said = said.finds("rules_kept", len(book.rules), "rules", n=book.found)
    return said.finds("pairs_kept", len(bonds), "groups of products")


def strongest_bonds(bonds: pd.DataFrame) -> Section:
    """Bonds with most baskets beyond chance.

    Parameters
    ----------
    bonds : DataFrame, one row per set of products

    Returns
    -------
    Section
        data : at most 10 bonds, columns antecedent_name, consequent_name, confidence,
        base_support, rule_lift, extra_baskets, verdict_name and the others of bonds
    """
    return Section.of(strongest_rows(bonds, BONDS, otherwise="No rule was kept."))


def mined(book: Rulebook) -> Section:
    """Where the minimum support comes from, and what was taken out.

    Returns
    -------
    Section
        Words alone.
    """
    return Section.of(note(how_mined(book)))


def how_mined(book: Rulebook) -> str:
    """Sentence on where the minimum support comes from and what was taken out."""
    least = max(1, round(book.min_support * book.baskets))
    return (
        f"Products count as a pair from {counted(least, 'common basket')} on, "
        f"{per_hundred(book.min_support)}. Of {counted(book.found, 'rule')} found, "
        f"{number(book.redundant)} say no more than a simpler one and {number(book.uncertain)} "
        f"may be chance; {number(len(book.rules))} are kept. What stands in the same basket is no "
        "proof that one product sells the other."
    )
