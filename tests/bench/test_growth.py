"""Benchmarks: stages agree with their list, and growth is judged as said."""

import pytest

from bench.__main__ import STAGES, grows_too_fast
from bench.subjects import SUBJECTS


def test_every_stage_that_can_be_asked_for_is_there():
    assert tuple(SUBJECTS) == STAGES


@pytest.mark.parametrize(
    ("seconds", "verdict"),
    [
        ({100: 1.0}, False),
        ({100: 1.0, 1000: 10.0}, False),
        ({100: 1.0, 1000: 13.0}, False),
        ({100: 1.0, 1000: 14.0}, True),
        ({1000: 5.0, 100: 5.0}, False),
        ({100: 1.0, 1000: 9.0, 5000: 90.0}, True),
    ],
    ids=["one size", "linear", "slack", "faster", "flat", "later step"],
)
def test_time_may_grow_as_the_customers_do_and_a_third_more(seconds, verdict):
    assert grows_too_fast(seconds) is verdict
