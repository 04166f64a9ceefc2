"""Rules that a season or promotions may have made -> remarks, one sentence, one table."""

import pandas as pd

from crm_helpers.models.rules.rulebook import Rulebook, promotion_check, season_check
from crm_helpers.page.numerals import counted, number, per_hundred
from crm_helpers.page.section import Section
from crm_helpers.page.words import answer
from crm_helpers.questions.cross_sell.phrases import strongest_rows, times

MARKS = {
    "rule_name": "Rule",
    "rule_lift": ("times as often", times),
    "lift_within_quarters": ("within quarters", times),
    "lift_without_promotion": ("without promotions", times),
    "remark": "Beware",
}


def checked_rules(lines: pd.DataFrame, book: Rulebook) -> pd.DataFrame:
    """Rules of all baskets with what the checks on seasons and promotions found.

    Parameters
    ----------
    lines : DataFrame, one row per order and product
    book : Rulebook

    Returns
    -------
    DataFrame, one row per rule
        The columns of ``book.rules`` and those of `with_checks`.
    """
    checks = [season_check(lines, book.rules), promotion_check(lines, book.rules)]
    return with_checks(book.rules, checks)


def with_checks(rules: pd.DataFrame, checks: list[pd.DataFrame]) -> pd.DataFrame:
    """Rules with what the checks on seasons and promotions found, and a remark in words.

    Parameters
    ----------
    rules : DataFrame, one row per rule
    checks : list of DataFrame, indexed by rule_id
        A check that could not be made has no rows.

    Returns
    -------
    DataFrame, one row per rule: rules, the columns of the checks, and
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


def standing(kept: pd.DataFrame) -> Section:
    """How many rules a season or promotions may have made.

    Parameters
    ----------
    kept : DataFrame, one row per rule
        From `checked_rules`.

    Returns
    -------
    Section
        Words alone.
    """
    return Section.of(answer(_standing(kept)))


def _standing(rules: pd.DataFrame) -> str:
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


def marked(bonds: pd.DataFrame) -> Section:
    """Bonds with a remark, strongest first.

    Parameters
    ----------
    bonds : DataFrame, one row per set of products
        With the columns of `with_checks` and rule_name.

    Returns
    -------
    Section
        data : at most 10 bonds, columns rule_name, rule_lift, lift_within_quarters,
        lift_without_promotion, remark and the others of bonds; words alone where none is marked.
    """
    beware = bonds[bonds["remark"] != ""]
    return Section.of(strongest_rows(beware, MARKS, otherwise="No rule is marked."))
