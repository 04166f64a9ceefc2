"""Text files, sheets and Parquet that a source names -> a view of DuckDB with one reading each."""

from pathlib import Path

import duckdb
from ibis.backends.duckdb import Backend

from crm_helpers.tables.contracts import CONTRACTS
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.reading import copies, sheets
from crm_helpers.tables.reading.columns import Told, Wanted, as_read
from crm_helpers.tables.reading.engine_words import first_line
from crm_helpers.tables.reading.fill_down import filled_down
from crm_helpers.tables.reading.sql import identifier, quoted
from crm_helpers.tables.sources import Reading, Source

_TEXT_NULL = b"\0"


def view_of_files(
    con: Backend, source: Source, table: str, paths: list[Path], scratch: Path
) -> tuple[str, list[Told]]:
    """Name of a view over the files of a table, and how its texts were read.

    Parameters
    ----------
    con : Ibis connection to DuckDB
    source : Source
    table : str
        Canonical name.
    paths : list of Path
    scratch : Path
        Folder for copies of files that DuckDB cannot read as they are.

    Raises
    ------
    SourceError
        If a file is not what its name says, or its values can be read in two ways.
    """
    entry, kind = source.tables[table], _kind(paths[0])
    for path in paths:
        _check_kind(path, kind, table, entry.read)
    view = f"read_{table}"
    try:
        readable, read = _readable(paths, kind, table, entry.read, scratch)
        relation = _relation(con, kind, readable, read)
        if kind == "csv":
            _check_columns(relation.types, table, paths[0])
        wanted = Wanted(table, source, entry, relation.types, relation.is_text)
        held = [_relation(con, kind, [one], read).types for one in readable[1:] and readable]
        told = _partly(held, paths, wanted)
        query, more = as_read(con, relation, wanted)
        query = filled_down(query, wanted)
        con.raw_sql(f"CREATE OR REPLACE TEMP VIEW {view} AS {query}")
    except (duckdb.Error, UnicodeDecodeError) as error:
        told_by = first_line(error) + _hint(error, paths)
        raise SourceError(
            f"{table}: {paths[0]} could not be read as {kind.upper()}: {told_by}"
        ) from None
    return view, told + more


def _hint(error: Exception, paths: list[Path]) -> str:
    if "utf-8" not in str(error):
        return ""
    return next((told for path in paths if (told := copies.odd_bytes(path))), "")


def _kind(path: Path) -> str:
    name = path.name.lower().removesuffix(".gz")
    if name.endswith(".parquet"):
        return "parquet"
    return "json" if name.endswith((".json", ".jsonl", ".ndjson")) else "csv"


def _check_kind(path: Path, kind: str, table: str, read: Reading) -> None:
    if path.suffix.lower() == ".gz" or sheets.is_spreadsheet(path):
        return
    with path.open("rb") as file:
        head = file.read(4096)
    if kind == "parquet" and not head.startswith(b"PAR1"):
        begin = head[:20].decode("utf-8", "replace").splitlines()[0]
        raise SourceError(
            f"{table}: {path} is not a Parquet file (it begins with {begin!r}); expected the "
            "marks of Parquet. Export it again, or name it .csv if it is text."
        )
    is_wide = "16" in read.encoding or "32" in read.encoding or copies.marked_encoding(path)
    if kind != "parquet" and not is_wide and (_TEXT_NULL in head or head.startswith(b"PAR1")):
        raise SourceError(
            f"{table}: {path} is not a text file (it holds binary data); expected "
            f"{kind.upper()}. Export it again, or give it the ending of what it is."
        )


def _readable(
    paths: list[Path], kind: str, table: str, read: Reading, scratch: Path
) -> tuple[list[Path], Reading]:
    """Files that DuckDB can read, copied where need be, and what is left to be said of them."""
    if kind != "csv":
        return paths, read
    found = [
        _one_readable(path, scratch / f"{table}_{place}.csv", table, read)
        for place, path in enumerate(paths)
    ]
    is_sheet = any(sheets.is_spreadsheet(path) for path in paths)
    return found, read.model_copy(update={"delimiter": ",", "quote": '"'}) if is_sheet else read


def _one_readable(path: Path, copy: Path, table: str, read: Reading) -> Path:
    around = {"skip": read.skip_rows, "footer": read.skip_footer}
    if sheets.is_spreadsheet(path):
        return sheets.sheet_copy(path, copy, str(read.sheet), table=table, **around)
    encoding = copies.codec_of(read.encoding, f"{table}: {path}")
    if encoding in copies.UTF8:
        encoding = copies.marked_encoding(path) or "utf-8"
    if encoding in ("utf-8", "utf-8-sig") and not any(around.values()):
        return path
    return copies.utf8_copy(path, copy, encoding, **around)


