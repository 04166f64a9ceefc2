import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.statistics.mean_interval import mean_interval


def test_interval_is_mean_plus_minus_standard_errors():
    mean, low, high = mean_interval(pd.Series([1.0, 2.0, 3.0, 4.0]))
    error = np.std([1, 2, 3, 4], ddof=1) / 2
    assert (mean, low, high) == pytest.approx((2.5, 2.5 - 1.959964 * error, 2.5 + 1.959964 * error))


def test_a_person_written_four_times_counts_once():
    values = pd.Series([1.0, 2.0, 3.0, 4.0])
    four = pd.concat([values] * 4)
    again = mean_interval(four, person=np.tile(np.arange(4), 4))
    assert again == pytest.approx(mean_interval(values))


def test_no_rows_are_refused():
    with pytest.raises(ValueError, match="values: 0 rows.*Check the filter"):
        mean_interval(pd.Series(dtype=float))
