"""What a source holds and what each report would do with it: a request -> tables of text."""

import datetime as dt

import pandas as pd
from rich.console import Console
from rich.table import Table

from crm_helpers.page.numerals import NOT_KNOWN, counted, number, period
from crm_helpers.page.opening import DATED_BY
from crm_helpers.runner import preparing
from crm_helpers.runner.plan import OVERVIEW, Job, chosen, plan
from crm_helpers.runner.refusals import as_of_of
from crm_helpers.runner.request import Request
from crm_helpers.runner.session import limit_of
from crm_helpers.tables.checked import CheckedTables, open_tables
from crm_helpers.tables.sources import load_source

MOST_REASONS = 3
NUMBERS = ("rows read", "set aside", "used")


def check(request: Request, console: Console) -> None:
    """Read and check a source, and say what was found; no report is made.

    Parameters
    ----------
    request : Request
    console : Console
        Where it is said.

    Raises
    ------
    SourceError, ParameterError
        With a sentence for the user.
    """
    source = load_source(request.source)
    as_of = as_of_of(request, source)
    console.print(f"Reading {source.title} …", markup=False)
    tables = open_tables(source)
    as_of, because = preparing.day_in_data(request, as_of, tables)
    if because:
        console.print(because, markup=False, soft_wrap=True)
    preparing.check_as_of(as_of, tables)
    planned = plan(request, source, as_of, tables.fingerprint)
    jobs = [planned[stem] for stem in chosen(request) if stem != OVERVIEW]
    console.print(_table(held(tables)))
    for line in refused(tables):
        console.print(line, markup=False, soft_wrap=True)
    console.print(_table(outlook(jobs, tables, limit_of(planned))))
    console.print(_closing(request.source, as_of), markup=False, soft_wrap=True)


def held(tables: CheckedTables) -> pd.DataFrame:
    """Rows of each table and the days they cover, as text.

    Returns
    -------
    DataFrame of str, one row per table
        table, rows read, set aside, used, period
    """
    counts = tables.counts
    return pd.DataFrame(
        {
            "table": counts["table"],
            "rows read": counts["rows_read"].map(number),
            "set aside": counts["rows_set_aside"].map(number),
            "used": counts["rows_used"].map(number),
            "period": [_period(tables, name) for name in counts["table"]],
        }
    )


def refused(tables: CheckedTables) -> list[str]:
    """One sentence per table and reason for which rows were set aside, most frequent first.

    The value of the first case is told only where it tells nothing of a person.
    """
    lines = []
    for name, rows in tables.set_aside.groupby("table", sort=False):
        worst = rows.sort_values("rows", ascending=False, kind="stable")
        lines += [
            f"{name}.{row['column']}: {counted(int(row['rows']), 'row')} set aside, "
            f"{row['reason']} (first case: {preparing.first_case(row)})."
            for _, row in worst.head(MOST_REASONS).iterrows()
        ]
    return lines


def outlook(jobs: list[Job], tables: CheckedTables, limit: float) -> pd.DataFrame:
    """What each report would do with these tables.

    Parameters
    ----------
    jobs : list of Job
    tables : CheckedTables
    limit : float
        Share of rows set aside above which the reports that need a table fail.

    Returns
    -------
    DataFrame of str, one row per report
        report, state ("can be made", "skipped", "failed"), why
    """
    found = preparing.obstacles(jobs, tables, limit)
    states = [(job.stem, *found.get(job.stem, ("can be made", ""))) for job in jobs]
    return pd.DataFrame(states, columns=["report", "state", "why"])


def _period(tables: CheckedTables, name: str) -> str:
    column = DATED_BY.get(name)
    if column is None or column not in tables[name].columns:
        return NOT_KNOWN
    ends = tables[name].aggregate(first=tables[name][column].min(), last=tables[name][column].max())
    days = ends.to_pandas()
    return period(days["first"][0], days["last"][0])


def _table(rows: pd.DataFrame) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in rows.columns:
        table.add_column(name, justify="right" if name in NUMBERS else "left")
    for line in rows.itertuples(index=False):
        table.add_row(*(str(cell).replace("[", "\\[") for cell in line))
    return table


def _closing(name: str, as_of: dt.date) -> str:
    return f"To make the reports as of {as_of}: make quarterly-report SOURCE={name}"
