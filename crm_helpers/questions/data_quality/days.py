"""Rows per day, missing days, late rows -> is any day missing, and did rows come late."""

import pandas as pd

from crm_helpers.charts.chart import Chart
from crm_helpers.charts.completeness import completeness_chart
from crm_helpers.measures.quality.defects import as_table, missing_day_defects
from crm_helpers.measures.quality.doubts import late_row_defects, late_since_defects
from crm_helpers.page.numerals import counted, day, number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.page.words import answer, note


def complete(
    missing: pd.DataFrame, late: pd.DataFrame, since: pd.DataFrame, *, late_days: int
) -> Section:
    """Which days are missing, and how many rows came late.

    Parameters
    ----------
    missing : DataFrame, one row per table and missing day
        From `completeness.missing_by_table`.
    late : DataFrame, one row per table with a recording date
        From `lateness.late_rows`.
    since : DataFrame, one row per table that the last run had too
        From `last_run.late_since`.
    late_days : int
        Days after its event from which a row counts as late.

    Returns
    -------
    Section
        Words alone.
    """
    return Section.of(answer(_complete(missing, late, since, late_days)))


def _complete(
    missing: pd.DataFrame, late: pd.DataFrame, since: pd.DataFrame, late_days: int
) -> str:
    gone = f"{counted(len(missing), 'day')} without the usual rows"
    if len(missing):
        gone += f" (the last on {day(missing['day'].max().date())}, {missing['table'].iloc[-1]})"
    count = int(late["late"].sum())
    told = f"{counted(count, 'row')} recorded over {late_days} days late" if len(late) else ""
    came = since[since["late"] > 0]["late"].sum() if len(since) else 0
    again = f"{number(came)} rows came after the last run" if len(since) else ""
    return "; ".join(part for part in (gone, told, again) if part)


def weeks(report: Report, by_day: pd.DataFrame, missing: pd.DataFrame) -> Section:
    """Rows per week of the transactions, or else of the largest dated table.

    Parameters
    ----------
    report : Report
    by_day : DataFrame, one row per table and day that has rows
        From `periods.days_of_tables`.
    missing : DataFrame, one row per table and missing day

    Returns
    -------
    Section
        data : one row per week, columns week, rows; words alone where no table has dates
    """
    if by_day.empty:
        return Section.of(note("No table has dates, so completeness cannot be shown."))
    name = by_day.groupby("table")["rows"].sum().idxmax()
    name = "transactions" if (by_day["table"] == "transactions").any() else name
    mine, gone = by_day[by_day["table"] == name], missing[missing["table"] == name]
    return Section.of(_chart(name, mine, gone, source=f"{report.source.title}, {name}, rows used"))


def _chart(name: str, mine: pd.DataFrame, gone: pd.DataFrame, *, source: str) -> Chart:
    first, last = day(mine["day"].min().date()), day(mine["day"].max().date())
    told = f"{counted(len(gone), 'day')} of {name} without the usual rows"
    return completeness_chart(
        mine,
        gone,
        title=told if len(gone) else f"No day of {name} is missing",
        subtitle=f"Rows of {name} per week, {first} to {last}, n = {number(mine['rows'].sum())}",
        alt=(
            f"Line of rows per week of {name} from {first} to {last}; {told}. Highest day "
            f"{number(mine['rows'].max())} rows, lowest {number(mine['rows'].min())}."
        ),
        source=source,
    )


def day_defects(
    missing: pd.DataFrame,
    by_day: pd.DataFrame,
    late: pd.DataFrame,
    since: pd.DataFrame,
    *,
    late_days: int,
) -> pd.DataFrame:
    """Missing days, rows that came after the last run, rows recorded late.

    Parameters
    ----------
    missing : DataFrame, one row per table and missing day
    by_day : DataFrame, one row per table and day that has rows
    late : DataFrame, one row per table with a recording date
    since : DataFrame, one row per table that the last run had too
    late_days : int

    Returns
    -------
    DataFrame, one row per defect
        severity, kind, table, column : str; rows, of_rows : int; about : dict
    """
    of_days = missing_day_defects(missing, by_day) + late_since_defects(since)
    return as_table(of_days + late_row_defects(late, late_days))


def closed() -> Section:
    """What the check of days cannot tell apart.

    Returns
    -------
    Section
        Words alone.
    """
    return Section.of(note("A closed shop and a lost delivery look the same here."))
