"""Rules and offers in words: product ids and numbers -> names and sentences for a reader."""

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from crm_helpers.measures.rules.rule_holding import HELD, NOT_HELD, TOO_FEW, WEAKER
from crm_helpers.models.rules.rulebook import NEW, Rulebook
from crm_helpers.page.numerals import counted, day, number, per_hundred, percent
from crm_helpers.page.words import Html, bullets, note, table
from crm_helpers.tables.checked import CheckedTables

MOST_LETTERS = 34
VERDICTS = {
    HELD: "held",
    WEAKER: "held, but weaker",
    NOT_HELD: "did not hold",
    TOO_FEW: "too few to tell",
    NEW: "new",
}


def product_names(tables: CheckedTables) -> pd.Series:
    """Names of products by id; empty where the source has no names, and ids then stand for them."""
    products = tables.get("products")
    if products is None or "name" not in products.columns:
        return pd.Series(dtype=object)
    known = products.select("product_id", "name").to_pandas().dropna()
    return known.drop_duplicates("product_id").set_index("product_id")["name"]


def named_rules(rules: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Rules with both sides and the verdict in words.

    Parameters
    ----------
    rules : DataFrame, one row per rule
        antecedent_ids, consequent_id, and where they were checked verdict.
    names : Series of str, indexed by product_id

    Returns
    -------
    DataFrame, rules and
        antecedent_name, consequent_name : str, cut to what fits a line
        rule_name : str, both sides with an arrow
        verdict_name : str, where there is a verdict
    """
    left = [" + ".join(_name(item, names) for item in side) for side in rules["antecedent_ids"]]
    right = [_name(product, names) for product in rules["consequent_id"]]
    arrows = [f"{a} → {c}" for a, c in zip(left, right, strict=True)]
    words = {"antecedent_name": left, "consequent_name": right, "rule_name": arrows}
    named = rules.assign(**{n: pd.Series(w, rules.index, "str") for n, w in words.items()})
    if "verdict" in rules:
        named["verdict_name"] = rules["verdict"].map(VERDICTS)
    return named


def _name(product: str, names: pd.Series) -> str:
    name = str(names.get(product, product)).strip() or str(product)
    return name if len(name) <= MOST_LETTERS else name[: MOST_LETTERS - 1].rstrip() + "…"


def with_checks(rules: pd.DataFrame, checks: list[pd.DataFrame]) -> pd.DataFrame:
    """Rules with what the checks on seasons and promotions found, and a remark in words.

    Parameters
    ----------
    rules : DataFrame, one row per rule
    checks : list of DataFrame, indexed by rule_id
        A check that could not be made has no rows.

    Returns
    -------
    DataFrame, rules, the columns of the checks, and
        remark : str, what to beware of; empty where nothing was found
        lift_within_quarters, lift_without_promotion : float, NaN where not checked
    """
    joined = rules
    for check in checks:
        if len(check):
            joined = joined.join(check, on="rule_id")
    for lift in ("lift_within_quarters", "lift_without_promotion"):
        if lift not in joined:
            joined = joined.assign(**{lift: float("nan")})
    return joined.assign(remark=pd.Series(_remarks(joined), joined.index, "str"))


def _remarks(rules: pd.DataFrame) -> list[str]:
    return [
        "; ".join(part for part in (_season(rule), _promotion(rule)) if part)
        for rule in rules.to_dict("records")
    ]


def _season(rule: dict) -> str:
    if rule.get("is_seasonal") is not True:
        return ""
    return f"{per_hundred(rule['peak_share'])} of its baskets in {rule['peak_quarter']}"


def _promotion(rule: dict) -> str:
    return "vanishes without promotions" if rule.get("is_promotion_driven") is True else ""


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


def table_or_note(
    frame: pd.DataFrame, columns: Mapping[str, Any], *, otherwise: str, most: int = 10
) -> Html:
    """Table of the first rows with what it leaves out, or a sentence where there is none."""
    if frame.empty:
        return note(otherwise)
    caption = f"The {most} strongest of {number(len(frame))}." if len(frame) > most else ""
    return table(frame.head(most), columns, caption=caption)


def held_sentence(book: Rulebook) -> str:
    """How many earlier rules held in baskets in which they were not found."""
    where = "later baskets" if book.is_dated else "baskets set aside at random"
    return f"{number(book.held)} of {counted(len(book.checked), 'rule')} held in {where}"


def chart_title(shown: pd.DataFrame) -> str:
    """Finding of the chart of rules."""
    if shown.empty:
        return "No earlier rule was there to be checked"
    failed = int((shown["verdict"] == NOT_HELD).sum())
    if not failed:
        return f"The strongest {counted(len(shown), 'rule')} were there again later"
    return f"{number(len(shown) - failed)} of {counted(len(shown), 'rule')} shown held later"


def chart_subtitle(book: Rulebook, as_of: dt.date, later_days: int) -> str:
    """Measure, population and period of the chart of rules."""
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


def standing(rules: pd.DataFrame) -> str:
    """Sentence on rules that a season or promotions may have made."""
    parts = []
    if "is_seasonal" in rules:
        seasonal = int(rules["is_seasonal"].sum())
        verb = "is" if seasonal == 1 else "are"
        parts.append(f"{number(seasonal)} {verb} mostly seen in one quarter")
    if "is_promotion_driven" in rules:
        driven = int(rules["is_promotion_driven"].sum())
        verb = "vanishes" if driven == 1 else "vanish"
        parts.append(f"{number(driven)} {verb} without what was sold on promotion")
    if not parts:
        return "This source has neither dates nor promotions, so neither could be checked"
    return f"Of {counted(len(rules), 'rule')}, {' and '.join(parts)}"


def summary_sentence(pairs: pd.DataFrame) -> str:
    """First sentence of the report: the strongest bond, in counts of 100."""
    best = pairs.iloc[0]
    return (
        f"{best['rule_name']} is the strongest of {counted(len(pairs), 'bond')}: "
        f"{strength(best)}, {times(best['rule_lift'])} times as often as by chance."
    )


def limits(book: Rulebook, false_share: float) -> Html:
    """What the rules cannot say, as a list of sentences."""
    return bullets(
        [
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
    )


MEANINGS = {
    "support": ("Support", "share of all baskets with both sides"),
    "confidence": ("Confidence", "share of the baskets with the first side that hold the second"),
    "base_support": ("Base share", "share of all baskets with the second side"),
    "rule_lift": ("Lift", "confidence / base share; 1 means that neither draws the other"),
    "leverage": ("Leverage", "support less what chance would give, as share of all baskets"),
    "conviction": ("Conviction", "how much rarer the first side is without the second than chance"),
    "zhang": ("Zhang's metric", "bond from -1 (shun each other) over 0 (none) to 1 (inseparable)"),
    "q_value": ("False share", "highest share of chance finds among rules at least this sure"),
}


MEASURE_COLUMNS = {"measure": "Measure", "value": "Strongest bond", "meaning": "Meaning"}


def measures_explained(rule: pd.Series) -> pd.DataFrame:
    """Every measure of a rule with its value and what it means.

    Parameters
    ----------
    rule : Series
        Measures as from `measures.rules.association.association_measures`, q_value.

    Returns
    -------
    DataFrame, one row per measure
        measure, value, meaning : str
    """
    rows = [
        (title, _measure(rule[name], is_share=name in SHARES), meaning)
        for name, (title, meaning) in MEANINGS.items()
    ]
    return pd.DataFrame(rows, columns=["measure", "value", "meaning"])


SHARES = {"support", "confidence", "base_support", "leverage"}


def _measure(value: float, *, is_share: bool) -> str:
    if math.isinf(value):
        return "always"
    if is_share:
        return percent(value)
    return "below 0.01" if 0 <= value < 0.005 else number(value, 2)
