"""Rulebook: basket lines -> rules of all baskets, and how those of earlier ones held later."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.measures.rules.rule_holding import HELD, lift_interval, rule_holding
from crm_helpers.measures.rules.rule_seasons import rule_seasons
from crm_helpers.models.rules.association_rules import (
    SIDES,
    find_rules,
    redundant_rules,
    rule_counts,
    rule_q_values,
)
from crm_helpers.models.rules.itemsets import (
    Baskets,
    basket_matrix,
    chosen_support,
    frequent_itemsets,
    least_count,
)
from crm_helpers.tables.needs import Skip

NEW = "new"
LATER_SHARE = 1 / 3


@dataclass(frozen=True)
class RuleSettings:
    """What counts as a rule. A min_support of 0 has it chosen (see `chosen_support`)."""

    min_support: float = 0.0
    min_confidence: float = 0.1
    max_items: int = 3
    min_joint_baskets: int = 30
    false_share: float = 0.05
    seed: int = 0


@dataclass(frozen=True, repr=False)
class Rulebook:
    """Rules of all baskets with their verdict, and the earlier rules that were checked.

    Attributes
    ----------
    baskets : int
        All baskets, those with one product included.
    later_baskets : int
        Baskets in which the earlier rules were checked.
    products : int
    is_dated : bool
        True when the check came later in time; False when it was on a random third.
    min_support : float
    found : int
        Rules before redundant ones and those that may be chance are taken out.
    redundant, uncertain : int
        Rules taken out because a simpler one says as much, or because they may be chance.
    rules : DataFrame, one row per rule that is kept
        rule_id, antecedent_ids, consequent_id, counts, measures, q_value, verdict and
        the later_ columns of the same rule where it was known earlier.
    checked : DataFrame, one row per earlier rule
        The same, found in the earlier baskets alone.
    """

    baskets: int
    later_baskets: int
    products: int
    is_dated: bool
    min_support: float
    found: int
    redundant: int
    uncertain: int
    rules: pd.DataFrame
    checked: pd.DataFrame

    @property
    def held(self) -> int:
        """Count of earlier rules that held in the later baskets."""
        return int((self.checked["verdict"] == HELD).sum())

    def __repr__(self) -> str:
        """Rules, baskets and what became of the earlier rules, in one line."""
        return (
            f"Rulebook: {len(self.rules):,} of {self.found:,} rules kept, {self.baskets:,} baskets "
            f"of {self.products:,} products; {self.held:,} of {len(self.checked):,} earlier rules "
            "held"
        )


def rulebook(lines: pd.DataFrame, settings: RuleSettings) -> Rulebook:
    """Rules of all baskets, each with what became of it in baskets it was not found in.

    The rules themselves come from all baskets. To see whether such rules last,
    the same search is run on the earlier baskets alone, and what it finds is
    looked up in the later ones; a rule of all baskets carries the verdict of
    its earlier twin, or "new" where the earlier baskets did not show it. Where
    lines have no dates, a random third of the baskets stands for the later ones.

    Parameters
    ----------
    lines : DataFrame, one row per order and product
        order_id, product_id, and is_later where the source has dates.
    settings : RuleSettings

    Returns
    -------
    Rulebook

    Raises
    ------
    Skip
        If no rule is kept.
    """
    baskets = basket_matrix(lines)
    is_later = _later_part(lines, baskets, settings.seed)
    every = _search(baskets, settings)
    _check_any(every, baskets, settings)
    earlier = _search(baskets.rows(~is_later), settings)
    later = baskets.rows(is_later)
    checked = _with_verdict(earlier.kept, later, settings)
    verdicts = checked[[*SIDES, *(c for c in checked if c.startswith("later_")), "verdict"]]
    rules = every.kept.merge(verdicts, on=SIDES, how="left")
    rules["verdict"] = rules["verdict"].fillna(NEW)
    return Rulebook(
        baskets=len(baskets),
        later_baskets=len(later),
        products=len(baskets.products),
        is_dated="is_later" in lines,
        min_support=every.min_support,
        found=every.found,
        redundant=every.redundant,
        uncertain=every.uncertain,
        rules=_with_ids(rules, baskets),
        checked=_with_ids(checked, baskets),
    )


@dataclass(frozen=True)
class _Search:
    min_support: float
    found: int
    redundant: int
    uncertain: int
    kept: pd.DataFrame


def _search(baskets: Baskets, settings: RuleSettings) -> _Search:
    support = settings.min_support or chosen_support(
        baskets, min_joint_baskets=settings.min_joint_baskets
    )
    itemsets = frequent_itemsets(
        baskets, min_support=support, max_items=settings.max_items, seed=settings.seed
    )
    rules = find_rules(itemsets, basket_count=len(baskets), min_confidence=settings.min_confidence)
    products = int((itemsets["joint_count"][itemsets["items_count"] == 1]).count())
    rules["q_value"] = rule_q_values(rules, itemsets, product_count=products)
    is_redundant = redundant_rules(rules, itemsets)
    is_uncertain = ~is_redundant & (rules["q_value"] > settings.false_share)
    kept = rules[~is_redundant & ~is_uncertain].reset_index(drop=True)
    return _Search(support, len(rules), int(is_redundant.sum()), int(is_uncertain.sum()), kept)


def _check_any(every: _Search, baskets: Baskets, settings: RuleSettings) -> None:
    if every.kept.empty:
        raise Skip(
            f"Among {len(baskets):,} baskets no two products stand together in "
            f"{least_count(baskets, every.min_support):,} or more, more often than by chance and "
            f"in {settings.min_confidence:.0%} of the baskets of one of them. Add baskets (a "
            "longer observation_days), lower min_joint_baskets or min_confidence, or set level to "
            "something that products have in common (level: category)."
        )


def _later_part(lines: pd.DataFrame, baskets: Baskets, seed: int) -> np.ndarray:
    if "is_later" in lines:
        flags = lines.drop_duplicates("order_id").set_index("order_id")["is_later"]
        return flags.reindex(baskets.orders).to_numpy(dtype=bool)
    return np.random.default_rng(seed).random(len(baskets)) < LATER_SHARE


def _with_verdict(rules: pd.DataFrame, later: Baskets, settings: RuleSettings) -> pd.DataFrame:
    counts = rule_counts(later, rules).assign(confidence=rules["confidence"])
    return rules.join(rule_holding(counts, min_confidence=settings.min_confidence))


def _with_ids(rules: pd.DataFrame, baskets: Baskets) -> pd.DataFrame:
    names = baskets.products.to_numpy(dtype=object)
    table = rules.drop(columns=SIDES)
    table.insert(0, "consequent_id", [names[right] for right in rules["consequent"]])
    table.insert(0, "antecedent_ids", [tuple(names[list(a)]) for a in rules["antecedent"]])
    table.insert(0, "rule_id", range(1, len(rules) + 1))
    return table


def season_check(lines: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """Lift of each rule within the quarters of the window, and its peak.

    Parameters
    ----------
    lines : DataFrame, one row per order and product
        order_id, product_id, quarter.
    rules : DataFrame, one row per rule
        rule_id, antecedent_ids, consequent_id.

    Returns
    -------
    DataFrame, one row per rule, indexed by rule_id
        As from `measures.rules.rule_seasons.rule_seasons`; no row without quarters.
    """
    if "quarter" not in lines or rules.empty:
        return pd.DataFrame()
    parts = [
        _counted(part, rules).assign(quarter=quarter)
        for quarter, part in lines.groupby("quarter", sort=True)
    ]
    return rule_seasons(pd.concat(parts, ignore_index=True))


def promotion_check(lines: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """Lift of each rule when everything sold on promotion is left out.

    Parameters
    ----------
    lines : DataFrame, one row per order and product
        order_id, product_id, is_promoted.
    rules : DataFrame, one row per rule
        rule_id, antecedent_ids, consequent_id.

    Returns
    -------
    DataFrame, one row per rule, indexed by rule_id; no row where promotions are not known
        lift_without_promotion : float in [0, inf)
        is_promotion_driven : bool, without promoted lines the interval of the lift reaches 1
    """
    if "is_promoted" not in lines or rules.empty:
        return pd.DataFrame()
    is_regular = ~lines["is_promoted"].fillna(False).astype(bool)
    counts = _counted(lines[is_regular], rules).set_index("rule_id")
    # An order stays a basket when all it held was on promotion: it could have held the pair.
    counts["basket_count"] = lines["order_id"].nunique()
    low, high = lift_interval(counts)
    table = pd.DataFrame({"lift_without_promotion": np.sqrt(low * high)})
    table["is_promotion_driven"] = ~(low > 1)
    return table


def _counted(lines: pd.DataFrame, rules: pd.DataFrame) -> pd.DataFrame:
    """Counts of each rule's sides in the baskets of some lines."""
    baskets = basket_matrix(lines)
    position = {product: i for i, product in enumerate(baskets.products)}
    known = [
        all(item in position for item in (*left, right))
        for left, right in zip(rules["antecedent_ids"], rules["consequent_id"], strict=True)
    ]
    sides = rules[known]
    coded = pd.DataFrame(index=sides.index)
    coded["antecedent"] = [
        tuple(sorted(position[i] for i in left)) for left in sides["antecedent_ids"]
    ]
    coded["consequent"] = [position[right] for right in sides["consequent_id"]]
    counts = rule_counts(baskets, coded).reindex(rules.index, fill_value=0)
    counts["basket_count"] = len(baskets)
    return counts.assign(rule_id=rules["rule_id"])
