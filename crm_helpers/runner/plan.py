"""Notebooks and a request -> the reports to make, each with its checked parameters and its hash."""

import datetime as dt
import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import crm_helpers
from crm_helpers.page.parameters import check_known
from crm_helpers.runner.request import Request
from crm_helpers.runner.resolution import parse_settings, resolve, stated_names
from crm_helpers.tables.paths import project_root
from crm_helpers.tables.sources import Source

OVERVIEW = "overview"


@dataclass(frozen=True)
class Job:
    """One report to make."""

    stem: str
    title: str
    notebook: Path
    parameters: dict[str, Any]
    needs: list[dict[str, list[str]]]
    features: list[str]
    key: str
    own: frozenset[str] = frozenset()  # parameters that the user states for this report
    examples: list[Any] = field(default_factory=list)
    example_words: str = ""

    @property
    def page(self) -> str:
        """Name of the page: the overview is the index of its folder."""
        return "index.html" if self.stem == OVERVIEW else f"{self.stem}.html"


def stems(request: Request) -> list[str]:
    """Names of all notebooks, the overview last."""
    found = sorted(path.stem for path in request.notebooks.glob("*.ipynb"))
    found = [stem for stem in found if stem != "template"]
    return sorted(found, key=lambda stem: stem == OVERVIEW)


def needs_of(request: Request) -> dict[str, list[dict[str, list[str]]]]:
    """Tables and columns that each notebook needs, by its name; the overview needs none."""
    paths = {stem: request.notebooks / f"{stem}.ipynb" for stem in stems(request)}
    read = {stem: json.loads(path.read_text(encoding="utf-8")) for stem, path in paths.items()}
    return {
        stem: content["metadata"].get("crm", {}).get("needs", [])
        for stem, content in read.items()
        if stem != OVERVIEW
    }


def chosen(request: Request) -> list[str]:
    """Names of the notebooks asked for, always with the overview, which shows what is there.

    Raises
    ------
    ParameterError
        If a report is not known, with the nearest one.
    """
    known = stems(request)
    for stem in request.reports:
        check_known(stem, known, "REPORTS")
    wanted = request.reports or known
    return [stem for stem in known if stem in wanted or stem == OVERVIEW]


def plan(request: Request, source: Source, as_of: dt.date, fingerprint: str) -> dict[str, Job]:
    """Jobs of all notebooks by name, each with its resolved parameters.

    Every notebook's parameters are checked, also of those that are not asked for, so that a
    misspelt name in the source file or SET is not found a quarter later.

    Raises
    ------
    ParameterError
        If a parameter is unknown, mistyped or out of range.
    """
    known = stems(request)
    settings = parse_settings(request.settings, known)
    for stem in source.parameters if known else ():
        check_known(stem, known, f"{source.file}, parameters")
    jobs = {}
    for stem in known:
        notebook = request.notebooks / f"{stem}.ipynb"
        layers = (source.parameters.get(stem, {}), settings.get(stem, {}))
        run = {"source": request.source, "as_of": as_of.isoformat()}
        parameters = resolve(notebook, request.params, *layers, **run)
        own = stated_names(stem, request.params, *layers)
        state = f"{fingerprint} {request.code} {source.labels.model_dump_json()}"
        jobs[stem] = _job(notebook, parameters, own, state)
    return jobs


def _job(notebook: Path, parameters: dict[str, Any], own: set[str], state: str) -> Job:
    content = json.loads(notebook.read_text(encoding="utf-8"))
    about = content["metadata"].get("crm", {})
    made_of = json.dumps([parameters, state, code_hash(), sys.version], sort_keys=True)
    return Job(
        stem=notebook.stem,
        title=_title(content, notebook.stem),
        notebook=notebook,
        parameters=parameters,
        needs=about.get("needs", []),
        features=about.get("features", []),
        key=hashlib.sha256(made_of.encode() + notebook.read_bytes()).hexdigest()[:32],
        own=frozenset(own),
    )


def _title(content: Mapping[str, Any], stem: str) -> str:
    for cell in content["cells"]:
        line = "".join(cell["source"]).partition("\n")[0]
        if cell["cell_type"] == "markdown" and line.startswith("# "):
            return line[2:].strip()
    return stem.replace("_", " ").capitalize()


@cache
def code_hash() -> str:
    """Hash of all helper code, templates and the lock: what decides the numbers beside the data."""
    package = Path(crm_helpers.__file__).parent
    files = [p for p in sorted(package.rglob("*")) if p.suffix in (".py", ".j2", ".css", ".yaml")]
    digest = hashlib.sha256()
    for path in [*files, project_root() / "requirements.lock"]:
        if path.is_file():
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
