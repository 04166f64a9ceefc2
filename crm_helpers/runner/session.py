"""One run of the suite: a request and kernels -> reports/<source>/<as_of>/ and an exit code."""

import contextlib
import datetime as dt
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

from crm_helpers.page.examples import scale_of
from crm_helpers.page.numerals import counted
from crm_helpers.runner import preparing
from crm_helpers.runner.example_values import with_examples
from crm_helpers.runner.forking import Kernels
from crm_helpers.runner.journal import Journal
from crm_helpers.runner.locks import AnotherRunError, FolderError, only_run
from crm_helpers.runner.making import MAKING, Workshop
from crm_helpers.runner.plan import Job, chosen, plan
from crm_helpers.runner.progress import Progress
from crm_helpers.runner.redaction import credentials, redacted
from crm_helpers.runner.refusals import REFUSED_EARLY, as_of_of
from crm_helpers.runner.request import Request
from crm_helpers.runner.suite import Suite
from crm_helpers.tables.checked import CheckedTables, open_tables
from crm_helpers.tables.paths import project_root, reports_dir
from crm_helpers.tables.sources import load_source

__all__ = ["REFUSALS", "credentials", "redacted", "run"]

ALL_WELL, FAILED = 0, 1
REFUSALS = (*REFUSED_EARLY, AnotherRunError, FolderError)  # told in one sentence
# A share of bad rows above this makes the numbers of a table another story.
LIMIT_WITHOUT_DATA_QUALITY = 0.05


def run(request: Request, kernels: Kernels, started: float) -> int:
    """Make the reports that were asked for: 0 all well, 1 a report failed.

    Raises
    ------
    SourceError, ParameterError, AnotherRunError, FolderError
        Before any kernel starts, with a sentence for the user.
    """
    console = Console(highlight=False)
    source = load_source(request.source)
    as_of = as_of_of(request, source)
    console.print(f"Reading {source.title} …", markup=False)
    tables = open_tables(source)
    as_of, because = preparing.day_in_data(request, as_of, tables)
    if because:
        console.print(because, markup=False, soft_wrap=True)
    preparing.check_as_of(as_of, tables)
    folder = reports_dir() / source.name / as_of.isoformat()
    secrets = credentials(named=re.findall(r"\$\{(\w+)\}", source.connection))
    with only_run(folder, _shown(folder)), _cleared(folder / MAKING):
        shop = Workshop(folder, tables, as_of, kernels, request.timeout, request.code, secrets)
        return _in_folder(request, shop, console, started)


def _shown(folder: Path) -> str:
    root = project_root()
    return str(folder.relative_to(root)) if folder.is_relative_to(root) else str(folder)


@contextlib.contextmanager
def _cleared(folder: Path) -> Iterator[None]:
    shutil.rmtree(folder, ignore_errors=True)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _in_folder(request: Request, shop: Workshop, console: Console, started: float) -> int:
    tables = shop.tables
    timings = {"source": time.monotonic() - started}
    journal = Journal(shop.folder)
    scale = scale_of(tables, shop.as_of)
    planned = plan(request, tables.source, shop.as_of, tables.fingerprint)
    planned = with_examples(planned, scale, currency=tables.source.currency)
    jobs = [planned[stem] for stem in chosen(request)]
    jobs.sort(key=lambda job: -journal.seconds_before(job.stem))  # the longest begins first
    obstacles = preparing.obstacles(jobs, tables, limit_of(planned))
    preparing.copy_set_aside(tables, shop.folder)
    clock = time.monotonic()
    preparing.precompute([job for job in jobs if job.stem not in obstacles], tables)
    timings["features"] = time.monotonic() - clock
    journal.begin(jobs, _about(request, shop), timings, time.monotonic() - started)
    with Progress([job.stem for job in jobs], console) as progress:
        progress.say(_headline(tables, shop.as_of, time.monotonic() - started))
        suite = Suite(shop, progress, journal.note, obstacles)
        outcomes = suite.run(jobs, workers=request.jobs, resume=journal.was_interrupted())
    journal.end(time.monotonic() - started)
    progress.closing_table()
    failed = [outcome.stem for outcome in outcomes if outcome.status == "failed"]
    console.print(
        _closing(shop.folder, failed, time.monotonic() - started), markup=False, soft_wrap=True
    )
    return FAILED if failed else ALL_WELL


def limit_of(planned: dict[str, Job]) -> float:
    """Share of rows set aside that stops a report, as the data quality report has it."""
    job = planned.get(preparing.DATA_QUALITY)
    stated = job.parameters if job else {}
    return stated.get("max_set_aside_share", LIMIT_WITHOUT_DATA_QUALITY)


def _about(request: Request, shop: Workshop) -> dict[str, Any]:
    source = shop.tables.source
    return {
        "source": source.name,
        "title": source.title,
        "as_of": shop.as_of.isoformat(),
        "data_until": source.data_until.isoformat(),
        "fingerprint": shop.tables.fingerprint,
        "jobs": request.jobs,
        "kernels": shop.kernels.origin(),
    }


def _headline(tables: CheckedTables, as_of: dt.date, seconds: float) -> str:
    rows = int(tables.counts["rows_used"].sum())
    return (
        f"{tables.source.title}, as of {as_of}: {counted(rows, 'row')} in "
        f"{counted(len(tables), 'table')} checked, features computed ({seconds:.1f} s). Making "
        "the reports."
    )


def _closing(folder: Path, failed: list[str], seconds: float) -> str:
    bad = f" {len(failed)} failed: {', '.join(failed)}." if failed else ""
    return f"Done in {seconds:.0f} s.{bad} Open {_shown(folder)}/index.html"
