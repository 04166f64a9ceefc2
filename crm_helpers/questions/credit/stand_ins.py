"""Stand-ins: attributes that give a protected one away -> what leaving them out costs."""

import pandas as pd

from crm_helpers.measures.forecasts.fold_auc import fold_auc_difference
from crm_helpers.measures.statistics.bootstrap import interval_of_claim
from crm_helpers.models.credit.compared import compared
from crm_helpers.models.credit.methods import CARD
from crm_helpers.models.credit.stand_ins import stand_ins
from crm_helpers.models.credit.study import (
    KEY,
    CreditStudy,
    splits_for_test,
    tested_rows,
)
from crm_helpers.page.numerals import capital, number
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.credit.applications import Predictors
from crm_helpers.questions.credit.phrases import listed, said

MOST_PRICED, MOST_ROWS, LIMIT = 3, 6, 0.70


@unless_absent
def given_away(
    groups: pd.DataFrame,
    scored: pd.DataFrame,
    protected: pd.DataFrame,
    predictors: Predictors,
    *,
    seed: int,
) -> pd.DataFrame:
    """How well each attribute tells each protected one, also those left out already.

    Parameters
    ----------
    groups, scored, protected : DataFrame, one row per application, in the same order
        Absent groups, that is no protected attribute, give no answer.
    predictors : Predictors
    seed : int

    Returns
    -------
    DataFrame, one row per attribute and protected attribute, the strongest first
        attribute, protected, group : str; auc : float; is_stand_in : bool
    """
    rows = scored.loc[groups.index, predictors.attributes]
    return stand_ins(rows, protected, limit=LIMIT, seed=seed)


@unless_absent
def prices(
    told: pd.DataFrame, known: pd.DataFrame, study: CreditStudy, *, bootstraps: int, seed: int
) -> pd.DataFrame:
    """Gini that leaving a stand-in out costs: cards with and without it, on the same test.

    Parameters
    ----------
    told : DataFrame, one row per attribute and protected attribute
    known : DataFrame, one row per application with a known outcome
    study : CreditStudy
    bootstraps : int
        Resamples behind an interval.
    seed : int

    Returns
    -------
    DataFrame, one row per stand-in, at most three, indexed by attribute
        cost, low, high : float, Gini
    """
    names = told.loc[told["is_stand_in"], "attribute"].drop_duplicates().head(MOST_PRICED)
    found = [_price(name, known, study, bootstraps, seed) for name in names]
    return pd.DataFrame(found, columns=["cost", "low", "high"], index=names.to_list(), dtype=float)


def _price(
    name: str, known: pd.DataFrame, study: CreditStudy, bootstraps: int, seed: int
) -> tuple[float, float, float]:
    """With and without it, the rest of the attributes as they are."""
    rows = compared(known.assign(customer=known[KEY]), seed=study.settings.seed)
    splits = splits_for_test(rows, study.settings)
    without = [column for column in study.columns if column != name]
    both, less = (
        tested_rows(rows, columns, splits, (CARD,), study.settings)
        for columns in ([*without, name], without)
    )
    columns = (both["defaulted"], both[CARD], less[CARD], both["fold"])
    who = both["customer"]
    drawn = {"customer": who, "draws": bootstraps, "seed": seed}
    inside = interval_of_claim(fold_auc_difference, *columns, choices=MOST_PRICED, **drawn)
    return 2 * fold_auc_difference(*columns), 2 * inside.low, 2 * inside.high


@unless_absent
def proxies(told: pd.DataFrame, prices: pd.DataFrame, study: CreditStudy) -> Section:
    """Attributes that give a protected one away, and what leaving them out costs.

    Parameters
    ----------
    told : DataFrame, one row per attribute and protected attribute
    prices : DataFrame, one row per stand-in, indexed by attribute
    study : CreditStudy

    Returns
    -------
    Section
        data : one row per attribute and protected attribute, at most six; columns attribute,
        protected, group, auc, is_stand_in, right (of 100 pairs), cost and use (in words);
        findings : stand_in_cost_<attribute> of each
    """
    columns = {
        "attribute": "Attribute",
        "protected": "Gives away",
        "group": "Group told best",
        "right": ("Pairs right, of 100", lambda x: number(x, 1)),
        "use": "Used",
        "cost": "Gini that leaving it out costs",
    }
    named = told[told["is_stand_in"]]
    beside = (
        f"From {number(100 * LIMIT)} pairs of 100 on (50 is chance) an attribute is called a "
        f"stand-in. {_advice(named['attribute'], prices)} It does not show stand-ins made of "
        "several attributes together."
    )
    shown = section(_named(named), table(_rows(told, prices, study), columns), beside)
    for row in prices.itertuples():
        name = f"stand_in_cost_{row.Index.lower()}"
        shown = shown.finds(name, row.cost, "Gini", low=row.low, high=row.high)
    return shown


def _rows(told: pd.DataFrame, prices: pd.DataFrame, study: CreditStudy) -> pd.DataFrame:
    shown = told.head(MOST_ROWS)
    costs = {
        row.Index: f"{number(row.cost, 3)} ({number(row.low, 3)} to {number(row.high, 3)})"
        for row in prices.itertuples()
    }
    return shown.assign(
        right=100 * shown["auc"],
        cost=[costs.get(name, "") for name in shown["attribute"]],
        use=[_use(name, study) for name in shown["attribute"]],
        attribute=shown["attribute"].map(said),
        protected=shown["protected"].map(said),
    )


def _use(name: str, study: CreditStudy) -> str:
    if name in {bins.name for bins in study.card.bins}:
        return "on the card"
    return "tells too little" if name in study.columns else "left out"


def _named(named: pd.DataFrame) -> str:
    if named.empty:
        return "No attribute gives a protected one away"
    once = named.drop_duplicates("attribute").itertuples()
    return capital("; ".join(f"{said(r.attribute)} gives {said(r.protected)} away" for r in once))


def _advice(named: pd.Series, prices: pd.DataFrame) -> str:
    priced = [name for name in named.drop_duplicates() if name in prices.index]
    dear = [name for name in priced if prices["low"][name] > 0]
    free = [name for name in priced if name not in dear]
    advice = []
    if free:
        advice.append(f"Leaving out {listed(free)} costs no Gini that can be shown: leave it out")
    if dear:
        alone = "tells something of its own: whether it may stay, a person decides"
        advice.append(f"{listed(dear)} {alone}")
    return f"{'. '.join(advice)}." if advice else ""
