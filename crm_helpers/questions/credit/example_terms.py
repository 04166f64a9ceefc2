"""Example terms: what the parameters leave open -> classes, limits and months after the data."""

import numpy as np
import pandas as pd

from crm_helpers.measures.credit.credit_money import CreditMoney
from crm_helpers.models.credit.study import KEY, CreditStudy
from crm_helpers.page.report import Report
from crm_helpers.questions.credit.phrases import listed_codes

CLASSES = 5
# Share of the credits given so far that asked for no more than a class may have: A, ..., the last.
MOST, LEAST = 0.95, 0.25
RULES = {
    "class_limits": "the classes hold a fifth of the applications each",
    "class_credit_limits": "the highest amounts are those that past credits asked for, none where "
    "a default is likelier than a credit pays for",
    "class_terms": "the longest terms are those that past credits had",
}


def example_limits(study: CreditStudy) -> list[float]:
    """Highest default chance of each class but the last: each holds a fifth of the applications.

    Parameters
    ----------
    study : CreditStudy

    Returns
    -------
    list of float in (0, 1), rising
        One to four, with two digits; fewer where chances hardly differ. Outcomes of the test
        have no part in them.
    """
    points = study.learned.drop_duplicates(KEY)["points"].to_numpy(dtype=float)
    chances = study.card.scale.chance(points)
    edges = np.quantile(chances, np.arange(1, CLASSES) / CLASSES)
    return sorted({float(f"{edge:.2g}") for edge in np.clip(edges, 0.0001, 0.99)})


def example_amounts(known: pd.DataFrame, limits: list[float], money: CreditMoney) -> list[float]:
    """Highest amount of each class, from the amounts of credits given so far.

    Parameters
    ----------
    known : DataFrame, one row per application with a known outcome
    limits : list of float in (0, 1), rising
        Highest default chance of each class but the last.
    money : CreditMoney

    Returns
    -------
    list of float, currency, one per class, the best first
        0 in a class where even its best applicants default more often than a credit pays for;
        missing where the source has no amounts.
    """
    stated = _stated(known, "amount")
    pays = money.break_even(float(stated.mean())) if len(stated) else money.share_break_even
    best = np.array([0.0, *limits])
    return [
        amount if chance < pays else 0.0
        for amount, chance in zip(_falling(stated, len(best)), best, strict=True)
    ]


def example_months(known: pd.DataFrame, classes: int) -> list[float]:
    """Longest term of each class, from the terms of credits given so far.

    Parameters
    ----------
    known : DataFrame, one row per application with a known outcome
    classes : int

    Returns
    -------
    list of float, months, one per class, the best first; missing where the source has no terms
    """
    return [np.rint(months) for months in _falling(_stated(known, "term_months"), classes)]


def left_open(report: Report) -> list[str]:
    """Parameters of the terms that nobody stated: lists left empty.

    Parameters
    ----------
    report : Report

    Returns
    -------
    list of str
    """
    return [name for name in RULES if report.parameters.get(name) == []]


def whose_terms(report: Report) -> str:
    """Sentence that says whose the classes and terms are.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
    """
    names = left_open(report)
    if not names:
        return "Limits, deposits, payments in advance and terms are the company's, as stated."
    return (
        f"Not stated by the company, an example made from these data: "
        f"{'; '.join(RULES[name] for name in names)}. Write "
        f"{listed_codes(names)} under parameters: credit: in the source file."
    )


def _stated(known: pd.DataFrame, column: str) -> pd.Series:
    return known[column].dropna().astype(float) if column in known else pd.Series(dtype=float)


def _falling(values: pd.Series, classes: int) -> list[float]:
    if values.empty:
        return [float("nan")] * classes
    shares = np.linspace(MOST, LEAST, classes)
    return [float(f"{value:.2g}") for value in values.quantile(shares)]
