"""A file -> its first rows as text, and how it has to be read."""

import codecs
import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.reading.sheets import as_text, filled_sheets, is_spreadsheet
from crm_helpers.tables.reading.sql import identifier

ROWS, HEAD = 20_000, 1_000_000  # rows, and bytes, looked at
DELIMITERS = (",", ";", "\t", "|")
WHITESPACE = "whitespace"
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class Sample:
    """First rows of a file.

    Attributes
    ----------
    path : Path
    rows : DataFrame of str, shape (at most 20,000, n_columns); of a sheet all rows
    read : dict
        What ``read:`` of a source file has to say; empty where nothing.
    unsure : list of str
        What was guessed and should be looked at.
    """

    path: Path
    rows: pd.DataFrame = field(repr=False)
    read: dict[str, Any]
    unsure: list[str]

    def whole_column(self, column: str) -> pd.Series:
        """One column of all rows, as text."""
        is_whole = "sheet" in self.read or self.read.get("delimiter") == WHITESPACE
        if is_whole or len(self.rows) < ROWS:
            return self.rows[column]
        if self.path.suffix.lower() == ".parquet":
            return _parquet(self.path, column)[column]
        place = self.rows.columns.get_loc(column)
        return _rows_of(self.path, self.rows.columns, self.read, usecols=[place])[column]


def sample_of(path: Path) -> Sample:
    """First rows of a CSV or Parquet file, or all rows of a sheet.

    Raises
    ------
    SourceError
        If there is no such file, or it holds no table.
    """
    if not path.is_file():
        raise SourceError(
            f"FILE: {path} is not there; expected a file with a table. Check the path."
        )
    if path.stat().st_size == 0:
        raise SourceError(f"FILE: {path} is empty (0 bytes); expected rows. Export it again.")
    if is_spreadsheet(path):
        return _sheet(path)
    if path.suffix.lower() == ".parquet":
        return Sample(path, _parquet(path), {}, [])
    return _text(path)


def _parquet(path: Path, column: str = "") -> pd.DataFrame:
    chosen = (
        f"{identifier(column)}::VARCHAR AS {identifier(column)}"
        if column
        else "COLUMNS(*)::VARCHAR"
    )
    limit = "" if column else f" LIMIT {ROWS}"
    with duckdb.connect() as con:
        query = f"SELECT {chosen} FROM read_parquet(?){limit}"
        return con.sql(query, params=[str(path)]).df().fillna("")


def _text(path: Path) -> Sample:
    with path.open("rb") as file:
        head = file.read(HEAD)
    encoding, unsure = encoding_of(head)
    lines = head.decode(encoding, "replace").lstrip("\ufeff").splitlines()
    lines = lines[:-1] if len(head) == HEAD else lines
    delimiter = delimiter_of(lines)
    if delimiter == WHITESPACE:
        return _whitespace(path, lines, encoding, unsure)
    first = next(csv.reader(lines[:1], delimiter=delimiter), [])
    read: dict[str, Any] = {"delimiter": delimiter} if delimiter != "," else {}
    read |= {"encoding": encoding} if encoding != "utf-8" else {}
    if not is_header(first):
        read["header"] = False
        unsure.append("the file has no line of names: its columns are called column0, column1 ...")
        first = [f"column{place}" for place in range(len(first))]
    rows = _rows_of(path, _unique(first), read, nrows=ROWS)
    return Sample(path, rows, read, unsure)


def _rows_of(path: Path, names: Any, read: dict[str, Any], **part: Any) -> pd.DataFrame:
    rows = pd.read_csv(
        path,
        sep=read.get("delimiter", ","),
        encoding=read.get("encoding", "utf-8"),
        header=None,
        names=list(names),
        skiprows=1 if read.get("header", True) else 0,
        dtype=str,
        keep_default_na=False,
        index_col=False,
        on_bad_lines="skip",
        **part,
    )
    return rows.fillna("")


def _sheet(path: Path) -> Sample:
    """Sheet of most rows, which is the table where others hold notes."""
    sheets = filled_sheets(path, "FILE")
    if not sheets:
        raise SourceError(f"FILE: {path.name} has no sheet that holds a table. Export it again.")
    name = max(sheets, key=lambda one: len(sheets[one]))
    first, *rest = [[as_text(cell) for cell in row] for row in sheets[name]]
    rows = pd.DataFrame(rest, columns=_unique(first), dtype=str)
    others = ", ".join(one for one in sheets if one != name)
    unsure = [f"sheet {name!r} is taken, because it has most rows; there are {others}"]
    return Sample(path, rows, {"sheet": name}, unsure if others else [])


def _whitespace(path: Path, lines: list[str], encoding: str, unsure: list[str]) -> Sample:
    rows = pd.DataFrame([line.split() for line in lines[:ROWS] if line.strip()])
    names = [f"column{n}" for n in range(rows.shape[1])]
    read = {"delimiter": WHITESPACE, "names": names}
    read |= {"encoding": encoding} if encoding != "utf-8" else {}
    told = "the file has no line of names: say under `names:` what its columns are"
    return Sample(path, rows.set_axis(names, axis=1), read, [*unsure, told])


def encoding_of(head: bytes) -> tuple[str, list[str]]:
    """Encoding of the first bytes of a file, and what is unsure about it."""
    for mark, name in BOMS:
        if head.startswith(mark):
            return name, []
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < HEAD)
    except UnicodeDecodeError:
        return "windows-1252", [
            "encoding: not UTF-8; taken for windows-1252, look at the umlauts and accents"
        ]
    return "utf-8", []


def delimiter_of(lines: list[str]) -> str:
    """Mark that cuts most lines into the same number of parts, more than one."""
    some = lines[:200]
    best, found = (0.0, 1), ","
    for mark in DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(some, delimiter=mark) if row)
        if not widths:
            continue
        width, lines_of_it = widths.most_common(1)[0]
        share = lines_of_it / sum(widths.values())
        if width > 1 and (share, width) > best:
            best, found = (share, width), mark
    widths = Counter(len(line.split()) for line in some if line.strip())
    if best == (0.0, 1) and len(widths) == 1 and next(iter(widths)) > 1:
        return WHITESPACE
    return found


def is_header(first: list[str]) -> bool:
    """Whether a first line holds names: words, each once, none of them a number."""
    texts = [text.strip() for text in first]
    filled = [text for text in texts if text]
    return (
        bool(filled) and len(set(filled)) == len(filled) and not any(_is_number(t) for t in filled)
    )


def _is_number(text: str) -> bool:
    return (
        text.replace(".", "")
        .replace(",", "")
        .replace("-", "")
        .replace("/", "")
        .replace(":", "")
        .isdigit()
    )


def _unique(names: list[str]) -> list[str]:
    seen: Counter[str] = Counter()
    made = []
    for place, name in enumerate(names):
        name = name.strip() or f"column{place}"
        seen[name] += 1
        made.append(name if seen[name] == 1 else f"{name}_{seen[name] - 1}")
    return made
