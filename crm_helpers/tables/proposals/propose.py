"""Files -> a proposed source: a table to look at and correct, a source file to run."""

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.errors import SourceError, did_you_mean
from crm_helpers.tables.paths import project_root
from crm_helpers.tables.proposals.found import FoundTable, found_table, last_day
from crm_helpers.tables.proposals.sample import sample_of
from crm_helpers.tables.proposals.source_file import source_text
from crm_helpers.tables.proposals.words import words_of

ENDINGS = (".csv", ".tsv", ".txt", ".parquet", ".xlsx")
CURRENCIES = frozenset(
    "EUR USD GBP CHF JPY SEK NOK DKK PLN CZK HUF BRL MXN CAD AUD INR CNY".split()
)


@dataclass(frozen=True)
class Proposal:
    """A source as it was guessed; nothing is written until `write` is called.

    Attributes
    ----------
    title, currency : str
    until : date or None
    tables : list of FoundTable
    """

    title: str
    currency: str
    until: dt.date | None
    tables: list[FoundTable] = field(repr=False)

    @property
    def columns(self) -> pd.DataFrame:
        """Every column of every file, with what it was taken for.

        Returns
        -------
        DataFrame of str, one row per column of a file
            file, column, table, taken_for (a canonical name, attribute, or empty), says (why, or
            the question), examples
        """
        return pd.DataFrame(
            [line for table in self.tables for line in _lines(table)],
            columns=["file", "column", "table", "taken_for", "says", "examples"],
        )

    def with_column(self, column: str, taken_for: str) -> "Proposal":
        """Proposal in which a column of a file is taken for another one, or for nothing ("").

        Raises
        ------
        SourceError
            If no file has that column, or its table has no such canonical column.
        """
        owner = next((table for table in self.tables if column in table.looks), None)
        if owner is None:
            known = [name for table in self.tables for name in table.looks]
            raise SourceError(f"{column!r}: no file has that column{did_you_mean(column, known)}")
        known = CONTRACTS[owner.table].names()
        if taken_for and taken_for not in (*known, "attribute"):
            raise SourceError(
                f"{owner.table}: unknown {taken_for!r}{did_you_mean(taken_for, known)} "
                f"Known: {', '.join(known)}, attribute."
            )
        tables = [_corrected(t, column, taken_for) if t is owner else t for t in self.tables]
        return replace(self, tables=tables)

    def text(self) -> str:
        """Text of the source file."""
        return source_text(self.title, self.currency, self.until, self.tables)

    def write(self, name: str) -> Path:
        """Write params/sources/<name>.yaml and return its path.

        Raises
        ------
        SourceError
            If there is such a file already: it is never overwritten.
        """
        path = project_root() / "params" / "sources" / f"{name}.yaml"
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(self.text())
        except FileExistsError:
            raise SourceError(
                f"params/sources/{path.name} is there already and is not overwritten. "
                "Write NAME= and another name, or take the file away."
            ) from None
        return path

    def _repr_html_(self) -> str:
        return self.columns.to_html(index=False, escape=True)


def propose_source(*files: str | Path, title: str = "", table: str = "") -> Proposal:
    """A source proposed from files: which table each is, and which column is which.

    Parameters
    ----------
    *files : str or Path
        CSV or Parquet files, or a folder of them.
    title : str, default the name of the first file
    table : str, default what the columns say
        Canonical table, where it is known.

    Returns
    -------
    Proposal

    Raises
    ------
    SourceError
        If a file is not there, cannot be read, or is of no known kind.

    Examples
    --------
    In JupyterLab ``propose_source("orders.csv")`` is shown as a table; then
    ``.with_column("Ref", "order_id").write("shop")``.
    """
    paths = [path for one in files for path in _files(Path(one).expanduser())]
    found, days, money = [], [], []
    for path in paths:
        sample = sample_of(path)
        one = found_table(sample, table)
        _check_once(one, found)
        found.append(one)
        days.append(last_day(one, sample))
        money += _currencies(sample.rows)
    until = max((day for day in days if day), default=None)
    return Proposal(
        title or _titled(paths[0]), money[0] if len(set(money)) == 1 else "", until, found
    )


def name_of(path: Path) -> str:
    """Name of a source after its file."""
    return "_".join(words_of(path.stem)) or "source"


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.iterdir() if p.suffix.lower() in ENDINGS)
    if not found:
        raise SourceError(
            f"FILE: {path} holds no file that ends in {', '.join(ENDINGS)}; expected tables."
        )
    return found


def _check_once(one: FoundTable, earlier: list[FoundTable]) -> None:
    twin = next((other for other in earlier if other.table == one.table), None)
    if twin is not None:
        raise SourceError(
            f"{twin.path.name} and {one.path.name} both look like {one.table}; expected one file "
            "for each table. Leave one out, or join them afterwards with a pattern under `from:`, "
            "such as orders_*.csv."
        )


def _currencies(rows: pd.DataFrame) -> list[str]:
    columns = [
        name
        for name in rows
        if words_of(name)[-1:] in (("currency",), ("waehrung",), ("devise",), ("moneda",))
    ]
    return [
        value
        for name in columns
        for value in rows[name].str.upper().unique()
        if value in CURRENCIES
    ]


def _titled(path: Path) -> str:
    return re.sub(r"[_-]+", " ", path.stem).strip().capitalize() or "Source"


def _lines(table: FoundTable) -> list[tuple[str, ...]]:
    taken = {
        column: (name, table.reasons.get(name, "as corrected"))
        for name, column in table.columns.items()
    }
    asked = {
        text.split('"')[1] if text.startswith('"') else text: ("", f"{name}? {why}")
        for name, (text, why) in table.asked.items()
    }
    rest = dict.fromkeys(table.attributes, ("attribute", "")) | {
        name: ("", f"left out: {why}") for name, why in table.left_out.items()
    }
    told = rest | asked | taken
    return [
        (table.path.name, column, table.table, *told[column], ", ".join(looks.examples[:3]))
        for column, looks in table.looks.items()
        if column in told
    ]


def _corrected(table: FoundTable, column: str, taken_for: str) -> FoundTable:
    columns = {name: of for name, of in table.columns.items() if of != column and name != taken_for}
    asked = {n: q for n, q in table.asked.items() if column not in q[0] and n != taken_for}
    attributes = [name for name in table.attributes if name != column]
    left_out = {name: why for name, why in table.left_out.items() if name != column}
    freed = [of for name, of in table.columns.items() if name == taken_for and of != column]
    if taken_for == "attribute":
        attributes.append(column)
    elif taken_for:
        columns[taken_for] = column
    else:
        left_out[column] = "as corrected"
    made = {name: of for name, of in table.made.items() if name != taken_for}
    reasons = table.reasons | {taken_for: "as corrected"}
    return replace(
        table,
        columns=columns,
        asked=asked,
        attributes=[*attributes, *freed],
        left_out=left_out,
        made=made,
        reasons=reasons,
    )
