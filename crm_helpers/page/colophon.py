"""The small print of a page: parameters, data, versions, commit -> one block of HTML."""

import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from crm_helpers.page.numerals import day
from crm_helpers.page.words import Html
from crm_helpers.tables.paths import project_root

# Those whose version can move a number.
PACKAGES = (
    "pandas",
    "scikit-learn",
    "mlxtend",
    "lightgbm",
    "scipy",
    "statsmodels",
    "ibis-framework",
    "duckdb",
)


@cache
def commit() -> str:
    """Commit of the project, or an empty text where it is not under version control."""
    try:
        asked = subprocess.run(
            ["git", "rev-parse", "--short=12", "HEAD"],
            cwd=project_root(),
            capture_output=True,
            text=True,
            timeout=5,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.strip()


def versions() -> dict[str, str]:
    """Version of Python and of each package that computes."""
    found = {"Python": ".".join(map(str, sys.version_info[:3]))}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def colophon(parameters: Mapping[str, Any], tables: Any, as_of: Any) -> Html:
    """Block that says what a page was made from and with; it holds no time of day.

    Two runs on the same data give the same page; when they ran stands in run.json.
    """
    source = tables.source
    made_with = ", ".join(f"{name} {number}" for name, number in versions().items())
    sentences = [
        f"Data: {source.title}, complete until {day(source.data_until)}; state "
        f"{str(tables.fingerprint)[:12]}. This report looks from {day(as_of)}.",
        f"Made with {made_with}." + (f" Commit {commit()}." if commit() else ""),
    ]
    body = "".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
    return Html(f'<div class="colophon">{_parameters(parameters)}{body}</div>')


def _parameters(parameters: Mapping[str, Any]) -> str:
    pairs = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(_shown(value))}</dd></div>"
        for name, value in parameters.items()
    )
    return f"<p>Parameters of this run:</p><dl>{pairs}</dl>"


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "(empty)"
    return str(value) if value != "" else "(empty)"