class _Relation:
    """SELECTs over the files of a table that all give its columns the same types."""

    def __init__(self, con: Backend, call: str, *, is_text: bool = False) -> None:
        self.call, self.is_text = call, is_text
        rows = con.raw_sql(f"DESCRIBE SELECT * FROM {call}").fetchall()
        self.types = {row[0]: row[1] for row in rows}

    def __call__(self, text: set[str]) -> str:
        """SELECT of all columns, of which the named ones keep their characters."""
        kept = [name for name in self.types if name in text and self.types[name] != "VARCHAR"]
        if not (self.is_text and kept):
            return f"SELECT * FROM {self.call}"
        types = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in kept)
        return f"SELECT * FROM {self.call[:-1]}, types = {{{types}}})"


def _relation(con: Backend, kind: str, paths: list[Path], read: Reading) -> _Relation:
    files = "[" + ", ".join(quoted(str(path)) for path in paths) + "]"
    by_name = ", union_by_name = true" if len(paths) > 1 else ""
    if kind == "parquet":
        return _Relation(con, f"read_parquet({files}{by_name})")
    if kind == "json":  # its own guesses of dates are not asked for
        plain = "dateformat = '%Y-%m-%d', timestampformat = '%Y-%m-%dT%H:%M:%S'"
        return _Relation(con, f"read_json_auto({files}{by_name}, {plain})")
    if read.delimiter == "whitespace":
        return _Relation(con, f"({_split_query(con, files, read)})")
    call = f"read_csv({files}, {_csv_options(read)}{by_name}, sample_size = -1)"
    return _Relation(con, call, is_text=True)


def _check_columns(types: dict[str, str], table: str, path: Path) -> None:
    """Refuse lines that could not be cut into columns, which DuckDB reads as one column."""
    names = list(types)
    cut_by = [mark for mark in ",;\t|" if mark in names[0]]
    if len(names) == 1 and cut_by:
        raise SourceError(
            f"{table}: {path} was read as one column, {names[0][:60]!r}; expected columns cut by "
            f"{cut_by[0]!r}. Its lines differ in length or a quote is left open; mend them, or "
            "state delimiter and quote under `read:`."
        )


def _partly(held: list[dict[str, str]], paths: list[Path], wanted: Wanted) -> list[Told]:
    """Columns that some files of a pattern do not have; they are empty there.

    Raises
    ------
    SourceError
        If a file lacks a column that may not be empty: it is another kind of file.
    """
    told, contract = [], CONTRACTS[wanted.table]
    for types, path in zip(held, paths[: len(held)], strict=True):
        have = {name.lower() for name in types}
        for column in (name for name in wanted.types if name.lower() not in have):
            name = wanted.plain().get(column, column)
            found = contract.column(name)
            if found and not found.may_be_empty:
                raise SourceError(
                    f"{wanted.table}: {path} has no column {column!r}, which other files of "
                    f"{wanted.entry.from_} have; expected {name} in each. Export it with the same "
                    "columns, or take it out of the pattern."
                )
            here = {"table": wanted.table, "column": name, "value": path.name, "rows": 1}
            told.append({**here, "code": "not_in_file"})
    return told


def _csv_options(read: Reading) -> str:
    options = {"header": str(read.header and not read.names).lower()}
    # Left to itself, DuckDB skips the lines before the longest one without a word.
    options["skip"] = "1" if read.header and read.names else "0"
    if read.names:
        options["names"] = "[" + ", ".join(quoted(name) for name in read.names) + "]"
    for option, value in (("delim", read.delimiter), ("quote", read.quote)):
        if value:
            options[option] = quoted(value)
    if read.missing:
        words = [quoted(word) for word in ["", *read.missing]]
        options["nullstr"] = f"[{', '.join(words)}]"
    return ", ".join(f"{name} = {value}" for name, value in options.items())


def _split_query(con: Backend, files: str, read: Reading) -> str:
    lines = (
        f"SELECT regexp_split_to_array(trim(line), '\\s+') AS words FROM read_csv({files}, "
        "header = false, columns = {'line': 'VARCHAR'}, delim = chr(1), quote = '', escape = '') "
        "WHERE trim(line) <> ''"
    ).replace("chr(1)", "'\x01'")
    names = read.names
    if not names:
        first = con.raw_sql(f"{lines} LIMIT 1").fetchone()
        names = first[0] if first else []
    skip = " OFFSET 1" if read.header else ""
    columns = ", ".join(
        f"words[{place}] AS {identifier(name)}" for place, name in enumerate(names, start=1)
    )
    return f"SELECT {columns} FROM ({lines}{skip})"
