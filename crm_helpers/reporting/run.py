"""The suite runner: `python -m crm_helpers.reporting.run` -> reports/<source>/<as_of>/."""

import argparse
import contextlib
import datetime as dt
import os
import re
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console

from crm_helpers.reporting import preparing
from crm_helpers.reporting.journal import Journal
from crm_helpers.reporting.kernels import Kernels
from crm_helpers.reporting.locks import AnotherRunError, only_run
from crm_helpers.reporting.making import MAKING, Workshop
from crm_helpers.reporting.parameters import ParameterError
from crm_helpers.reporting.plan import Job, Request, chosen, plan
from crm_helpers.reporting.progress import Progress
from crm_helpers.reporting.redaction import credentials, redacted
from crm_helpers.reporting.suite import Suite
from crm_helpers.tables.checked import CheckedTables, open_tables
from crm_helpers.tables.errors import SourceError
from crm_helpers.tables.paths import project_root, reports_dir
from crm_helpers.tables.sources import load_source

OK, FAILED, REFUSED, STOPPED = 0, 1, 2, 130
# A share of bad rows above this makes the numbers of a table another story.
LIMIT_WITHOUT_DATA_QUALITY = 0.05


def main(arguments: list[str] | None = None, **places: Path) -> int:
    """Exit code of a run: 0 all well, 1 a report failed, 2 refused before any kernel, 130 stopped.

    Parameters
    ----------
    arguments : list of str, default those of the command line
    **places
        notebooks and params: folders to use instead of the project's.
    """
    request = _request(arguments, places)
    console = Console(highlight=False)
    try:
        with _stoppable():
            return run(request, console)
    except (SourceError, ParameterError, AnotherRunError) as error:
        sys.stderr.write(f"{redacted(str(error), credentials())}\n")
        return REFUSED
    except KeyboardInterrupt:
        sys.stderr.write("Stopped. The same command goes on where this run was.\n")
        return STOPPED


def _request(arguments: list[str] | None, places: dict[str, Path]) -> Request:
    parser = argparse.ArgumentParser(prog="crm_helpers.reporting.run", description=__doc__)
    parser.add_argument("--source", default="demo", help="name in params/sources, or path of YAML")
    parser.add_argument("--as-of", default="", help="last day the reports may see, YYYY-MM-DD")
    parser.add_argument("--quarter", default="", help="instead of --as-of, such as 2026Q3")
    parser.add_argument("--reports", default="", help="names, with blanks between; empty: all")
    parser.add_argument("--jobs", default="", help="notebooks at the same time")
    parser.add_argument("--set", default="", help="stem.name=value, with blanks between")
    parser.add_argument("--code", action="store_true", help="show the code on the pages")
    parser.add_argument("--timeout", type=int, default=1800, help="seconds one cell may take")
    given = parser.parse_args(arguments)
    return Request(
        source=given.source or "demo",
        as_of=given.as_of,
        quarter=given.quarter,
        reports=tuple(re.split(r"[\s,]+", given.reports.strip())) if given.reports.strip() else (),
        jobs=_jobs(given.jobs, parser),
        settings=given.set,
        code=given.code,
        timeout=given.timeout,
        **places,
    )


def _jobs(text: str, parser: argparse.ArgumentParser) -> int:
    if not text.strip():
        return max(1, min(len(os.sched_getaffinity(0)) if _LINUX else os.cpu_count() or 1, 8))
    if not text.strip().isdigit() or int(text) == 0:
        parser.error(f"JOBS: found '{text}'; expected a whole number from 1. Write JOBS=2.")
    return int(text)


_LINUX = hasattr(os, "sched_getaffinity")


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Answer SIGTERM like Ctrl-C, so that kernels end and nothing is left half written."""

    def stop(number: int, frame: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def run(request: Request, console: Console) -> int:
    """Make the reports that were asked for; see ``main`` for the code it returns.

    Raises
    ------
    SourceError, ParameterError, AnotherRunError
        Before any kernel starts, with a sentence for the user.
    """
    started = time.monotonic()
    source = load_source(request.source)
    as_of = preparing.as_of_of(request, source)
    if not plan(request, source, as_of, "") or not chosen(request):
        raise ParameterError(f"{request.notebooks}: no notebook is there; expected *.ipynb.")
    with contextlib.closing(Kernels(project_root(), request.jobs)) as kernels:
        console.print(f"Reading {source.title} …", markup=False)
        tables = open_tables(source)
        preparing.check_as_of(as_of, tables)
        folder = reports_dir() / source.name / as_of.isoformat()
        with only_run(folder, _shown(folder)), _cleared(folder / MAKING):
            shop = Workshop(
                folder,
                tables,
                as_of,
                kernels,
                request.timeout,
                request.code,
                credentials(named=re.findall(r"\$\{(\w+)\}", source.connection)),
            )
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
    planned = plan(request, tables.source, shop.as_of, tables.fingerprint)
    jobs = [planned[stem] for stem in chosen(request)]
    jobs.sort(key=lambda job: -journal.seconds_before(job.stem))  # the longest begins first
    obstacles = preparing.obstacles(jobs, tables, _limit(planned))
    journal.begin(jobs, _about(request, shop), timings)
    preparing.copy_set_aside(tables, shop.folder)
    clock = time.monotonic()
    preparing.precompute([job for job in jobs if job.stem not in obstacles], tables)
    timings["features"] = time.monotonic() - clock
    with Progress([job.stem for job in jobs], console) as progress:
        progress.say(_headline(tables, shop.as_of, time.monotonic() - started))
        suite = Suite(shop, progress, journal.note, obstacles)
        outcomes = suite.run(jobs, workers=request.jobs, resume=journal.was_interrupted())
    journal.end(time.monotonic() - started, timings)
    progress.closing_table()
    failed = [outcome.stem for outcome in outcomes if outcome.status == "failed"]
    console.print(_closing(shop.folder, failed, time.monotonic() - started), soft_wrap=True)
    return FAILED if failed else OK


def _limit(planned: dict[str, Job]) -> float:
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
        f"{tables.source.title}, as of {as_of}: {len(tables)} tables with {rows:,} rows are "
        f"checked and their features computed ({seconds:.1f} s). Making the reports."
    )


def _closing(folder: Path, failed: list[str], seconds: float) -> str:
    bad = f" {len(failed)} failed: {', '.join(failed)}." if failed else ""
    return f"Done in {seconds:.0f} s.{bad} Open {_shown(folder)}/index.html"


if __name__ == "__main__":
    sys.exit(main())
