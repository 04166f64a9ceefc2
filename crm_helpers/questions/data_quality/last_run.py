"""The previous run of a report and today's tables -> rows that arrived since, for earlier days."""

import datetime as dt

import pandas as pd

from crm_helpers.features.known_tables import rows_known
from crm_helpers.page.findings import Finding, finding
from crm_helpers.page.report import Report
from crm_helpers.page.trends import earlier_report

SUFFIX = "_rows_known"


def late_since(report: Report) -> pd.DataFrame:
    """Rows of days up to the previous run's as_of that were not there then.

    Returns
    -------
    DataFrame, one row per table that both runs have
        table : str, until : date, then, now, late : int (negative: rows that are gone)
        Empty without a previous run.
    """
    columns = ["table", "until", "then", "now", "late"]
    before = earlier_report(report.history, report.as_of, report.stem)
    if not before:
        return pd.DataFrame(columns=columns)
    until = dt.date.fromisoformat(before["as_of"])
    now = rows_known(report.tables, until)
    then = {name: before["findings"].get(name + SUFFIX, {}).get("value") for name in now}
    rows = [(n, until, then[n], now[n], now[n] - then[n]) for n in now if then[n] is not None]
    return pd.DataFrame(rows, columns=columns)


def findings(report: Report) -> dict[str, Finding]:
    """Rows of each dated table up to as_of, for the next run to compare with.

    Parameters
    ----------
    report : Report

    Returns
    -------
    dict of name to finding
        <table>_rows_known of every dated table.
    """
    known = rows_known(report.tables, report.as_of)
    names = {f"{table}{SUFFIX}": rows for table, rows in known.items()}
    return {name: finding(name, rows, unit="rows") for name, rows in names.items()}
