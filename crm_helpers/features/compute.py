"""Feature functions run in the engine: a function, tables and parameters -> a sorted DataFrame."""

import hashlib
import inspect
import json
import os
import tempfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

import crm_helpers

CODE_ROOMS = ("tables", "features")

FeatureFunction = Callable[..., ir.Table]


def compute(
    function: FeatureFunction, tables: Mapping[str, ir.Table], parameters: Mapping[str, Any]
) -> pd.DataFrame:
    """Rows that a feature function gives, with its arguments chosen by name.

    Parameters
    ----------
    function : feature function
        Positional parameters are named after canonical tables, keyword-only ones
        after parameters; a table with a default is optional.
    tables : mapping of canonical name to Table
    parameters : mapping of parameter name to value
        May hold more than the function takes.

    Returns
    -------
    DataFrame, the grain and order of the function's result
        Decimals arrive as float64: they were summed exactly before.

    Raises
    ------
    KeyError
        If a table or a parameter that the function needs is not given.
    """
    used = used_parameters(function, parameters)
    return _frame(function(*_used_tables(function, tables), **used).to_pyarrow())


def cached(function: FeatureFunction, tables: Any, parameters: Mapping[str, Any]) -> pd.DataFrame:
    """Rows that a feature function gives, kept as Parquet and read back when nothing changed.

    The key holds the function, the parameters it takes, the fingerprint of the data
    and a hash of the code of `tables/` and `features/`. The file is written under
    another name and renamed, so two processes can do it at once.

    Parameters
    ----------
    function : feature function
    tables : CheckedTables
        Mapping with `fingerprint` and `folder`.
    parameters : mapping of parameter name to value

    Returns
    -------
    DataFrame, equal to what `compute` gives
    """
    path = cache_path(function, tables, parameters)
    if not path.exists():
        used = used_parameters(function, parameters)
        result = function(*_used_tables(function, tables), **used)
        _write_whole(result.to_pyarrow(), path)
    return pd.read_parquet(path)


def cache_path(function: FeatureFunction, tables: Any, parameters: Mapping[str, Any]) -> Path:
    """File in which `cached` keeps the rows of a function for these data and parameters."""
    name = f"{function.__module__.rsplit('.', 1)[-1]}.{function.__name__}"
    used = {key: str(value) for key, value in used_parameters(function, parameters).items()}
    present = sorted(set(tables) & set(inspect.signature(function).parameters))
    stamp = json.dumps([name, used, present, str(tables.fingerprint), code_hash()], sort_keys=True)
    key = hashlib.sha256(stamp.encode()).hexdigest()[:16]
    return Path(tables.folder) / "features" / f"{name}-{key}.parquet"


@cache
def code_hash() -> str:
    """Hash of the code that makes tables and features, so that changed code is never served old."""
    room = Path(crm_helpers.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(path for name in CODE_ROOMS for path in (room / name).rglob("*.py")):
        digest.update(path.relative_to(room).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def used_parameters(function: FeatureFunction, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Values of the keyword-only parameters of a feature function, its defaults filled in."""
    used = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if parameter.kind is not parameter.KEYWORD_ONLY:
            continue
        if name not in parameters and parameter.default is parameter.empty:
            raise KeyError(
                f"{function.__name__}: parameter '{name}' is not given; found "
                f"{', '.join(sorted(parameters)) or 'none'}. Pass {name}."
            )
        used[name] = parameters.get(name, parameter.default)
    return used


def _used_tables(
    function: FeatureFunction, tables: Mapping[str, ir.Table]
) -> list[ir.Table | None]:
    signature = inspect.signature(function).parameters.values()
    return [
        tables[item.name] if item.default is item.empty else tables.get(item.name)
        for item in signature
        if item.kind is not item.KEYWORD_ONLY
    ]


def _without_decimals(result: pa.Table) -> pa.Table:
    for place, field in enumerate(result.schema):
        if pa.types.is_decimal(field.type):
            column = result.column(place).cast(pa.float64())
            result = result.set_column(place, field.name, column)
    return result


def _frame(result: pa.Table) -> pd.DataFrame:
    """Frame with dates as timestamps, the same whether it was read back or not."""
    return _without_decimals(result).to_pandas(date_as_object=False)


def _write_whole(result: pa.Table, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    os.close(handle)
    _frame(result).to_parquet(temporary, index=False)
    os.replace(temporary, path)
