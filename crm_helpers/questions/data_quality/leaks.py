"""Attributes beside outcomes -> those that seem to know the outcome beforehand."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pandas as pd

from crm_helpers.features.attributes_and_outcomes import undated_attributes
from crm_helpers.features.outcomes import lapse_labels
from crm_helpers.measures.quality.defects import as_table
from crm_helpers.measures.quality.doubts import leak_defects
from crm_helpers.models.propensity.table_leaks import table_leaks
from crm_helpers.page.numerals import counted, number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import MOST_ROWS, Html, answer, note, table
from crm_helpers.tables.needs import unmet_needs
from crm_helpers.tables.periods import dating_column

ALARMS = {
    "table": "Table",
    "column": "Attribute",
    "outcome": "Outcome it seems to know",
    "why": "Why",
    "rows": ("Rows tried", number),
}
STRENGTHS = {
    "column": "Attribute",
    "outcome": "Outcome",
    "alone_auc": ("AUC alone", lambda value: number(value, 2)),
    "with_auc": ("AUC of a model with it", lambda value: number(value, 2)),
    "without_auc": ("AUC without it", lambda value: number(value, 2)),
}
SIGN_WORDS = {
    "presence": "it is filled in for one outcome alone",
    "alone": "it alone tells the outcome",
    "name": "its name says it was written at the end",
    "key": "it numbers the rows, and their order tells the outcome",
    "row_order": "it follows the rows, and their order tells the outcome",
}

Outcomes = Mapping[tuple[str, str], pd.DataFrame]


def lapsed_customers(report: Report, *, outcome_days: int) -> pd.DataFrame:
    """Who lapsed in the outcome window that ends on as_of; empty without customers and dates.

    Parameters
    ----------
    report : Report
    outcome_days : int
        Days without an order that count as lapsed.

    Returns
    -------
    DataFrame, one row per customer
        customer_id : str, lapsed : bool
    """
    needs = [{"transactions": ["customer_id", "ordered_at"], "customers": ["customer_id"]}]
    if unmet_needs(needs, report.tables):
        return pd.DataFrame(columns=["customer_id", "lapsed"])
    origin = report.as_of - dt.timedelta(days=outcome_days)
    return report.features(lapse_labels, as_of=origin, outcome_days=outcome_days)


def alarms(
    known: Mapping[str, Any], outcomes: Outcomes, *, max_rows_train: int, seed: int
) -> pd.DataFrame:
    """Attributes without a date that seem to know the outcome.

    Parameters
    ----------
    known : mapping of table name to table
        From `known_tables.known_tables`.
    outcomes : mapping of (table, outcome) to DataFrame
        From `attributes_and_outcomes.attributes_with_outcomes`.
    max_rows_train : int
        Rows tried per outcome at most.
    seed : int

    Returns
    -------
    DataFrame, one row per alarm
        table, outcome, column : str; reason : str, the sign; alone_auc, with_auc,
        without_auc : float; rows : int
    """
    undated, dated = undated_attributes(known), dated_tables(known)
    return table_leaks(outcomes, undated, dated=dated, max_rows=max_rows_train, seed=seed)


def dated_tables(known: Mapping[str, Any]) -> list[str]:
    """Tables whose rows are dated events; a customer's attributes are as of today."""
    return [n for n, table in known.items() if n != "customers" and dating_column(n, table)]


def knowing(alarms: pd.DataFrame, outcomes: Outcomes) -> Section:
    """Which attributes raised the alarm.

    Parameters
    ----------
    alarms : DataFrame, one row per alarm
        From `alarms`.
    outcomes : mapping of (table, outcome) to DataFrame

    Returns
    -------
    Section
        data : at most 12 alarms, columns as given by `alarms`;
        words alone where none was raised
    """
    return Section.of(answer(_knowing(alarms, outcomes)), _table(alarms))


def _knowing(alarms: pd.DataFrame, outcomes: Outcomes) -> str:
    if not outcomes:
        return "There are no attributes beside an outcome, so nothing could leak"
    tried = sum(frame.shape[1] - 1 for frame in outcomes.values())
    if alarms.empty:
        return f"None of {counted(tried, 'attribute')} seems to know its outcome"
    names = ", ".join(f"{a['column']} of {a['table']}" for a in alarms.to_dict("records"))
    seem, them = ("seems", "it") if len(alarms) == 1 else ("seem", "them")
    return (
        f"{names} {seem} to know the outcome: models leave {them} out until trusted_columns names "
        f"{them} as older"
    )


def _table(alarms: pd.DataFrame) -> Html:
    if alarms.empty:
        return note("No alarm was raised.")
    shown = alarms.head(MOST_ROWS)
    return table(shown.assign(why=shown["reason"].map(SIGN_WORDS)), ALARMS)


def alarm_defects(alarms: pd.DataFrame) -> pd.DataFrame:
    """Attributes that raised the alarm.

    Parameters
    ----------
    alarms : DataFrame, one row per alarm

    Returns
    -------
    DataFrame, one row per defect
        severity, kind, table, column : str; rows, of_rows : int; about : dict
    """
    return as_table(leak_defects(alarms))


def small_leaks() -> Section:
    """What the alarm cannot tell apart.

    Returns
    -------
    Section
        Words alone.
    """
    told = (
        "An attribute that leaks a little is not told apart from one that is simply good: such "
        "ones stay in, and the report that uses them names the strong ones."
    )
    return Section.of(note(told))


def strengths(alarms: pd.DataFrame) -> Section:
    """How strong each alarm is, for the analyst.

    Parameters
    ----------
    alarms : DataFrame, one row per alarm

    Returns
    -------
    Section
        data : at most 12 alarms, columns as given by `alarms`;
        empty where none was raised
    """
    return Section.of(table(alarms.head(MOST_ROWS), STRENGTHS)) if len(alarms) else Section()
