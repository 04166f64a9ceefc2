"""Profiles of the columns -> gaps that no rule explains, every column, columns in doubt."""

from dataclasses import replace
from html import escape

import pandas as pd

from crm_helpers.measures.quality.defects import as_table
from crm_helpers.measures.quality.doubts import missing_together_defects, outlier_defects
from crm_helpers.page.numerals import counted, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import MOST_ROWS, Html, answer, note, table
from crm_helpers.tables.contracts import CONTRACTS

MOSTLY = 0.5  # from here on a column is empty more often than not
MOST_NAMED = 3
NO_RANGE = ("text", "flag")  # a text of the data may name a person
COLUMNS = {
    "column": "Column",
    "missing_share": ("Empty", percent),
    "means": "Empty means",
    "distinct": ("Distinct", number),
    "range": "Range",
}


def gaps(profiles: pd.DataFrame, together: pd.DataFrame) -> Section:
    """How many columns have gaps that no rule explains, and what every column holds.

    Parameters
    ----------
    profiles : DataFrame, one row per column
        From `profiles.column_profiles`.
    together : DataFrame, one row per group of columns that are empty in the same rows
        From `missing_patterns.missing_together`.

    Returns
    -------
    Section
        data : one row per column of every table, as profiles
    """
    shown = replace(_every_table(profiles), data=profiles)
    return Section.of(answer(_gaps(profiles, together)), shown)


def _gaps(profiles: pd.DataFrame, together: pd.DataFrame) -> str:
    explained = [
        CONTRACTS[table].may_lack(column)
        for table, column in zip(profiles["table"], profiles["column"], strict=True)
    ]
    share = profiles["missing"] / profiles["rows"].clip(lower=1)
    open_ones = profiles.assign(share=share)[(share > 0) & ~pd.Series(explained, profiles.index)]
    lacking = open_ones[open_ones["share"] <= MOSTLY]
    empty = open_ones[open_ones["share"] > MOSTLY]
    told = _lacking(lacking, together, len(profiles))
    if empty.empty:
        return told
    verb = "is" if len(empty) == 1 else "are"
    return f"{told}; {number(len(empty))} more {verb} empty in most rows ({_named(empty)})"


def _lacking(lacking: pd.DataFrame, together: pd.DataFrame, columns: int) -> str:
    if lacking.empty:
        return f"None of {counted(columns, 'column')} has gaps in some of its rows"
    worst = lacking.loc[lacking["share"].idxmax()]
    told = f"{worst['table']}.{worst['column']} most, {percent(worst['share'])}"
    if len(together):
        told += f"; {together.iloc[0]['columns']} are empty in the same rows"
    have = "has" if len(lacking) == 1 else "have"
    return (
        f"{number(len(lacking))} of {counted(columns, 'column')} {have} unexplained gaps ({told})"
    )


def _named(empty: pd.DataFrame) -> str:
    names = [f"{row.table}.{row.column}" for row in empty.head(MOST_NAMED).itertuples()]
    more = len(empty) - len(names)
    return ", ".join(names) + (f" and {number(more)} others" if more > 0 else "")


def _every_table(profiles: pd.DataFrame) -> Html:
    """Every column of every table, one folded part per table."""
    parts = [_one_table(name, mine) for name, mine in profiles.groupby("table", sort=False)]
    return sum(parts[1:], parts[0]) if parts else Html("")


def _one_table(name: str, mine: pd.DataFrame) -> Html:
    head = f"{name}: {counted(len(mine), 'column')}, {number(mine['rows'].max())} rows"
    shown = mine.assign(
        missing_share=mine["missing"] / mine["rows"].clip(lower=1),
        range=[_range(row) for row in mine.to_dict("records")],
        means=[_meaning(name, column) for column in mine["column"]],
    )
    pieces = [
        table(shown.iloc[start : start + MOST_ROWS], COLUMNS)
        for start in range(0, len(shown), MOST_ROWS)
    ]
    inner = sum(pieces[1:], pieces[0])
    return Html(f"<details><summary>{escape(head)}</summary>") + inner + Html("</details>")


def _range(row: dict[str, object]) -> str:
    if row["kind"] in NO_RANGE or not row["lowest"]:
        return ""
    return f"{_short(str(row['lowest']))} to {_short(str(row['highest']))}"


def _short(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _meaning(name: str, column: str) -> str:
    found = CONTRACTS[name].column(column)
    return found.description.partition("empty: ")[2] if found else ""


def column_defects(report: Report, profiles: pd.DataFrame, together: pd.DataFrame) -> pd.DataFrame:
    """Columns that are empty in the same rows, and numbers far out.

    Parameters
    ----------
    report : Report
    profiles : DataFrame, one row per column
    together : DataFrame, one row per group of columns

    Returns
    -------
    DataFrame, one row per defect
        severity, kind, table, column : str; rows, of_rows : int; about : dict
    """
    empty = missing_together_defects(together, report.tables.counts)
    return as_table(empty + outlier_defects(profiles))


def unseen() -> Section:
    """What no check of a column can see.

    Returns
    -------
    Section
        Words alone.
    """
    return Section.of(note("A value that is wrong but possible cannot be seen here."))
