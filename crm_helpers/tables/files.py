"""Files a source names -> tables of DuckDB, or one sentence on why not."""

import glob
import os
import re
from pathlib import Path

from crm_helpers.tables.demo_files import demo_folder
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.paths import data_dir, expand
from crm_helpers.tables.reading.sql import quoted
from crm_helpers.tables.sources import Source

_IN_QUOTES = re.compile(r"'((?:[^']|'')*\$\{\w+\}(?:[^']|'')*)'")
_FILE_NAME = re.compile(
    r"\$\{|/|\.(csv|tsv|txt|data|parquet|json|jsonl|ndjson|gz|xlsx|xlsm|xls|ods)$", re.IGNORECASE
)


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
