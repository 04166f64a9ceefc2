"""run.json: what a run was made from, with what, how long it took, and whether it was finished."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from crm_helpers.page.colophon import commit, versions
from crm_helpers.page.files import write_json
from crm_helpers.runner.making import Outcome
from crm_helpers.runner.plan import Job


class Journal:
    """The run.json of a report folder; `finished_at` is empty while a run is under way."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "run.json"
        try:
            self._before: dict[str, Any] = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self._before = {}
        self._now: dict[str, Any] = {}

    def was_interrupted(self) -> bool:
        """True where the run before this one did not come to its end."""
        return bool(self._before) and not self._before.get("finished_at")

    def seconds_before(self, stem: str) -> float:
        """Seconds that a report took the last time, to begin with the longest."""
        return self._before.get("reports", {}).get(stem, {}).get("seconds", 0.0)

    def begin(
        self, jobs: list[Job], about: dict[str, Any], timings: dict[str, float], seconds: float
    ) -> None:
        """Write what a run of so many seconds till now is made from; other reports stay in it."""
        self._now = {
            **about,
            "started_at": _now(before=seconds),
            "finished_at": "",
            "commit": commit(),
            "versions": versions(),
            "timings": _rounded(timings),
            "reports": dict(self._before.get("reports", {})),
            "parameters": self._before.get("parameters", {})
            | {job.stem: job.parameters for job in jobs},
            "examples": self._before.get("examples", {})
            | {job.stem: [one.as_json() for one in job.examples] for job in jobs},
        }
        write_json(self._path, self._now)

    def note(self, outcome: Outcome) -> None:
        """Write how a report ended."""
        seconds = self.seconds_before(outcome.stem) if outcome.kept else outcome.seconds
        self._now["reports"][outcome.stem] = {
            "status": outcome.status,
            "reason": outcome.reason,
            "seconds": round(seconds, 2),
        }
        write_json(self._path, self._now)

    def end(self, seconds: float) -> None:
        """Write that the run came to its end, and the seconds it took in all."""
        self._now["timings"] |= _rounded({"whole_run": seconds})
        self._now["finished_at"] = _now()
        write_json(self._path, self._now)


def _now(*, before: float = 0.0) -> str:
    moment = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=before)
    return moment.isoformat(timespec="seconds")


def _rounded(timings: dict[str, float]) -> dict[str, float]:
    return {name: round(seconds, 2) for name, seconds in timings.items()}
