"""Intervals of survival curves hold the truth as often as they say (counted, slow)."""

import numpy as np
import pytest

from crm_helpers.measures.survival.aalen_johansen import aalen_johansen
from crm_helpers.measures.survival.kaplan_meier import kaplan_meier, share_at

RUNS = 1000
pytestmark = pytest.mark.slow


def lives(rng, size, is_late):
    """Exponential lives of two causes, censored at 40; who enters late lived until then."""
    entry = rng.uniform(0, 15, size) if is_late else np.zeros(size)
    time = entry + rng.exponential(30, size)  # no memory: as if all had lived until their entry
    cause = np.where(rng.random(size) < 0.7, "a", "b")
    until = np.minimum(entry + 25, 40)
    return entry, np.minimum(time, until), np.where(time <= until, cause, "")


@pytest.mark.parametrize("size", [60])
@pytest.mark.parametrize("is_late", [False], ids=["from the start"])
def test_nineteen_of_twenty_intervals_hold_the_truth(size, is_late):
    rng = np.random.default_rng(20261204)
    held, read = np.zeros(3), 0
    gone = 1 - np.exp(-15 / 30)
    for _ in range(RUNS):
        entry, time, cause = lives(rng, size, is_late)
        seen = {"entry": entry, "least": 10}
        kept = kaplan_meier(time, cause != "", **seen)
        curves = aalen_johansen(time, cause, **seen)
        at = kept["time"].iloc[0] + 15
        parts = [curves[curves["cause"] == name] for name in ("a", "b")]
        for place, (curve, truth) in enumerate(
            zip([kept, *parts], [1 - gone, 0.7 * gone, 0.3 * gone], strict=True)
        ):
            low, high = (share_at(curve, at, side) for side in ("low", "high"))
            held[place] += low <= truth <= high
        read += np.isfinite(share_at(kept, at))
    assert read == RUNS
    share = held / RUNS
    assert (share > 0.93).all(), share
    assert (share < 0.97).all(), share
