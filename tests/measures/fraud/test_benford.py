import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.fraud.benford import benford_applies, benford_distance, first_digits

POWERS = pd.Series(2.0 ** np.arange(1000))


def test_powers_of_two_follow_the_law_newcomb_1881():
    assert benford_distance(POWERS) < 0.001
    assert benford_applies(POWERS)


def test_the_law_gives_log10_of_two_to_the_one():
    assert first_digits(POWERS)["benford_share"].iloc[0] == pytest.approx(0.30103, abs=1e-6)


def test_one_digit_alone_is_as_far_away_as_can_be():
    shares = first_digits(pd.Series([900.0, 9.5]))
    assert shares["digit_share"].tolist() == [0] * 8 + [1]


def test_amounts_within_one_order_of_magnitude_are_not_judged():
    assert not benford_applies(pd.Series(np.linspace(10, 90, 5000)))


def test_few_amounts_are_not_judged():
    assert not benford_applies(POWERS.head(999))


def test_refunds_and_missing_amounts_are_left_out():
    assert first_digits(pd.Series([0.0, np.nan, 3.0]))["digit_share"].sum() == 1.0
