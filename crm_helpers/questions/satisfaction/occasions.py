"""Where reviews and tickets point: scores outside of surveys -> figures by occasion, product."""

import pandas as pd

from crm_helpers.measures.feedback.apart_from_others import apart_from_others
from crm_helpers.measures.feedback.score_table import score_table
from crm_helpers.page.names import value_words
from crm_helpers.page.needs import has_columns
from crm_helpers.page.numerals import number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.satisfaction.phrases import figure_form, opening, span
from crm_helpers.tables.needs import Skip

OCCASIONS = {
    "about": "Occasion or product",
    "collected_by": "From",
    "figure": "Figure",
    "interval": "Interval at 95 %",
    "n": ("Answers", number),
    "verdict": "Verdict",
}
KIND = ["kind", "scale", "collected_by"]
MOST = 12
NONE = "No occasion or product differs from the others beyond chance"


@unless_absent
def figures(recent: pd.DataFrame, names: pd.Series, *, min_group: int) -> pd.DataFrame:
    """Figure of each occasion and each product on each scale, least first, surveys left out.

    No order is needed for it.

    Parameters
    ----------
    recent : DataFrame of `answers.recent`
    names : Series of `product_names`
    min_group : int
        Those with fewer persons are left out.

    Returns
    -------
    DataFrame, one row per occasion or product, scale and way of collecting, in the columns of
    `score_table`
        kind : str, occasion or product; about, scale, collected_by : str
        others : float, figure of the others of its kind; differs : bool, from them beyond chance
    """
    rows = recent[recent["collected_by"] != "survey"]
    known = {
        "occasion": [value_words("touchpoint", one) for one in rows["touchpoint"]],
        "product": [names.get(one, one) for one in rows["product_id"]],
    }
    long = pd.concat([rows.assign(kind=kind, about=about) for kind, about in known.items()])
    long = long[long["about"] != ""]
    found = score_table(long, [*KIND, "about"], min_group=min_group)
    if found.empty:
        raise Skip("No occasion or product has enough scores outside of surveys.")
    found = apart_from_others(found, KIND)
    return found.sort_values([*KIND, "mean"], ignore_index=True)


def product_names(report: Report) -> pd.Series:
    """Name of each product, indexed by product_id; empty where the source gives none."""
    if not has_columns(report.tables, "products", "product_id", "name"):
        return pd.Series(dtype=object)
    known = report.tables["products"].select("product_id", "name").to_pandas().dropna()
    return known.drop_duplicates("product_id").set_index("product_id")["name"]


@unless_absent
def lowest(figures: pd.DataFrame, *, observation_days: int) -> Section:
    """Scores by occasion, product and scale, with those that differ beyond chance.

    Parameters
    ----------
    figures : DataFrame of `figures`
    observation_days : int

    Returns
    -------
    Section
        data : one row per occasion or product, columns of `figures`, figure, interval, verdict
    """
    forms = [figure_form(scale) for scale in figures["scale"]]
    shown = figures.assign(
        figure=[f(v) for f, v in zip(forms, figures["mean"], strict=True)],
        interval=[
            span(a, b, f) for f, a, b in zip(forms, figures["low"], figures["high"], strict=True)
        ],
        verdict=figures["differs"].map({True: "differs", False: "may be chance"}),
    )
    beside = (
        f"Last {observation_days} days; stars are of 5, effort is of 7 (7 is easy). Verdict: "
        f"against the others of its kind, allowing for all {number(len(figures))}. Compare within "
        "a scale only; who has trouble writes more often."
    )
    return section(_lowest_and_highest(figures), table(_telling(shown), OCCASIONS), beside)


def _telling(shown: pd.DataFrame) -> pd.DataFrame:
    """Twelve rows: those that differ first, then those with most answers, in their order."""
    order = shown.sort_values(["differs", "n"], ascending=False, kind="stable")
    return shown.loc[sorted(order.index[:MOST])]


def _lowest_and_highest(figures: pd.DataFrame) -> str:
    """Lowest and highest on the scale with most answers, of those that differ beyond chance."""
    most = figures.groupby("scale")["n"].sum().idxmax()
    form = figure_form(most)
    rows = figures[(figures["scale"] == most) & figures["differs"]].sort_values("mean")
    low, high = rows[rows["mean"] < rows["others"]], rows[rows["mean"] > rows["others"]]
    told = []
    if len(low):
        told.append(f"lowest: {low['about'].iloc[0]} ({form(low['mean'].iloc[0])})")
    if len(high):
        told.append(f"highest: {high['about'].iloc[-1]} ({form(high['mean'].iloc[-1])})")
    return opening("; ".join(told)) if told else NONE
