"""How much unhappier writers about a theme are, persons counted once."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.feedback.theme_unhappiness import theme_unhappiness


def rows(theme, unhappy, person=None):
    people = range(len(theme)) if person is None else person
    unhappy = [one == "1" for one in unhappy]
    return pd.DataFrame({"theme": list(theme), "unhappy": unhappy, "person": list(people)})


def test_extra_is_the_share_less_that_of_all_others():
    found = theme_unhappiness(rows("aaaabb", "111010")).set_index("theme")
    assert found.loc["a", "unhappy_extra"] == pytest.approx(3 / 4 - 1 / 2)
    assert found.loc["b", "unhappy_extra"] == pytest.approx(1 / 2 - 3 / 4)


def test_error_of_single_texts_is_that_of_two_shares_about_the_mean_of_all():
    found = theme_unhappiness(rows("a" * 40 + "b" * 60, "10" * 20 + "1" * 20 + "0" * 40)).iloc[0]
    # 20 of 40 and 20 of 60 unhappy, 0.4 of all: squares about 0.4 are 0.36 and 0.16.
    by_hand = np.sqrt((20 * 0.36 + 20 * 0.16) / 40**2 + (20 * 0.36 + 40 * 0.16) / 60**2)
    assert found["extra_error"] == pytest.approx(by_hand * np.sqrt(100 / 99), rel=1e-9)


def test_person_who_writes_ten_times_proves_no_more():
    once = rows("aaabbb", "110100", "uvwxyz")
    often = pd.concat([once] * 10)
    one, ten = theme_unhappiness(once).iloc[0], theme_unhappiness(often).iloc[0]
    assert ten["extra_error"] == pytest.approx(one["extra_error"])
    assert (one["scored_writers"], ten["scored_writers"], ten["scored_texts"]) == (3, 3, 30)


def test_one_theme_alone_is_no_unhappier_than_others():
    found = theme_unhappiness(rows("aa", "11")).iloc[0]
    assert found["unhappy_extra"] == 0.0
    assert np.isnan(found["extra_error"])


def test_no_text_has_no_theme():
    assert theme_unhappiness(rows("", "")).empty
