"""Terms of credit: lists of the parameters -> terms of each class, what they would have brought."""

import numpy as np
import pandas as pd

from crm_helpers.measures.credit.credit_money import CreditMoney, expected_loss, on_terms, profit
from crm_helpers.measures.statistics.claims import claim_level
from crm_helpers.measures.statistics.share_intervals import share_intervals
from crm_helpers.models.credit.classes import class_floors
from crm_helpers.models.credit.scorecard import Scale
from crm_helpers.models.credit.study import CreditStudy
from crm_helpers.page.numerals import number, percent
from crm_helpers.page.parameter_values import ParameterError
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.credit.applications import amounts
from crm_helpers.questions.credit.example_terms import (
    example_amounts,
    example_limits,
    example_months,
    whose_terms,
)

MOST_CURRENCY, MOST_MONTHS = 1e12, 600.0


@unless_absent
def per_class(
    known: pd.DataFrame,
    study: CreditStudy,
    money: CreditMoney,
    *,
    class_limits: list[str],
    class_credit_limits: list[str],
    class_deposits: list[str],
    class_prepayments: list[str],
    class_terms: list[str],
) -> pd.DataFrame:
    """Least points, highest chance and terms of each class.

    What is left empty follows the data, as an example (`example_terms`); no deposit and no
    payment in advance is asked for unless stated.

    Parameters
    ----------
    known : DataFrame, one row per application with a known outcome
    study : CreditStudy
    money : CreditMoney
    class_limits : list of str
        Highest default chance of each class but the last, rising.
    class_credit_limits, class_deposits, class_prepayments, class_terms : list of str
        One per class, the best first: highest amount, shares held as deposit and paid in
        advance, months at most.

    Returns
    -------
    DataFrame, one row per class, indexed by its letter, A first
        floor : float, least points; chance : float, highest default probability (1 for the last);
        limit : float, currency; deposit, prepayment : float in [0, 1]; term : float, months;
        limit and term missing where neither parameters nor data tell them

    Raises
    ------
    ParameterError
        If a list has another length than there are classes, or holds no numbers of its range.
    """
    limits = _numbers("class_limits", class_limits, 1.0) or example_limits(study)
    floors = _floors(limits, study.card.scale)
    classes = len(floors)
    named = {
        "limit": ("class_credit_limits", class_credit_limits, MOST_CURRENCY),
        "deposit": ("class_deposits", class_deposits, 1.0),
        "prepayment": ("class_prepayments", class_prepayments, 1.0),
        "term": ("class_terms", class_terms, MOST_MONTHS),
    }
    terms = {
        "limit": example_amounts(known, limits, money),
        "deposit": [0.0] * classes,
        "prepayment": [0.0] * classes,
        "term": example_months(known, classes),
    }
    terms |= {c: _one_per_class(*given, floors.index) for c, given in named.items() if given[1]}
    return pd.DataFrame({"floor": floors, "chance": [*limits, 1.0], **terms}, index=floors.index)


def _floors(limits: list[float], scale: Scale) -> pd.Series:
    try:
        return class_floors(limits, scale)
    except ValueError as wrong:
        raise ParameterError(str(wrong)) from None


def granted(rows: pd.DataFrame, known: pd.DataFrame, per_class: pd.DataFrame) -> pd.DataFrame:
    """What each application would be granted on the terms of its class, and what is at risk.

    Parameters
    ----------
    rows : DataFrame, one row per application, with its credit_class
    known : DataFrame, one row per application with a known outcome
    per_class : DataFrame, one row per class

    Returns
    -------
    DataFrame, one row per application, in the same order, indexed from 0
        granted, exposure : float, currency

    Raises
    ------
    Skip
        If the source has no amounts.
    """
    terms = per_class.loc[rows["credit_class"].astype(str)].reset_index(drop=True)
    return on_terms(amounts(rows, known).reset_index(drop=True), terms)


