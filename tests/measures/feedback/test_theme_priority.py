"""Priority of themes, on tables that can be checked by eye."""

import pandas as pd
import pytest

from crm_helpers.measures.feedback.theme_priority import theme_priority


def rows(theme, chance, value=10.0):
    return pd.DataFrame({"theme": list(theme), "chance": chance, "value": value})


def test_volume_extra_and_value_are_multiplied():
    found = theme_priority(rows("aabb", [0.9, 0.7, 0.2, 0.4], [20.0, 40.0, 5.0, 5.0]))
    first = found.iloc[0]
    assert first["theme"] == "a"
    assert first["priority"] == pytest.approx(2 * 0.5 * 30.0)


def test_one_theme_alone_weighs_nothing():
    assert theme_priority(rows("aa", [0.9, 0.8]))["priority"].tolist() == [0.0]


def test_themes_of_equal_mood_weigh_nothing():
    assert theme_priority(rows("aabb", [0.5] * 4))["priority"].tolist() == [0.0, 0.0]


def test_doubling_every_text_doubles_priority_and_no_share():
    once = rows("aab", [0.9, 0.7, 0.2])
    twice = theme_priority(pd.concat([once, once])).set_index("theme")
    assert twice.loc["a", "priority"] == pytest.approx(
        2 * theme_priority(once).set_index("theme").loc["a", "priority"]
    )
    assert twice.loc["a", "unhappy_share"] == pytest.approx(0.8)
