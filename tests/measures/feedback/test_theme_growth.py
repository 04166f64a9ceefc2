"""Growth of themes: nothing where nothing changed, the planted rise where there is one."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.feedback.theme_growth import theme_growth


def texts(now, before):
    theme = pd.Series(["a"] * now[0] + ["b"] * now[1] + ["a"] * before[0] + ["b"] * before[1])
    return theme, pd.Series([0] * sum(now) + [1] * sum(before))


def test_equal_shares_are_steady():
    found = theme_growth(*texts((50, 50), (100, 100)))
    assert set(found["verdict"]) == {"steady"}
    assert found["p_value"].tolist() == [1.0, 1.0]


def test_a_doubled_share_has_grown_and_the_other_shrunk():
    found = theme_growth(*texts((120, 80), (60, 140))).set_index("theme")
    assert found["verdict"].to_dict() == {"a": "grown", "b": "shrunk"}
    # Two shares, 120 of 200 and 60 of 200, by hand: z = 0.3 / sqrt(0.45 * 0.55 * 2 / 200).
    assert np.isclose(found.loc["a", "share_now"], 0.6)
    assert found.loc["a", "p_value"] < 1e-8


def test_a_first_period_grows_in_nothing():
    theme = pd.Series(["a", "b"])
    assert set(theme_growth(theme, pd.Series([0, 0]))["verdict"]) == {"steady"}


def test_no_text_gives_no_theme():
    assert theme_growth(pd.Series([], dtype=str), pd.Series([], dtype=int)).empty


def test_one_writer_of_many_texts_is_one_writer():
    # Forty texts on a by one person and forty by others on b; before, fifty of each by all.
    theme, period = texts((40, 40), (50, 50))
    person = pd.Series([0] * 40 + list(range(1, 141)))
    alone = theme_growth(theme, period, person).set_index("theme")
    assert alone.loc["a", "p_value"] > 0.5
    grown = theme_growth(*texts((90, 10), (50, 50))).set_index("theme")
    assert grown.loc["a", "verdict"] == "grown"
    by_one = theme_growth(*texts((90, 10), (50, 50)), pd.Series([0] * 90 + list(range(1, 111))))
    assert set(by_one["verdict"]) == {"steady"}


def test_three_texts_on_a_rare_theme_are_no_growth():
    found = theme_growth(*texts((3, 97), (0, 300))).set_index("theme")
    # Fisher by hand: 100 * 99 * 98 of 400 * 399 * 398, both sides; a normal test says 0.003.
    assert found.loc["a", "p_value"] >= 2 * (100 * 99 * 98) / (400 * 399 * 398)
    assert found.loc["a", "verdict"] == "steady"


@pytest.mark.slow
def test_noise_alone_is_called_growth_in_few_of_a_hundred_worlds():
    rng = np.random.default_rng(1)
    called = 0
    for _ in range(100):
        theme = pd.Series(rng.choice(list("abcdefgh"), 400))
        period = pd.Series(np.repeat([0, 1], [100, 300]))
        called += (theme_growth(theme, period)["verdict"] != "steady").any()
    assert called <= 10
