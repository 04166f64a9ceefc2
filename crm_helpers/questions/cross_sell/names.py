"""Product ids -> names; both sides of a rule in words that fit a line."""

import ibis.expr.types as ir
import pandas as pd

from crm_helpers.features.baskets import PRODUCT, at_level
from crm_helpers.page.report import Report
from crm_helpers.questions.cross_sell.phrases import VERDICTS
from crm_helpers.tables.checked import CheckedTables

MOST_LETTERS = 34


def product_names(tables: CheckedTables, *, level: str = PRODUCT) -> pd.Series:
    """Names of products by id; empty where the source has no names, and ids then stand for them.

    Parameters
    ----------
    tables : CheckedTables
    level : str, default "product"
        At another level the value is the name.

    Returns
    -------
    Series of str, indexed by product_id
    """
    products = tables.get("products")
    if level != PRODUCT or products is None or "name" not in products.columns:
        return pd.Series(dtype=object)
    known = products.select("product_id", "name").to_pandas().dropna()
    return known.drop_duplicates("product_id").set_index("product_id")["name"]


def sales(report: Report, *, level: str = PRODUCT) -> ir.Table:
    """Order lines of the source whose product_id is that of the level.

    Parameters
    ----------
    report : Report
    level : str, default "product"
        As for `features.baskets.at_level`.

    Returns
    -------
    Table, one row per order line
    """
    tables = report.tables
    return at_level(tables["transactions"], tables.get("products"), level)


def named_rules(rules: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """Rules with both sides and the verdict in words.

    Parameters
    ----------
    rules : DataFrame, one row per rule
        antecedent_ids, consequent_id, and where they were checked verdict.
    names : Series of str, indexed by product_id

    Returns
    -------
    DataFrame, one row per rule: rules and
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
