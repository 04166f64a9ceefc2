"""Two quarters of one finding -> its change, and whether that is more than noise."""

import datetime as dt
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import NormalDist
from typing import Any

from crm_helpers.page.findings import bare_words
from crm_helpers.page.numerals import number

# A quarter before, give or take: reruns of last week are no comparison, nor is last year.
QUARTER_DAYS, SLACK_DAYS = 91, 50
LEVEL = 0.95


@dataclass(frozen=True)
class Change:
    """Change of one finding since an earlier run.

    Attributes
    ----------
    difference : float
        Now minus then, in the unit of the finding.
    since : date
        as_of of the earlier run.
    p_value : float or None
        Chance of a difference of that size without any true change; None without intervals.
    level : float
        Size of the finding itself, which decides how exactly a difference is said.
    rates : tuple of float, optional
        Share of all then and now, where the finding says of how many it is a count.
    """

    difference: float
    since: dt.date
    unit: str
    p_value: float | None
    level: float = 0.0
    rates: tuple[float, float] | None = None


def earlier_report(folder: Path, as_of: dt.date, stem: str) -> dict[str, Any] | None:
    """Content of the same report one quarter before, or None when there is none.

    Parameters
    ----------
    folder : Path
        Folder of a source's reports, with one folder per as_of.
    """
    runs = ((_day(run.name), run) for run in sorted(folder.glob("*-*-*")))
    found = [(abs((as_of - day).days - QUARTER_DAYS), run) for day, run in runs if day]
    for distance, run in sorted(found):
        content = _whole(run / f"{stem}.json") if distance <= SLACK_DAYS else None
        if content:
            return content
    return None


def since_last(
    found: Mapping[str, Any] | None, name: str, folder: Path, as_of: dt.date, stem: str
) -> str:
    """Change of a finding since the last quarter in words; empty where that cannot be told."""
    if found is None:
        return ""
    before = earlier_report(folder, as_of, stem) or {}
    earlier = before.get("findings", {}).get(name)
    if earlier is None:
        return ""
    moved = change(found, earlier, dt.date.fromisoformat(before["as_of"]))
    return change_in_words(moved) if moved else ""


def made_otherwise(folder: Path, earlier: Path, stems: Iterable[str]) -> list[str]:
    """Sentences on what besides the data differs between two runs, from their run.json.

    A figure that is computed otherwise moves without anything having happened.
    """
    now, then = _content(folder / "run.json"), _content(earlier / "run.json")
    sentences = []
    if now.get("commit", "") != then.get("commit", ""):
        sentences.append(
            f"The reports of {earlier.name} were made by another version of the suite "
            f"({then.get('commit') or 'unknown'}, now {now.get('commit') or 'unknown'}): figures "
            "may have moved because they are computed otherwise."
        )
    for stem in stems:
        names = _changed(*(run.get("parameters", {}).get(stem, {}) for run in (now, then)))
        if names:
            sentences.append(f"{stem} was made with other parameters then: {', '.join(names)}.")
    return sentences


def _changed(now: Mapping[str, Any], then: Mapping[str, Any]) -> list[str]:
    if not now or not then:
        return []
    return [name for name in now if name != "as_of" and then.get(name) != now[name]]


def _day(name: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(name)
    except ValueError:
        return None


def _content(path: Path) -> dict[str, Any]:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _whole(path: Path) -> dict[str, Any] | None:
    content = _content(path)
    return content if content.get("status") == "ok" else None


def change(now: Mapping[str, Any], earlier: Mapping[str, Any], since: dt.date) -> Change | None:
    """Change between two findings of one name; None where they can't be compared."""
    values = now.get("value"), earlier.get("value")
    comparable = all(isinstance(v, int | float) and not isinstance(v, bool) for v in values)
    if not comparable or now.get("unit") != earlier.get("unit"):
        return None
    difference = values[0] - values[1]
    error = _standard_error(now), _standard_error(earlier)
    p_value = None if None in error else _p_value(difference, math.hypot(*error))
    level = max(map(abs, values))
    return Change(difference, since, now.get("unit", ""), p_value, level, _rates(earlier, now))


def _rates(*found: Mapping[str, Any]) -> tuple[float, float] | None:
    if not all(one.get("of") for one in found):
        return None
    then, now = (one["value"] / one["of"] for one in found)
    return then, now


def _standard_error(found: Mapping[str, Any]) -> float | None:
    if "low" not in found or "high" not in found:
        return None
    level = found.get("level", LEVEL)
    return (found["high"] - found["low"]) / (2 * NormalDist().inv_cdf(0.5 + level / 2))


def _p_value(difference: float, error: float) -> float:
    if error == 0:
        return 1.0 if difference == 0 else 0.0
    return 2 * NormalDist().cdf(-abs(difference) / error)


def change_in_words(found: Change, *, beyond_noise: bool | None = None) -> str:
    """One line on a change: direction, size, since when, and the verdict where there is one.

    Parameters
    ----------
    beyond_noise : bool, optional
        Verdict of a test over many figures; by default that of this figure alone.

    Examples
    --------
    >>> since = dt.date(2026, 6, 30)
    >>> change_in_words(Change(0.031, since, "share", 0.2)).replace("\u00a0", " ")
    'up 3.1 points since 30 Jun 2026, which may be chance'
    """
    date = f"{found.since.day} {found.since:%b %Y}"
    if found.difference == 0:
        return f"unchanged since {date}"
    direction = "up" if found.difference > 0 else "down"
    told = f"{direction} {_size(found)}{_rate(found)}"
    return f"{told} since {date}{_verdict(found, beyond_noise)}"


def _rate(found: Change) -> str:
    """The rates of a count, which may fall while the count rises."""
    if found.rates is None:
        return ""
    then, now = (number(100 * share) for share in found.rates)
    return f" (still {now} of 100)" if then == now else f" (from {then} to {now} of 100)"


def _size(found: Change) -> str:
    size = abs(found.difference)
    if found.unit == "share":
        points = size * 100
        return f"{points:,.1f} points" if points >= 0.05 else "less than 0.1 points"
    # Beside a figure of hundreds nobody wants tenths.
    rounded = float(round(size)) if found.level >= 100 else size
    return bare_words({"value": rounded, "unit": found.unit}) if rounded else "less than 1"


def _verdict(found: Change, beyond_noise: bool | None) -> str:
    if found.p_value is None:
        return ""
    beyond = found.p_value < 1 - LEVEL if beyond_noise is None else beyond_noise
    return ", more than chance" if beyond else ", which may be chance"


def false_discovery(p_values: list[float], level: float = 1 - LEVEL) -> list[bool]:
    """Which of many changes are more than noise, with at most that share of false alarms.

    References
    ----------
    .. [1] Benjamini & Hochberg (1995), Controlling the false discovery rate, JRSS B 57.

    Examples
    --------
    >>> false_discovery([0.01, 0.04, 0.03, 0.5])
    [True, False, False, False]
    """
    ranked = sorted(p_values)
    passed = [p for rank, p in enumerate(ranked, 1) if p <= level * rank / len(ranked)]
    return [p <= max(passed, default=-1.0) for p in p_values]
