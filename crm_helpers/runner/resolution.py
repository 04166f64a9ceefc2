"""Values of a notebook's parameters: cell < params/<stem>.yaml < source < SET -> one mapping."""

import ast
import json
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from crm_helpers.page.parameters import (
    DECLARED,
    ParameterError,
    check_known,
    check_value,
    check_values,
)

Settings = dict[str, dict[str, Any]]
# One value for all reports of a run, because it names their folder.
OF_THE_RUN = {"source": "SOURCE", "as_of": "AS_OF"}


def cell_parameters(notebook: Path) -> dict[str, Any]:
    """Default values in the notebook's parameters cell, checked against their declaration.

    Raises
    ------
    ParameterError
        If there is no such cell, a line of it is no plain ``name: type = value``, or a name is
        not declared in page/parameters.py.
    """
    where = f"notebooks/{notebook.name}"
    values = {}
    for line in _parameters_cell(notebook, where).body:
        if not isinstance(line, ast.AnnAssign) or not isinstance(line.target, ast.Name):
            raise ParameterError(
                f"{where}: parameters cell line {line.lineno} is not `name: type = value`. "
                "Give each parameter a line with its type."
            )
        values[line.target.id] = _default(line, where)
    return check_values(values, DECLARED, f"{where}: parameters cell")


def _parameters_cell(notebook: Path, where: str) -> ast.Module:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    for cell in cells:
        if "parameters" in cell.get("metadata", {}).get("tags", []):
            return ast.parse("".join(cell["source"]))
    raise ParameterError(f"{where}: no cell is tagged `parameters`; expected cell 2 to be.")


def _default(line: ast.AnnAssign, where: str) -> Any:
    name, annotation = line.target.id, ast.unparse(line.annotation)
    declared = DECLARED.get(name)
    expected = {"date": "str"}.get(declared.kind, declared.kind) if declared else annotation
    if annotation != expected:
        raise ParameterError(
            f"{where}: {name} has type {annotation}; page/parameters.py declares {expected}."
        )
    try:
        return ast.literal_eval(line.value)
    except ValueError:
        raise ParameterError(
            f"{where}: the default of {name} is not a plain value. Write it out."
        ) from None


def yaml_parameters(path: Path) -> dict[str, Any]:
    """Values that a parameter file states; none when there is no file.

    Raises
    ------
    ParameterError
        If the file is not YAML or holds no names.
    """
    if not path.exists():
        return {}
    shown = f"params/{path.name}"
    try:
        stated = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f" near line {mark.line + 1}" if mark else ""
        raise ParameterError(
            f"{shown}: cannot be read as YAML{line}. Write one `name: value` per line."
        ) from None
    if not isinstance(stated, dict):
        raise ParameterError(f"{shown}: holds no names. Write one `name: value` per line.")
    return stated


def parse_settings(text: str, stems: list[str]) -> Settings:
    """Values of SET by report.

    Parameters
    ----------
    text : str
        One or more ``stem.name=value`` with blanks between; values are read as YAML.
    stems : list of str
        Reports that there are.

    Examples
    --------
    >>> parse_settings("churn.outcome_days=60 churn.save_rate=0.1", ["churn"])
    {'churn': {'outcome_days': 60, 'save_rate': 0.1}}
    """
    settings: Settings = {}
    for item in shlex.split(text):
        target, equals, value = item.partition("=")
        stem, dot, name = target.partition(".")
        if not (equals and dot and name):
            raise ParameterError(
                f"SET: '{item}' is not stem.name=value. Write for example "
                "SET='churn.outcome_days=60'."
            )
        check_known(stem, stems, "SET")
        settings.setdefault(stem, {})[name] = _read(value, item)
    return settings


def _read(value: str, item: str) -> Any:
    try:
        return yaml.safe_load(value) if value else ""
    except yaml.YAMLError:
        raise ParameterError(f"SET: the value of '{item}' cannot be read.") from None


def resolve(
    notebook: Path,
    params: Path,
    of_source: Mapping[str, Any],
    of_set: Mapping[str, Any],
    **run: Any,
) -> dict[str, Any]:
    """Every parameter of a notebook with the value it runs with.

    Parameters
    ----------
    notebook : Path
    params : Path
        Folder of the parameter files.
    of_source : mapping
        What the source file states for this report under ``parameters:``.
    of_set : mapping
        What SET states for this report.
    **run
        source and as_of of the run.

    Raises
    ------
    ParameterError
        If a name is unknown, or a value has another type or lies out of range.
    """
    stem = notebook.stem
    values = cell_parameters(notebook)
    file = params / f"{stem}.yaml"
    layers = {
        f"params/{file.name}": yaml_parameters(file),
        f"source, parameters of {stem}": of_source,
        f"SET {stem}": of_set,
    }
    for where, layer in layers.items():
        checked = check_values(layer, values, where)
        _check_of_the_run(checked, values, where)
        values |= checked
    return values | {name: check_value(name, value) for name, value in run.items()}


def stated_names(
    stem: str, params: Path, of_source: Mapping[str, Any], of_set: Mapping[str, Any]
) -> set[str]:
    """Names of the parameters that the user states for a report, wherever that is.

    Parameters
    ----------
    stem : str
    params : Path
        Folder of the parameter files.
    of_source, of_set : mapping
        What the source file and SET state for this report.
    """
    return {*yaml_parameters(params / f"{stem}.yaml"), *of_source, *of_set}


def _check_of_the_run(layer: Mapping[str, Any], cell: Mapping[str, Any], where: str) -> None:
    for name, option in OF_THE_RUN.items():
        if name in layer and layer[name] != cell.get(name):
            raise ParameterError(
                f"{where}: {name} '{layer[name]}' is set for one report, but all reports of a "
                f"run share it. Write {option}={layer[name]} after make quarterly-report."
            )
