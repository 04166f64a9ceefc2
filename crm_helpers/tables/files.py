"""Files a source names -> tables of DuckDB, or one sentence on why not."""

import glob
import os
import re
from pathlib import Path

import duckdb
from ibis.backends.duckdb import Backend

from crm_helpers.tables.demo_files import demo_folder
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.paths import data_dir, expand
from crm_helpers.tables.sources import Reading, Source

_IN_QUOTES = re.compile(r"'((?:[^']|'')*\$\{\w+\}(?:[^']|'')*)'")
_FILE_NAME = re.compile(r"\$\{|/|\.(csv|tsv|txt|data|parquet|json|jsonl|ndjson|gz)$", re.IGNORECASE)
_TEXT_NULL = b"\0"


def is_file(origin: str) -> bool:
    """Return True where a ``from:`` names a file rather than a table of the database."""
    return bool(_FILE_NAME.search(origin))


def paths_in_query(sql: str) -> list[str]:
    """Quoted paths of a query that name a folder of the environment."""
    return [found.replace("''", "'") for found in _IN_QUOTES.findall(sql)]


def with_paths(sql: str) -> str:
    """Return the query with its ``${...}`` paths expanded, each still one quoted literal."""

    def literal(found: re.Match[str]) -> str:
        return quoted(str(expand(found[1].replace("''", "'"), folders())))

    return _IN_QUOTES.sub(literal, sql)


def folders() -> dict[str, Path]:
    """Names that a path in a source file may use."""
    return {"CRM_DATA_DIR": data_dir(), "DEMO_COMPANY": demo_folder()}


def found(origin: str, table: str, source: Source) -> list[Path]:
    """Files that a path or pattern of a source names.

    Raises
    ------
    SourceError
        If there is none: says where it was looked for and where the publisher offers it.
    """
    path = located(origin, table, source)
    matches = sorted(Path(match) for match in glob.glob(str(path))) or [path]
    for match in matches:
        _check_there(match, table, source)
    return matches


def located(origin: str, table: str, source: Source) -> Path:
    """Path of a ``from:``, which need not be there."""
    try:
        return expand(origin, folders())
    except ValueError as error:
        raise SourceError(f"{source.file}: tables.{table}: {error}") from None


def _check_there(path: Path, table: str, source: Source) -> None:
    if not path.is_file():
        offered = (
            f" The publisher offers it at {source.download.strip()}." if source.download else ""
        )
        raise SourceError(
            f"{table}: {path.name} is not there; it was looked for in {path.parent}.{offered} "
            f"Put the file there, or set CRM_DATA_DIR to the folder that holds the data."
        )
    if path.stat().st_size == 0:
        raise SourceError(f"{table}: {path} is empty (0 bytes); expected rows. Export it again.")
    if not os.access(path, os.R_OK):
        raise SourceError(f"{table}: {path} may not be read by this user; change its permissions.")


def view_of_file(
    con: Backend, table: str, paths: list[Path], read: Reading, as_text: set[str]
) -> str:
    """Name of a view over files; source columns in ``as_text`` keep their characters.

    Raises
    ------
    SourceError
        If a file is not what its name says.
    """
    kind = _kind(paths[0])
    for path in paths:
        _check_kind(path, kind, table)
    files = "[" + ", ".join(quoted(str(path)) for path in paths) + "]"
    view = f"read_{table}"
    try:
        if kind == "parquet":
            query = f"SELECT * FROM read_parquet({files})"
        elif kind == "json":
            query = f"SELECT * FROM read_json_auto({files})"
        elif read.delimiter == "whitespace":
            query = _split_query(con, files, read)
        else:
            query = _csv_query(con, files, read, as_text)
        con.raw_sql(f"CREATE OR REPLACE TEMP VIEW {view} AS {query}")
        if kind == "csv":
            _check_columns(con, view, table, paths[0])
    except (duckdb.Error, UnicodeDecodeError) as error:
        raise SourceError(
            f"{table}: {paths[0]} could not be read as {kind.upper()}: {first_line(error)}"
        ) from None
    return view


def _check_columns(con: Backend, view: str, table: str, path: Path) -> None:
    """Refuse lines that could not be cut into columns, which DuckDB reads as one column."""
    names = [row[0] for row in con.raw_sql(f"DESCRIBE {view}").fetchall()]
    cut_by = [mark for mark in ",;\t|" if mark in names[0]]
    if len(names) == 1 and cut_by:
        raise SourceError(
            f"{table}: {path} was read as one column, {names[0][:60]!r}; expected columns cut by "
            f"{cut_by[0]!r}. Its lines differ in length or a quote is left open; mend them, or "
            "state delimiter and quote under `read:`."
        )


def quoted(text: str) -> str:
    """Text as a literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def first_line(error: BaseException) -> str:
    """First sentence of an engine's message, without its hints."""
    lines = [line.strip() for line in str(error).strip().partition("\n\n")[0].splitlines()]
    if not lines:
        return type(error).__name__ + "."
    if "CSV Error on Line" in lines[0]:  # what is wrong stands under the line itself
        lines[0] = ": ".join([lines[0], *lines[2:3]])
    return lines[0].rstrip(".") + "."


def _kind(path: Path) -> str:
    name = path.name.lower().removesuffix(".gz")
    if name.endswith(".parquet"):
        return "parquet"
    return "json" if name.endswith((".json", ".jsonl", ".ndjson")) else "csv"


def _check_kind(path: Path, kind: str, table: str) -> None:
    if path.suffix.lower() == ".gz":
        return
    with path.open("rb") as file:
        head = file.read(4096)
    if path.suffix.lower() in (".xlsx", ".xls", ".ods"):
        raise SourceError(
            f"{table}: {path} is a spreadsheet; expected CSV or Parquet. Save the sheet as CSV."
        )
    if kind == "parquet" and not head.startswith(b"PAR1"):
        begin = head[:20].decode("utf-8", "replace").splitlines()[0]
        raise SourceError(
            f"{table}: {path} is not a Parquet file (it begins with {begin!r}); expected the "
            "marks of Parquet. Export it again, or name it .csv if it is text."
        )
    if kind != "parquet" and (_TEXT_NULL in head or head.startswith(b"PAR1")):
        raise SourceError(
            f"{table}: {path} is not a text file (it holds binary data); expected "
            f"{kind.upper()}. Export it again, or give it the ending of what it is."
        )


def _csv_query(con: Backend, files: str, read: Reading, as_text: set[str]) -> str:
    options = _csv_options(read)
    call = f"read_csv({files}, {options}, sample_size = -1)"
    columns = [row[0] for row in con.raw_sql(f"DESCRIBE SELECT * FROM {call}").fetchall()]
    kept = [name for name in columns if name in as_text]
    if not kept:
        return f"SELECT * FROM {call}"
    types = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in kept)
    return f"SELECT * FROM read_csv({files}, {options}, sample_size = -1, types = {{{types}}})"


def _csv_options(read: Reading) -> str:
    options = {"header": str(read.header and not read.names).lower()}
    # Left to itself, DuckDB skips the lines before the longest one without a word.
    options["skip"] = "1" if read.header and read.names else "0"
    if read.names:
        options["names"] = "[" + ", ".join(quoted(name) for name in read.names) + "]"
    for option, value in (
        ("delim", read.delimiter),
        ("dateformat", read.date_format),
        ("timestampformat", read.timestamp_format),
        ("quote", read.quote),
        ("encoding", read.encoding if read.encoding != "utf-8" else ""),
    ):
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


def identifier(name: str) -> str:
    """Name as a quoted identifier of SQL."""
    return '"' + name.replace('"', '""') + '"'
