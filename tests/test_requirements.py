"""Every library the project imports is declared in requirements.in, and nothing else is."""

import ast
import functools
import json
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = {"crm_helpers", "tests", "bench", "make_environment"}
# Import names that differ from the names of their distributions.
DISTRIBUTIONS = {
    "IPython": "ipython",
    "PIL": "pillow",
    "bs4": "beautifulsoup4",
    "css_inline": "css-inline",
    "dateutil": "python-dateutil",
    "ibis": "ibis-framework",
    "jupyter_client": "jupyter-client",
    "python_calamine": "python-calamine",
    "sklearn": "scikit-learn",
    "xdist": "pytest-xdist",
    "yaml": "pyyaml",
}
# Arrive with a declared library, of whose interface they are part.
ARRIVE_WITH = {
    "numpy": "pandas",
    "matplotlib": "seaborn",
    "cycler": "seaborn",
    "pillow": "seaborn",
    "pyyaml": "papermill",
    "nbformat": "papermill",
    "nbclient": "papermill",
    "jinja2": "nbconvert",
    "traitlets": "nbconvert",
    "ipython": "jupyterlab",
    "jupyter-client": "jupyterlab",
    "ipykernel": "jupyterlab",
    "zmq": "jupyterlab",
    "joblib": "scikit-learn",
    "threadpoolctl": "scikit-learn",
    "beautifulsoup4": "nbconvert",
    "psutil": "jupyterlab",
}
# Used from the command line or by a declared library, never imported.
TOOLS = {
    "duckdb",
    "ipykernel",
    "jupyterlab",
    "nbstripout",
    "pre-commit",
    "pyarrow",
    "ruff",
    "setuptools",
    "sqlglot",
}


def sources() -> list[Path]:
    folders = ("crm_helpers", "tests", "bench")
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def notebook_source(path: Path) -> str:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")


def imported(source: str) -> set[str]:
    """First parts of all absolute imports of a source text."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {name.name.split(".")[0] for name in node.names}
        if isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.split(".")[0])
    return found


def libraries(name: str, source: str, *, beside: set[str]) -> dict[str, str]:
    """Distribution -> where it is imported, standard library and own modules left out."""
    own = set(sys.stdlib_module_names) | OURS | beside
    return {DISTRIBUTIONS.get(lib, lib): name for lib in imported(source) - own}


@functools.cache
def used() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sources():
        beside = {other.stem for other in path.parent.glob("*.py")}
        name = path.relative_to(ROOT).as_posix()
        found |= libraries(name, path.read_text("utf-8"), beside=beside)
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        found |= libraries(path.name, notebook_source(path), beside=set())
    return found


def declared() -> set[str]:
    lines = (ROOT / "requirements.in").read_text("utf-8").splitlines()
    names = [re.match(r"[A-Za-z0-9_.-]+", line) for line in lines]
    return {name.group(0).lower() for name in names if name}


def test_every_import_is_declared():
    known = declared()
    missing = {
        library: where
        for library, where in used().items()
        if library.lower() not in known and ARRIVE_WITH.get(library.lower()) not in known
    }
    assert not missing, f"{missing}: add them to requirements.in with a lower bound."


def test_nothing_is_declared_in_vain():
    idle = declared() - {library.lower() for library in used()} - TOOLS
    assert not idle, f"{idle}: nothing imports them. Take them out of requirements.in."


def test_every_declared_library_has_a_bound():
    lines = (ROOT / "requirements.in").read_text("utf-8").splitlines()
    names = [line for line in lines if line.strip() and not line.startswith("#")]
    bare = [line for line in names if not re.search(r"[<>]=?\d", line)]
    assert not bare, f"{bare}: the resolver goes back to old releases without a lower bound."


def test_every_declared_library_is_locked():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    locked = set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))
    assert declared() <= locked, f"{declared() - locked}: run make lock."


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("import sklearn.tree", {"sklearn"}),
        ("from ibis.expr import types", {"ibis"}),
        ("from . import x", set()),
        ("import os, duckdb as d", {"os", "duckdb"}),
    ],
)
def test_imports_are_read_from_the_syntax(line, found):
    assert imported(line) == found