@unless_absent
def results(
    proven: pd.DataFrame,
    rates: pd.DataFrame,
    known: pd.DataFrame,
    per_class: pd.DataFrame,
    money: CreditMoney,
) -> pd.DataFrame:
    """What 100 tested credits of each class bring and lose on its terms.

    Parameters
    ----------
    proven, known : DataFrame, one row per application
        Tested ones; all with a known outcome.
    rates, per_class : DataFrame, one row per class
    money : CreditMoney

    Returns
    -------
    DataFrame, one row per class that holds tested applications, the best first
        credit_class : str; floor, chance, limit, deposit, prepayment, term as stated;
        event_rate : float in [0, 1]; loss, profit, profit_low : float, currency per 100 credits,
        profit_low at the highest default rate that chance leaves open, allowing for the classes.
        All but loss are missing where the rate of the class is not told.
    """
    given = granted(proven, known, per_class)
    lost = expected_loss(proven["chance"], given["exposure"], money.loss_share)
    earned = profit(proven["defaulted"].astype(float), given, money)
    worst = rates.set_index("credit_class").assign(high=_highest(rates))["high"]
    names = proven["credit_class"].astype(str).to_numpy()
    at_worst = profit(worst.loc[names].to_numpy(), given, money)
    each = pd.DataFrame({"loss": 100 * lost, "profit": 100 * earned, "profit_low": 100 * at_worst})
    brought = each.groupby(names).mean()
    seen = rates.set_index("credit_class")["event_rate"]
    found = per_class.rename_axis("credit_class").join(seen).join(brought).dropna(subset=["loss"])
    told = ["profit", "profit_low"]
    found[told] = found[told].where(found["event_rate"].notna(), axis=0)
    return found.reset_index()


def _highest(rates: pd.DataFrame) -> np.ndarray:
    """Highest default rate of each class that chance leaves open."""
    bad = rates["event_rate"] * rates["n"]
    return share_intervals(bad, rates["n"], claim_level(len(rates)))[1].to_numpy()


@unless_absent
def conditions(report: Report, results: pd.DataFrame, money: CreditMoney) -> Section:
    """Terms of each class, and what credits on them would have brought.

    Parameters
    ----------
    report : Report
    results : DataFrame, one row per class
    money : CreditMoney

    Returns
    -------
    Section
        data : one row per class; columns credit_class, floor, chance, limit, deposit, prepayment,
        term, event_rate, loss, profit, profit_low, and words (the terms)
    """
    shown = results.assign(words=[_terms(report, row) for row in results.itertuples()])
    columns = {
        "credit_class": "Class",
        "words": "Terms",
        "event_rate": ("Went bad", percent),
        "loss": (f"Expected loss per 100, {report.currency}", number),
        "profit": (f"Profit per 100, {report.currency}", number),
    }
    beside = (
        f"{whose_terms(report)} "
        "Profit: what 100 tested credits of the class brought on these terms; a repaid one earns "
        f"{percent(money.margin_share)} of the amount, a default loses {percent(money.loss_share)} "
        "of what is owed without cover. It does not show who would walk away from such terms, nor "
        "what a shorter term changes."
    )
    return section(_pays(results), table(shown, columns), beside)


def _pays(results: pd.DataFrame) -> str:
    """Where credit pays beyond what the luck of the test could make."""
    sure = results["profit_low"] > 0
    open_yet = results.loc[~sure & (results["profit"] > 0), "credit_class"].tolist()
    rest = f"; in {_classes(open_yet)} that cannot be told" if open_yet else ""
    if sure.any():
        return f"Credit pays in {_classes(results.loc[sure, 'credit_class'].tolist())}{rest}"
    return "That credit pays can be told of no class" if open_yet else "Credit pays in no class"


def _terms(report: Report, row: object) -> str:
    """Terms of a class as one phrase: a table of five columns is read on a phone too."""
    if row.limit == 0:
        return "no credit: full payment in advance"
    parts = [f"up to {report.money(row.limit)}"]
    parts += [f"{row.term:.0f} months at most"] if pd.notna(row.term) else []
    parts += [f"deposit {percent(row.deposit)}"] * (row.deposit > 0)
    parts += [f"{percent(row.prepayment)} in advance"] * (row.prepayment > 0)
    return ", ".join(parts)


def _classes(names: list[str]) -> str:
    return f"class {names[0]}" if len(names) == 1 else f"classes {', '.join(names)}"


def _one_per_class(name: str, texts: list[str], highest: float, classes: pd.Index) -> list[float]:
    values = _numbers(name, texts, highest)
    if len(values) != len(classes):
        raise ParameterError(
            f"{name}: found {len(values)} values; expected {len(classes)}, one per class, because "
            f"class_limits has {len(classes) - 1}. Write one for each class, the best first."
        )
    return values


def _numbers(name: str, texts: list[str], highest: float) -> list[float]:
    try:
        values = [float(text) for text in texts]
    except ValueError:
        raise ParameterError(
            f"{name}: found {', '.join(texts)}; expected numbers. Write for example "
            '["0.05", "0.10"], each in quotes.'
        ) from None
    outside = [value for value in values if not 0 <= value <= highest]
    if outside:
        raise ParameterError(
            f"{name}: {outside[0]:g} is not between 0 and {highest:g}. Correct it in "
            "params/credit.yaml or in the source file."
        )
    return values
