"""Frames of the data quality report -> tables of its page."""

from collections.abc import Callable
from html import escape

import pandas as pd

from crm_helpers.measures.quality.shift_words import PSI_OF
from crm_helpers.page.numerals import counted, number, percent
from crm_helpers.page.words import MOST_ROWS, Html, note, table
from crm_helpers.questions.data_quality.reads import touched
from crm_helpers.tables.checked import CheckedTables
from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.preprocessing import preprocessing

NO_RANGE = ("text", "flag")  # a text of the data may name a person


def counts_table(counts: pd.DataFrame) -> Html:
    """Rows read, excluded, set aside and used, per table and in total."""
    columns = {
        "table": "Table",
        "rows_read": ("Rows read", number),
        "rows_excluded": ("Not asked for", number),
        "rows_set_aside": ("Set aside", number),
        "rows_used": ("Used", number),
        "exact_duplicates": ("Equal lines", number),
    }
    total = {name: counts[name].sum() for name in columns if name != "table"}
    return table(counts, columns, total=total)


def profile_tables(profiles: pd.DataFrame) -> Html:
    """Every column of every table, one folded part per table."""
    parts = [_profile(name, mine) for name, mine in profiles.groupby("table", sort=False)]
    return sum(parts[1:], parts[0]) if parts else Html("")


def _profile(name: str, mine: pd.DataFrame) -> Html:
    head = f"{name}: {counted(len(mine), 'column')}, {number(mine['rows'].max())} rows"
    shown = mine.assign(
        missing_share=mine["missing"] / mine["rows"].clip(lower=1),
        range=[_range(row) for row in mine.to_dict("records")],
        means=[_meaning(name, column) for column in mine["column"]],
    )
    columns = {
        "column": "Column",
        "missing_share": ("Empty", percent),
        "means": "Empty means",
        "distinct": ("Distinct", number),
        "range": "Range",
    }
    pieces = [
        table(shown.iloc[start : start + MOST_ROWS], columns)
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


def orphans_table(orphans: pd.DataFrame) -> Html:
    """References between the tables, those with orphans first."""
    shown = orphans.assign(share=orphans["orphans"] / orphans["rows_with_id"].clip(lower=1))
    shown = shown.sort_values("orphans", ascending=False, kind="stable").head(MOST_ROWS)
    columns = {
        "table": "Table",
        "column": "Id",
        "parent": "Looked up in",
        "rows_with_id": ("Rows with an id", number),
        "orphans": ("Without partner", number),
        "share": ("Share", percent),
    }
    return table(shown, columns) if len(shown) else note("The source has one table only.")


def defects_table(defects: pd.DataFrame, reads: dict[str, dict[str, str]]) -> Html:
    """The gravest defects: where, what, how many rows, and the reports that read the table."""
    shown = defects.head(MOST_ROWS)
    shown = shown.assign(touches=[touched(name, reads) for name in shown["table"]])
    columns = {
        "severity": "Severity",
        "table": "Table",
        "what": "What",
        "rows": ("Rows", number),
        "share": ("Share", percent),
        "touches": "Reports that read it",
    }
    return table(shown, columns) if len(shown) else note("No defect was found.")


def more_defects_table(defects: pd.DataFrame, reads: dict[str, dict[str, str]]) -> Html:
    """The defects after the gravest twelve."""
    rest = len(defects) - 2 * MOST_ROWS
    told = note(f"{counted(rest, 'smaller defect')} more.") if rest > 0 else Html("")
    few = len(defects) <= MOST_ROWS
    return note("These are all.") if few else defects_table(defects[MOST_ROWS:], reads) + told


def remedies_table(defects: pd.DataFrame) -> Html:
    """What to do about each defect, gravest first."""
    columns = {"table": "Table", "what": "What", "remedy": "What was done, and what to do"}
    shown = defects[defects["severity"] != "kept as it is"].head(MOST_ROWS)
    return table(shown, columns) if len(shown) else note("There is nothing to mend.")


def sales_table(sales: pd.DataFrame, money: Callable[[float], str]) -> Html:
    """Sales with and without a customer, returns and what is left."""
    columns = {"what": "What", "amount": ("Amount", money)}
    return table(sales, columns) if len(sales) else note("Map unit_price to state sales.")


def alarms_table(alarms: pd.DataFrame) -> Html:
    """How strong each leakage alarm is, for the analyst."""
    columns = {
        "column": "Attribute",
        "outcome": "Outcome",
        "alone_auc": ("AUC alone", lambda value: number(value, 2)),
        "auc_cost": ("AUC lost without it", lambda value: number(value, 2)),
    }
    return table(alarms.head(MOST_ROWS), columns) if len(alarms) else Html("")


def trust_table(trust: pd.DataFrame) -> Html:
    """Verdict on each report."""
    columns = {
        "report": "Report",
        "verdict": "Verdict",
        "because": "Because",
        "defects": ("Defects in its tables", number),
    }
    return table(trust.head(MOST_ROWS), columns) if len(trust) else note("No other report yet.")


def changes_table(changes: pd.DataFrame) -> Html:
    """Changes of the business this quarter."""
    columns = {"table": "Table", "kind": "Kind", "what": "What changed"}
    shown = changes.head(MOST_ROWS)
    return table(shown, columns) if len(shown) else note("Nothing changed beyond the usual.")


def drift_table(changes: pd.DataFrame) -> Html:
    """PSI of the columns that moved most this quarter, for the analyst."""
    shown = changes.sort_values("psi", ascending=False, kind="stable").head(MOST_ROWS)
    columns = {
        "table": "Table",
        "column": "Column",
        "psi": (PSI_OF, lambda value: number(value, 2)),
        "missing_now": ("Empty now", percent),
        "missing_then": ("Empty before", percent),
    }
    return table(shown, columns) if len(shown) else note("No column could be compared.")


def leaks_table(alarms: pd.DataFrame) -> Html:
    """Attributes that seem to know an outcome."""
    columns = {
        "table": "Table",
        "column": "Attribute",
        "outcome": "Outcome it knows",
        "rows": ("Rows tried", number),
    }
    return table(alarms.head(MOST_ROWS), columns) if len(alarms) else note("No alarm was raised.")


def preprocessing_table(tables: CheckedTables) -> Html:
    """What was done to the data before any report read them."""
    steps = preprocessing(tables).head(MOST_ROWS)
    columns = {"step": "Step", "table": "Table", "what": "What", "rows": ("Rows", number)}
    return table(steps, columns) if len(steps) else note("Nothing had to be done.")
