"""Attributes that go with a response: contacts -> rules, found on some and counted on others."""

import numpy as np
import pandas as pd

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.models.propensity.encoding import category_columns, numeric_columns
from crm_helpers.models.rules.association_rules import find_rules, redundant_rules, rule_q_values
from crm_helpers.models.rules.itemsets import basket_matrix, frequent_itemsets

RESPONDED = "responded"
BINS = 4
MOST_COLUMNS, MOST_LEVELS = 8, 6
MIN_JOINT = 25


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
        rule : str; antecedent_count : int; confidence, rule_lift, zhang, q_value : float
        later_count : int; later_rate, later_lift : float
    """
    happened = responded.to_numpy(dtype=bool)
    columns = _telling(frame[~is_later], happened[~is_later])
    items = _items(frame[columns])
    rules, names = _found(items[~is_later], happened[~is_later], false_share)
    rows = [_counted(rule, names, items[is_later], happened[is_later]) for rule in rules]
    kept = ["rule", "antecedent_count", "confidence", "rule_lift", "zhang", "q_value",
            "later_count", "later_rate", "later_lift"]  # fmt: skip
    return pd.DataFrame(rows, columns=kept).head(most)


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


def _items(frame: pd.DataFrame) -> pd.DataFrame:
    """One column of true and false per level or quarter, named in words."""
    items = {}
    for column in frame:
        name = column.replace("_", " ")
        if column in category_columns(frame):
            words = frame[column].astype(object)
            for level in words.value_counts().index[:MOST_LEVELS]:
                items[f"{name} {level}"] = (words == level).to_numpy(bool)
            continue
        values = frame[column].to_numpy(dtype=float, na_value=np.nan)
        cuts = np.unique(np.nanquantile(values, np.linspace(0, 1, BINS + 1)[1:-1]))
        band = np.searchsorted(cuts, values, side="left")
        for number, text in enumerate(_band_words(name, cuts)):
            items[text] = (band == number) & ~np.isnan(values)
    return pd.DataFrame(items, index=frame.index)


def _band_words(name: str, cuts: np.ndarray) -> list[str]:
    first, last = f"{name} up to {cuts[0]:,.4g}", f"{name} above {cuts[-1]:,.4g}"
    pairs = zip(cuts[:-1], cuts[1:], strict=True)
    return [first, *[f"{name} {low:,.4g} to {high:,.4g}" for low, high in pairs], last]


def _found(
    items: pd.DataFrame, happened: np.ndarray, false_share: float
) -> tuple[list[pd.Series], list[str]]:
    items = items.assign(**{RESPONDED: happened})
    contact, item = np.nonzero(items.to_numpy())
    names = np.asarray(items.columns, dtype=object)
    baskets = basket_matrix(
        pd.DataFrame({"order_id": contact.astype(str), "product_id": names[item]})
    )
    support = MIN_JOINT / len(items)
    itemsets = frequent_itemsets(baskets, min_support=support, max_items=3)
    rules = find_rules(itemsets, basket_count=len(items), min_confidence=float(happened.mean()))
    known = list(baskets.products)
    rules = rules[rules["consequent"] == known.index(RESPONDED)].reset_index(drop=True)
    if rules.empty:
        return [], known
    rules["q_value"] = rule_q_values(rules, itemsets, product_count=len(known))
    kept = rules[~redundant_rules(rules, itemsets) & (rules["q_value"] <= false_share)]
    return [row for _, row in kept.iterrows()], known


def _counted(
    rule: pd.Series, names: list[str], items: pd.DataFrame, happened: np.ndarray
) -> dict[str, object]:
    parts = [names[item] for item in rule["antecedent"]]
    inside = items[parts].all(axis=1).to_numpy()
    rate = float(happened[inside].mean()) if inside.any() else float("nan")
    base = float(happened.mean())
    found = {name: rule[name] for name in
             ("antecedent_count", "confidence", "rule_lift", "zhang", "q_value")}  # fmt: skip
    later = {"later_count": int(inside.sum()), "later_rate": rate,
             "later_lift": rate / base if base > 0 else float("nan")}  # fmt: skip
    return {"rule": " and ".join(parts), **found, **later}
