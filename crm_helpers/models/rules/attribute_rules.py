"""Attributes that go with a response: contacts -> rules, found on some and counted on others."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.models.propensity.conditions import NUMBER, cut_at, scale_of
from crm_helpers.models.propensity.encoding import category_columns, numeric_columns
from crm_helpers.models.rules.association_rules import find_rules, redundant_rules, rule_q_values
from crm_helpers.models.rules.itemsets import basket_matrix, frequent_itemsets

MEASURES = ("antecedent_count", "confidence", "rule_lift", "zhang", "q_value")
LATER = ("later_count", "later_rate", "later_lift")
BINS = 4
MOST_COLUMNS, MOST_LEVELS = 8, 6
MIN_JOINT = 25


@dataclass(frozen=True)
class Attribute:
    """What a rule says of a person: a level of a column of words, or a band of one of numbers.

    Attributes
    ----------
    column : str
    level : str
        Empty for a band.
    above, up_to : float or None
        Ends of the band, the upper one included; None where it is open, and for a level.
    scale : str
        flag, whole or number, see `conditions.scale_of`.
    """

    column: str
    level: str = ""
    above: float | None = None
    up_to: float | None = None
    scale: str = NUMBER

    @property
    def place(self) -> tuple[str, float]:
        """Where it stands among others: by name, bands from the lowest."""
        low = -np.inf if self.above is None else self.above
        return f"{self.column.replace('_', ' ')} {self.level}", low


def attribute_rules(
    frame: pd.DataFrame,
    responded: pd.Series,
    is_later: np.ndarray,
    *,
    false_share: float = 0.05,
    most: int = 8,
) -> pd.DataFrame:
    """Rules "persons like this respond more often", with their rate among later contacts.

    Numbers are cut into quarters, and the eight columns that go with the response most are used.
    A rule stays when no part of it says as much, and its false-discovery value is small.

    Parameters
    ----------
    frame : DataFrame, one row per contact
        Predictors known before the contact.
    responded : Series of bool, same rows
    is_later : ndarray of bool, same rows
        Contacts that rules are counted on and not found in.
    false_share : float, default 0.05
        Share of the rules that may be chance.
    most : int, default 8
        Rules kept, largest lift first.

    Returns
    -------
    DataFrame, one row per rule
        attributes : tuple of Attribute
        antecedent_count : int; confidence, rule_lift, zhang, q_value : float
        later_count : int; later_rate, later_lift : float
    """
    happened = responded.to_numpy(dtype=bool)
    columns = _telling(frame[~is_later], happened[~is_later])
    held = _held(frame[columns])
    known = sorted(held, key=lambda one: one.place)
    items = np.column_stack([held[one] for one in known]) if known else np.empty((len(frame), 0))
    rules = _found(items[~is_later], happened[~is_later], false_share)
    rows = [_counted(rule, known, items[is_later], happened[is_later]) for rule in rules]
    return pd.DataFrame(rows, columns=["attributes", *MEASURES, *LATER]).head(most)


def _telling(frame: pd.DataFrame, happened: np.ndarray) -> list[str]:
    """Columns whose levels or numbers order the responses best, each on its own."""
    strength = {}
    for column in frame:
        values = frame[column]
        if column in numeric_columns(frame):
            known = values.to_numpy(dtype=float, na_value=np.nan)
            score = np.nan_to_num(known, nan=np.nanmedian(known) if len(known) else 0.0)
        else:
            words = values.astype(object).fillna("missing").astype(str)
            score = pd.Series(happened).groupby(words.to_numpy()).transform("mean")
        strength[column] = abs(auc(happened, np.asarray(score, float)) - 0.5)
    return sorted(strength, key=strength.get, reverse=True)[:MOST_COLUMNS]


def _held(frame: pd.DataFrame) -> dict[Attribute, np.ndarray]:
    """Who holds each attribute: true and false, shape (n_contacts,)."""
    held = {}
    for column in frame:
        if column in category_columns(frame):
            words = frame[column].astype(object)
            for level in words.value_counts().index[:MOST_LEVELS]:
                held[Attribute(column, str(level))] = (words == level).to_numpy(bool)
            continue
        values = frame[column].to_numpy(dtype=float, na_value=np.nan)
        scale = scale_of(frame[column])
        cuts = np.nanquantile(values, np.linspace(0, 1, BINS + 1)[1:-1])
        cuts = np.unique([cut_at(cut, scale) for cut in cuts])
        band = np.searchsorted(cuts, values, side="left")
        for number, one in enumerate(_bands(column, cuts, scale)):
            held[one] = (band == number) & ~np.isnan(values)
    return held


def _bands(column: str, cuts: np.ndarray, scale: str) -> list[Attribute]:
    ends = [None, *map(float, cuts), None]
    return [
        Attribute(column, above=low, up_to=high, scale=scale)
        for low, high in zip(ends[:-1], ends[1:], strict=True)
    ]


def _found(items: np.ndarray, happened: np.ndarray, false_share: float) -> list[pd.Series]:
    """Rules whose consequent is the response; the last of all items."""
    response = items.shape[1]
    contact, item = np.nonzero(np.column_stack([items, happened]))
    baskets = basket_matrix(pd.DataFrame({"order_id": contact.astype(str), "product_id": item}))
    support = MIN_JOINT / len(items)
    itemsets = frequent_itemsets(baskets, min_support=support, max_items=3)
    rules = find_rules(itemsets, basket_count=len(items), min_confidence=float(happened.mean()))
    numbers = list(baskets.products)
    rules = rules[rules["consequent"] == numbers.index(response)].reset_index(drop=True)
    if rules.empty:
        return []
    rules["q_value"] = rule_q_values(rules, itemsets, product_count=len(numbers))
    rules["items"] = [[numbers[place] for place in left] for left in rules["antecedent"]]
    kept = rules[~redundant_rules(rules, itemsets) & (rules["q_value"] <= false_share)]
    return [row for _, row in kept.iterrows()]


def _counted(
    rule: pd.Series, known: list[Attribute], items: np.ndarray, happened: np.ndarray
) -> dict[str, object]:
    inside = items[:, rule["items"]].all(axis=1)
    rate = float(happened[inside].mean()) if inside.any() else float("nan")
    base = float(happened.mean())
    later = (int(inside.sum()), rate, rate / base if base > 0 else float("nan"))
    found = {"attributes": tuple(known[item] for item in rule["items"])}
    return found | {name: rule[name] for name in MEASURES} | dict(zip(LATER, later, strict=True))
