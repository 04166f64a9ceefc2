"""What a report says about its input: tables, parameters -> HTML."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml
from IPython.core.getipython import get_ipython
from IPython.core.pylabtools import select_figure_formats
from IPython.display import display

from crm_helpers.page.examples import by_hand
from crm_helpers.page.names import column_words
from crm_helpers.page.numerals import NOT_KNOWN, number, period
from crm_helpers.page.parameters import ParameterError, in_namespace
from crm_helpers.page.words import Html, note, table, warning
from crm_helpers.tables.paths import project_root
from crm_helpers.tables.periods import DATED_BY

# Read when a report is opened; the other parameters are passed on by the cells.
FIXED = ("source", "as_of", "seed")


def declared_tables(stem: str) -> list[str]:
    """Tables that the notebook's metadata says it needs or uses; empty without a notebook."""
    try:
        notebook = json.loads((project_root() / f"notebooks/{stem}.ipynb").read_text("utf-8"))
    except (OSError, ValueError):
        return []
    about = notebook.get("metadata", {}).get("crm", {})
    needed = [name for need in about.get("needs", []) for name in need]
    return list(dict.fromkeys([*needed, *about.get("uses", [])]))


def tables_read(tables: Any, names: Sequence[str]) -> Html:
    """One row per table: rows read, used and left out, and the period they cover."""
    counts = tables.counts.set_index("table")
    shown = [name for name in (names or counts.index) if name in counts.index and name in tables]
    rows = counts.loc[shown].reset_index()
    rows["period"] = [_period(tables[name], name) for name in shown]
    columns = {
        "table": "Table",
        "rows_read": ("Rows read", number),
        "rows_excluded": ("Not asked for", number),
        "rows_set_aside": ("Set aside", number),
        "rows_used": ("Rows used", number),
        "period": "Period",
    }
    return Html('<div class="input">') + table(rows, columns) + _why(tables, shown) + Html("</div>")


def _period(rows: Any, name: str) -> str:
    dated = DATED_BY.get(name)
    if dated is None or dated not in rows.columns:
        return NOT_KNOWN
    ends = rows.aggregate(first=rows[dated].min(), last=rows[dated].max()).to_pandas()
    return period(ends["first"][0], ends["last"][0])


def _why(tables: Any, shown: Sequence[str]) -> Html:
    aside = tables.set_aside
    aside = aside[aside["table"].isin(shown)]
    if not len(aside):
        return note("No row was set aside.")
    reasons = aside.groupby(["table", "column", "reason"], sort=False)["rows"].sum()
    reasons = reasons.sort_values(ascending=False, kind="stable")
    told = [
        f"{number(rows)} of {table} ({column_words(column)} {reason})"
        for (table, column, reason), rows in reasons.head(3).items()
    ]
    more = "; the rest stands in the data quality report" if len(reasons) > 3 else ""
    return note(f"Rows set aside, most frequent first: {'; '.join(told)}{more}.")


def differences(stem: str, values: Mapping[str, Any]) -> list[str]:
    """Sentences on the values that differ from ``params/<stem>.yaml``."""
    return [
        f"{name} is {values[name]!r} here and {value!r} in params/{stem}.yaml"
        for name, value in _of_file(stem).items()
        if name in values and _as_cell(value) != values[name]
    ]


def _of_file(stem: str) -> Mapping[str, Any]:
    path = project_root() / f"params/{stem}.yaml"
    return yaml.safe_load(path.read_text("utf-8")) or {} if path.exists() else {}


def _as_cell(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def as_they_stand(opened: Mapping[str, Any], cell: Mapping[str, Any]) -> dict[str, Any]:
    """Parameters with the values that the cell has now: it may have been run again since set-up.

    Parameters
    ----------
    opened : mapping
        Values that the report was opened with.
    cell : mapping
        Namespace of the notebook.

    Raises
    ------
    ParameterError
        If source, as_of or seed changed: these were read when the report was opened.
    """
    # Cells may give other parameters' names to frames of their own.
    values = in_namespace({name: cell[name] for name in opened if name in cell})
    for name in FIXED:
        now, then = values.get(name, ""), opened.get(name, "")
        if now != "" and str(now) != str(then):
            raise ParameterError(
                f"parameters cell: {name} is {now} now, but the report was opened with {then}. Run "
                "the set-up cell and those below it again."
            )
    changeable = {n: values[n] for n in opened if n in values and n not in FIXED}
    return {**opened, **changeable}


def show_opening(stem: str, values: Mapping[str, Any], tables: Any, as_of: dt.date) -> None:
    """Show in JupyterLab the look, values that differ from the file, and example values."""
    show_look()
    show_differences(stem, values)
    show_examples(stem, values, tables, as_of)


def show_look() -> None:
    """Give sections in JupyterLab the look of the page, and let ``.figure`` show as a picture."""
    look = Path(__file__).parent / "template" / "lab.css"
    display(Html(f"<style>{look.read_text('utf-8')}</style>"))
    shell = get_ipython()
    if shell is not None:
        select_figure_formats(shell, {"png"})


def show_differences(stem: str, values: Mapping[str, Any]) -> None:
    """Show a box in JupyterLab when a value of the cell differs from the parameter file."""
    found = differences(stem, values)
    if found:
        display(warning(f"{'; '.join(found)}. The values of the cell stand."))


def show_examples(stem: str, values: Mapping[str, Any], tables: Any, as_of: dt.date) -> None:
    """Show a box in JupyterLab on amounts of the cell that were made for the demo company."""
    own = {*_of_file(stem), *tables.source.parameters.get(stem, {})}
    found = by_hand(values, own, tables, as_of)
    if found:
        display(warning(found))
