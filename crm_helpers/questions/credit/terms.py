"""Terms of credit as the parameters state them: lists of texts -> classes, terms, money."""

import pandas as pd

from crm_helpers.measures.credit.credit_money import CreditMoney
from crm_helpers.models.credit.classes import class_floors
from crm_helpers.models.credit.methods import CHALLENGERS, CreditSettings
from crm_helpers.models.credit.scorecard import Scale
from crm_helpers.models.credit.woe_bins import BinSettings
from crm_helpers.page.parameter_values import ParameterError
from crm_helpers.page.report import Report

LISTS = {
    "class_credit_limits": ("limit", 1e12),
    "class_deposits": ("deposit", 1.0),
    "class_prepayments": ("prepayment", 1.0),
    "class_terms": ("term", 600.0),
}


def credit_settings(report: Report) -> CreditSettings:
    """How the card and its challengers are made, as the parameters say.

    Parameters
    ----------
    report : Report

    Returns
    -------
    CreditSettings
    """
    p = report.p
    return CreditSettings(
        scale=Scale(p.base_score, p.base_odds, p.double_odds),
        bins=BinSettings(monotone=p.monotone_bins),
        methods=tuple(p.challengers) or CHALLENGERS,
        repeats=p.repeats,
        min_events=p.min_events,
        seed=report.seed,
    )


def credit_money(report: Report) -> CreditMoney:
    """What a credit earns and loses, as the parameters say."""
    p = report.p
    return CreditMoney(p.credit_margin_share, p.loss_share, p.handling_cost)


def class_terms(report: Report) -> pd.DataFrame:
    """Terms of each class.

    Parameters
    ----------
    report : Report
        Parameters class_limits, class_credit_limits, class_deposits, class_prepayments,
        class_terms.

    Returns
    -------
    DataFrame, one row per class, indexed by its letter, A first
        floor : float, least points; chance : float, highest default probability (1 for the last);
        limit : float, currency; deposit, prepayment : float in [0, 1]; term : float, months

    Raises
    ------
    ParameterError
        If a list has another length than there are classes, or holds no numbers of its range.
    """
    limits = _numbers("class_limits", report.p.class_limits, 1.0)
    try:
        floors = class_floors(limits, credit_settings(report).scale)
    except ValueError as wrong:
        raise ParameterError(str(wrong)) from None
    columns = {"floor": floors.to_numpy(), "chance": [*limits, 1.0]}
    for name, (column, highest) in LISTS.items():
        values = _numbers(name, getattr(report.p, name), highest)
        _check_length(name, values, len(floors))
        columns[column] = values
    return pd.DataFrame(columns, index=floors.index)


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


def _check_length(name: str, values: list[float], classes: int) -> None:
    if len(values) != classes:
        raise ParameterError(
            f"{name}: found {len(values)} values; expected {classes}, one per class, because "
            f"class_limits has {classes - 1}. Write one for each class, the best first."
        )
