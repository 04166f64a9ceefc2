"""What is settled before any kernel starts: source and request -> tables, as_of, features."""

import contextlib
import datetime as dt
import importlib
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from crm_helpers.features import quarters, windows
from crm_helpers.features.compute import cached
from crm_helpers.features.first_day import default_day
from crm_helpers.page.parameters import ParameterError
from crm_helpers.runner.plan import OVERVIEW, Job
from crm_helpers.runner.request import Request
from crm_helpers.tables.checked import CheckedTables
from crm_helpers.tables.needs import unmet_needs
from crm_helpers.tables.periods import first_day

DATA_QUALITY = "data_quality"
# Their values tell who somebody is, which no page may.
PERSONAL = ("customer_id", "person_id", "lead_id", "name", "email", "birth_year", "text")


def day_in_data(request: Request, as_of: dt.date, tables: CheckedTables) -> tuple[dt.date, str]:
    """The day itself; where nobody asked for one and it leaves next to no data, their last day.

    Parameters
    ----------
    request : Request
    as_of : date
        From `as_of_of`.
    tables : CheckedTables

    Returns
    -------
    date
    str
        Why it is another one, for the console; empty where it is not.
    """
    if request.as_of or request.quarter:
        return as_of, ""
    day = default_day(tables)
    if day == as_of:
        return day, ""
    return day, (
        f"The last whole quarter ends {as_of}, but the data begin {first_day(tables)}: the reports "
        f"are as of their last day instead, as if AS_OF={day} had been asked for."
    )


def check_as_of(as_of: dt.date, tables: CheckedTables) -> None:
    """Refuse an as_of outside the data, with the usable range.

    Raises
    ------
    ParameterError
        If as_of lies before the first row or after ``data_until``.
    """
    until = tables.source.data_until
    try:
        windows.check_as_of(as_of, data_from=first_day(tables) or dt.date.min, data_until=until)
    except ValueError as error:
        raise ParameterError(str(error)) from None


def obstacles(jobs: Iterable[Job], tables: CheckedTables, limit: float) -> dict[str, tuple]:
    """Reports that cannot be made: stem -> (status, reason).

    Parameters
    ----------
    jobs : iterable of Job
    tables : CheckedTables
    limit : float
        Share of rows set aside above which the reports that need a table fail; the reports on
        the data themselves and the overview are made all the same.
    """
    defects = {name: text for name in tables if (text := defect(name, tables, limit))}
    found = {}
    for job in jobs:
        missing = unmet_needs(job.needs, tables)
        if missing:
            found[job.stem] = ("skipped", missing)
        elif job.stem not in (DATA_QUALITY, OVERVIEW) and (text := _blocked(job, tables, defects)):
            found[job.stem] = ("failed", text)
    return found


def _blocked(job: Job, tables: CheckedTables, defects: dict[str, str]) -> str:
    """Defect that stops a report: none while one of its met needs has sound tables only."""
    met = [need for need in job.needs if not unmet_needs([need], tables)]
    broken = [[defects[name] for name in need if name in defects] for need in met]
    return broken[0][0] if broken and all(broken) else ""


def defect(name: str, tables: CheckedTables, limit: float) -> str:
    """Sentence on a table of which more rows were set aside than the limit allows, or nothing."""
    count = tables.counts.set_index("table").loc[name]
    read = int(count["rows_read"] - count["rows_excluded"])
    aside = int(count["rows_set_aside"])
    if not read or aside / read <= limit:
        return ""
    reasons = tables.set_aside[tables.set_aside["table"] == name]
    worst = reasons.sort_values("rows", ascending=False, kind="stable").iloc[0]
    return (
        f"{name}.{worst['column']}: {aside:,} of {read:,} rows were set aside "
        f"({aside / read:.1%}, limit {limit:.1%}), most of them ({int(worst['rows']):,}) because: "
        f"{worst['reason']} (first case: {first_case(worst)}). Correct the source, or raise "
        "max_set_aside_share in params/data_quality.yaml."
    )


def first_case(worst: Mapping[str, Any]) -> str:
    """Row and value of the first case; the row alone where the value is the id of a person."""
    case = str(worst["first_case"])
    is_personal = not set(PERSONAL).isdisjoint(worst["column"].split(" and "))
    return case.partition(",")[0] if is_personal else case


def precompute(jobs: Iterable[Job], tables: CheckedTables) -> int:
    """Count of feature tables that the notebooks declare and that are now there for the kernels.

    A feature that cannot be computed is left to the notebook that wants it, which fails or
    skips with its own words.
    """
    done = set()
    for job in jobs:
        parameters = job.parameters | {"as_of": quarters.parse_date(job.parameters["as_of"])}
        for name in job.features:
            with contextlib.suppress(Exception):
                cached(_feature(name), tables, parameters)
                done.add((name, str(sorted(parameters.items(), key=str))))
    return len(done)


def _feature(name: str) -> Any:
    module, _, function = name.rpartition(".")
    return getattr(importlib.import_module(f"crm_helpers.features.{module}"), function)


def copy_set_aside(tables: CheckedTables, folder: Path) -> None:
    """Copy the rows that broke a promise beside the reports; only the owner may read them."""
    target = folder / "set_aside"
    shutil.rmtree(target, ignore_errors=True)
    with_rows = tables.counts.loc[tables.counts["rows_set_aside"] > 0, "table"]
    if not len(with_rows):
        return
    target.mkdir(mode=0o700)
    for name in with_rows:
        source = tables.folder / "set_aside" / f"{name}.parquet"
        if source.exists():
            shutil.copyfile(source, target / source.name)
            (target / source.name).chmod(0o600)
