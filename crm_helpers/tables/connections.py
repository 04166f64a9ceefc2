"""A connection URL -> an Ibis connection, with credentials from the environment alone."""

import contextlib
import os
import re
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import ibis
from ibis.backends.duckdb import Backend as DuckDB

from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.paths import data_dir
from crm_helpers.tables.sources import Source

_NAME = re.compile(r"\$\{(\w+)\}")
EMBEDDED = "duckdb://"


def connect(source: Source) -> Any:
    """Return the Ibis connection of a source.

    Raises
    ------
    SourceError
        If an environment variable is not set, the engine's driver is not installed, or it
        does not answer. Secrets are blotted out of the message.
    """
    if source.connection == EMBEDDED:
        return embedded(source.time_zone)
    secrets = _secrets(source)
    url = _expanded(source.connection, secrets)
    engine = url.partition("://")[0]
    try:
        # Kernels read at the same time; DuckDB lets only readers share a file.
        con = ibis.connect(url, **({"read_only": True} if engine == "duckdb" else {}))
        return _in_zone(con, source.time_zone) if engine == "duckdb" else con
    except ImportError as error:
        raise SourceError(
            f"connection: the driver of {engine} is not installed ({error}). "
            f"Install it: pip install 'ibis-framework[{engine}]'."
        ) from None
    except Exception as error:  # every driver has its own kinds
        raise SourceError(f"connection: {engine} {_blotted(error, secrets)}") from None


def embedded(time_zone: str = "") -> DuckDB:
    """Return a DuckDB in memory with the limits of CRM_DUCKDB_THREADS, _MEMORY and _SPILL.

    Parameters
    ----------
    time_zone : str, optional
        Where time stamps with an offset are read; UTC on every machine when empty.
    """
    options = {
        "threads": os.environ.get("CRM_DUCKDB_THREADS"),
        "memory_limit": os.environ.get("CRM_DUCKDB_MEMORY"),
        # DuckDB's own choice would be the working directory, which may be notebooks/.
        "temp_directory": os.environ.get("CRM_DUCKDB_SPILL") or _spill_folder(),
    }
    con = ibis.duckdb.connect(**{name: value for name, value in options.items() if value})
    # In a notebook without ipywidgets DuckDB shows no bar and refuses to be told so.
    with contextlib.suppress(duckdb.InvalidInputException):
        con.raw_sql("SET enable_progress_bar = false")
    return _in_zone(con, time_zone)


def _in_zone(con: DuckDB, time_zone: str) -> DuckDB:
    con.raw_sql(f"SET TimeZone = '{time_zone or 'UTC'}'")
    return con


def _spill_folder() -> str:
    # On Windows the folder of temporary files is the user's own.
    user = os.getuid() if hasattr(os, "getuid") else "mine"
    return str(Path(tempfile.gettempdir()) / f"crm_spill_{user}")


def _secrets(source: Source) -> dict[str, str]:
    names = [name for name in _NAME.findall(source.connection) if name != "CRM_DATA_DIR"]
    for name in names:
        if name not in os.environ:
            raise SourceError(
                f"{source.file}: connection: environment variable {name} is not set; it stands "
                f"in the connection. Set it before the run: export {name}=..."
            )
    return {name: os.environ[name] for name in names}


def _expanded(url: str, secrets: dict[str, str]) -> str:
    def value(found: re.Match[str]) -> str:
        if found[1] == "CRM_DATA_DIR":
            return str(data_dir())
        whole = found[0] == url
        return secrets[found[1]] if whole else quote(secrets[found[1]], safe="")

    return _NAME.sub(value, url)


def _blotted(error: Exception, secrets: dict[str, str]) -> str:
    text = str(error).splitlines()[0] if str(error) else type(error).__name__
    for value in filter(None, secrets.values()):
        text = text.replace(value, "***").replace(quote(value, safe=""), "***")
    return f"did not answer: {text.rstrip('.')}."
