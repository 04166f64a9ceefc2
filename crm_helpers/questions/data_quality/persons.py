"""Likely duplicates and trial accounts -> who is there twice, and who is no person."""

import pandas as pd

from crm_helpers.measures.quality.defects import as_table
from crm_helpers.measures.quality.doubts import (
    duplicate_person_defects,
    equal_row_defects,
    trial_account_defects,
)
from crm_helpers.measures.quality.likely_duplicates import Duplicates
from crm_helpers.page.numerals import counted, number, percent
from crm_helpers.page.section import Section
from crm_helpers.page.words import answer, note


def real_persons(twice: Duplicates, trials: pd.DataFrame, copies: pd.DataFrame) -> Section:
    """How many customers are there twice, how many are none, and how sure that is.

    Parameters
    ----------
    twice : Duplicates
        From `likely_duplicates.duplicates`.
    trials : DataFrame, one row per table with rows under trial accounts
        From `trial_accounts.trial_rows`.
    copies : DataFrame, one row per table with rows equal in all but their key
        From `equal_rows.equal_rows`.

    Returns
    -------
    Section
        Words alone: a table would name persons.
    """
    return Section.of(answer(_real(twice, trials)), note(f"{_compared(twice)} {_equal(copies)}"))


def _equal(copies: pd.DataFrame) -> str:
    if copies.empty:
        return "No more rows than by chance are equal to another one but for their key."
    told = [f"{number(row.rows)} of {row.table}" for row in copies.itertuples()]
    return f"Equal to another row but for their key: {', '.join(told)}; they are kept."


def _real(twice: Duplicates, trials: pd.DataFrame) -> str:
    made = trials[trials["table"] == "customers"]["rows"].sum()
    accounts = f"{counted(int(made), 'account')} made to try things out"
    if not twice.compared:
        return f"Nobody can be compared (no names); {accounts}"
    if not twice.is_beyond_chance:
        return f"Nobody is clearly there twice; {accounts}"
    return f"{counted(len(twice.pairs), 'pair')} of customers are probably one person; {accounts}"


def _compared(twice: Duplicates) -> str:
    if not twice.compared:
        return "To find persons who are there twice, map a name and a postcode or year of birth."
    return (
        f"{number(twice.compared)} customers were compared within the same "
        f"{' and '.join(twice.blocks)}. With the names dealt out at random the same rule finds "
        f"{counted(twice.by_chance, 'pair')}, so about {percent(twice.precision)} of the pairs "
        "are real. Who moved house between the two entries is not found."
    )


def person_defects(twice: Duplicates, trials: pd.DataFrame, copies: pd.DataFrame) -> pd.DataFrame:
    """Persons and rows that are there twice beyond chance, and rows of trial accounts.

    Parameters
    ----------
    twice : Duplicates
    trials : DataFrame, one row per table with rows under trial accounts
    copies : DataFrame, one row per table with rows equal in all but their key

    Returns
    -------
    DataFrame, one row per defect
        severity, kind, table, column : str; rows, of_rows : int; about : dict
    """
    persons = duplicate_person_defects(twice) + trial_account_defects(trials)
    return as_table(persons + equal_row_defects(copies))
