"""Codes and numbers of rules and offers -> the words that a reader sees for them."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from crm_helpers.measures.rules.rule_holding import HELD, NOT_HELD, TOO_FEW, WEAKER
from crm_helpers.models.rules.offer_choice import BEST_SELLERS, BOTH, RULES
from crm_helpers.models.rules.rulebook import NEW
from crm_helpers.page.numerals import number
from crm_helpers.page.words import Html, note, table

VERDICTS = {
    HELD: "held",
    WEAKER: "held, but weaker",
    NOT_HELD: "did not hold",
    TOO_FEW: "too few to tell",
    NEW: "new",
}
WAYS = {
    RULES: "The strongest rule that fits the customer",
    BEST_SELLERS: "The best-seller the customer has not bought",
    BOTH: "Whichever of both is worth more",
}
MEASURES = {
    "support": ("Support", "share of all baskets with both sides"),
    "confidence": ("Confidence", "share of the baskets with the first side that hold the second"),
    "base_support": ("Base share", "share of all baskets with the second side"),
    "rule_lift": ("Lift", "confidence / base share; 1 means that neither draws the other"),
    "leverage": ("Leverage", "support less what chance would give, as share of all baskets"),
    "conviction": ("Conviction", "how much rarer the first side is without the second than chance"),
    "zhang": ("Zhang's metric", "bond from -1 (shun each other) over 0 (none) to 1 (inseparable)"),
    "q_value": ("False share", "highest share of chance finds among rules at least this sure"),
}
MOST_ROWS = 10


def of_hundred(share: float) -> str:
    """Share as a count of 100, with as many places as small shares need."""
    return number(100 * share, 0 if share >= 0.1 else 1 if share >= 0.01 else 2)


def times(lift: float) -> str:
    """Lift in a table: one place below ten, none above."""
    return number(lift, 1 if lift < 10 else 0)


def two_places(amount: float) -> str:
    """Amount in a table whose header names the currency."""
    return number(amount, 2)


def strength(rule: pd.Series) -> str:
    """What a rule says, in counts of 100 baskets."""
    return (
        f"{of_hundred(rule['confidence'])} of 100 baskets instead of "
        f"{of_hundred(rule['base_support'])}"
    )


def strongest_rows(frame: pd.DataFrame, columns: Mapping[str, Any], *, otherwise: str) -> Html:
    """Table of the first ten rows with what it leaves out, or a sentence where there is none.

    Parameters
    ----------
    frame : DataFrame
        Strongest first.
    columns : mapping of column to header
        As `words.table` takes it.
    otherwise : str
        Said where the frame has no rows.
    """
    if frame.empty:
        return note(otherwise)
    left_out = len(frame) > MOST_ROWS
    caption = f"The {MOST_ROWS} strongest of {number(len(frame))}." if left_out else ""
    return table(frame.head(MOST_ROWS), columns, caption=caption)
