"""How often a segment is said to order more than another where all order alike."""

import logging

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.measures.value.segment_profiles import segment_outcomes, segments_differ

pytestmark = pytest.mark.slow

RUNS = 400


@pytest.mark.parametrize(
    ("customers", "rate", "seed"), [(400, 0.05, 411), (2_000, 0.3, 412), (20_000, 0.02, 413)]
)
def test_the_most_and_the_least_of_seven_segments(customers, rate, seed):
    rng, false = np.random.default_rng(seed), 0
    for _ in range(RUNS):
        segment = pd.Series(rng.choice(7, customers, p=[0.3, 0.2, 0.2, 0.1, 0.1, 0.05, 0.05]))
        ordered = pd.Series(rng.uniform(size=customers) < rate)
        false += segments_differ(segment_outcomes(segment.astype(str), ordered))
    logging.info(f"segments {customers} {rate}: {false} of {RUNS}")
    # Two-sided over all pairs: the pair that is picked may err either way.
    assert false <= int(binom.ppf(0.999, RUNS, 1 - CLAIM_LEVEL))
