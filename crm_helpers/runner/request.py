"""The command line of a run -> what is asked for."""

import argparse
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from crm_helpers.tables.paths import project_root

_MOST_JOBS = 8


@dataclass(frozen=True)
class Request:
    """What was asked for: the options of ``make quarterly-report``."""

    source: str = "demo"
    as_of: str = ""
    quarter: str = ""
    reports: tuple[str, ...] = ()
    jobs: int = 1
    settings: str = ""
    code: bool = False
    timeout: int = 1800
    notebooks: Path = field(default_factory=lambda: project_root() / "notebooks")
    params: Path = field(default_factory=lambda: project_root() / "params")


def read_request(arguments: list[str] | None, places: dict[str, Path]) -> Request:
    """Request that a command line makes; ends with code 2 and a sentence when it makes none.

    Parameters
    ----------
    arguments : list of str, default those of the command line
    places : dict
        notebooks and params: folders to use instead of the project's.
    """
    parser = argparse.ArgumentParser(prog="python -m crm_helpers.runner.run")
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
        return min(_cores(), _MOST_JOBS)
    if not text.strip().isdigit() or int(text) == 0:
        parser.error(f"JOBS: found '{text}'; expected a whole number from 1. Write JOBS=2.")
    return int(text)


def _cores() -> int:
    """Cores that this process may use, which can be fewer than the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
