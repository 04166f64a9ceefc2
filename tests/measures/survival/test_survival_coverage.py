"""Intervals of survival curves hold the truth as often as they say (counted, slow)."""

import numpy as np
import pytest
from scipy.stats import binom

from crm_helpers.measures.survival.aalen_johansen import aalen_johansen
from crm_helpers.measures.survival.kaplan_meier import kaplan_meier, share_at

RUNS, AT = 1000, 15
pytestmark = pytest.mark.slow


def lives(rng, size, *, is_late, watched_for, mean, share):
    """Exponential lives of two causes, seen until 40; who enters late lived until then."""
    entry = rng.uniform(0, 15, size) if is_late else np.zeros(size)
    time = entry + rng.exponential(mean, size)  # no memory: as if all had lived until their entry
    cause = np.where(rng.random(size) < share, "a", "b")
    left = entry + rng.exponential(watched_for, size) if watched_for else entry + 25
    until = np.minimum(left, 40)
    return entry, np.minimum(time, until), np.where(time <= until, cause, "")


def held(curve, at, truth):
    """Whether the band holds the truth; a cause without an end in the data has no curve."""
    low, high = (share_at(curve, at, side) for side in ("low", "high"))
    return low <= truth <= high


WORLDS = {
    "from the start": (60, {"is_late": False, "watched_for": 0, "mean": 30, "share": 0.7}),
    "heavy censoring": (60, {"is_late": False, "watched_for": 20, "mean": 30, "share": 0.7}),
    "late entry": (60, {"is_late": True, "watched_for": 0, "mean": 30, "share": 0.7}),
    "near 0": (60, {"is_late": False, "watched_for": 0, "mean": 400, "share": 0.7}),
    "hardly any": (60, {"is_late": False, "watched_for": 0, "mean": 1500, "share": 0.7}),
    "near 1": (60, {"is_late": False, "watched_for": 0, "mean": 10, "share": 0.7}),
    "400": (400, {"is_late": False, "watched_for": 20, "mean": 30, "share": 0.7}),
    "400 late, a rare cause": (
        400,
        {"is_late": True, "watched_for": 20, "mean": 30, "share": 0.9},
    ),
    "400 near 0": (400, {"is_late": False, "watched_for": 0, "mean": 1500, "share": 0.7}),
}


@pytest.mark.parametrize("name", list(WORLDS))
def test_nineteen_of_twenty_intervals_hold_the_truth(name):
    size, world = WORLDS[name]
    rng, inside, read = np.random.default_rng(20261204), np.zeros(3), np.zeros(3)
    gone = 1 - np.exp(-AT / world["mean"])
    truths = [1 - gone, world["share"] * gone, (1 - world["share"]) * gone]
    for _ in range(RUNS):
        entry, time, cause = lives(rng, size, **world)
        seen = {"entry": entry, "least": 5}
        kept = kaplan_meier(time, cause != "", **seen)
        curves = aalen_johansen(time, cause, **seen)
        at = kept["time"].iloc[0] + AT
        if not np.isfinite(share_at(kept, at)):
            continue  # too few were watched for so long: nothing is shown
        parts = [kept, *(curves[curves["cause"] == name] for name in ("a", "b"))]
        shown = np.array([len(part) > 0 for part in parts])
        read += shown
        inside += [
            bool(is_shown) and held(part, at, truth)
            for is_shown, part, truth in zip(shown, parts, truths, strict=True)
        ]
    share = inside / read
    print(f"{name}: inside {share.round(3)} of {read.astype(int)}")  # noqa: T201
    assert read[0] > 0.8 * RUNS
    # What 95 of 100 falls short of in fewer than one of a thousand repetitions.
    assert (inside >= binom.ppf(0.001, read, 0.95)).all(), share
    assert (share < (0.97 if name == "from the start" else 0.99)).all(), share
