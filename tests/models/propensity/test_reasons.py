import pandas as pd

from crm_helpers.models.propensity.reasons import grouped, strongest, used

THEMES = {"silence": ("age_days", "gap_days", "not_there"), "orders": ("orders",), "none": ("x",)}


def values(**columns):
    names = ("age_days", "gap_days", "orders", "region")
    return pd.DataFrame({c: columns.get(c, [0.0, 0.0]) for c in names})


def test_predictors_of_one_theme_are_added_up_and_stand_once():
    own = values(age_days=[0.5, 0], gap_days=[0.4, 0], orders=[0.6, 0])
    assert strongest(own, THEMES)[0] == ("silence", "orders")


def test_what_speaks_against_the_outcome_is_no_reason():
    assert strongest(values(age_days=[-1.0, -1.0]), THEMES).tolist() == [(), ()]


def test_a_predictor_without_a_theme_is_one_of_its_own():
    assert strongest(values(region=[1.0, 1.0]), THEMES).tolist() == [("region",)] * 2
    assert list(grouped(values(), {})) == ["age_days", "gap_days", "orders", "region"]


def test_no_more_than_asked_for_are_named_and_the_first_of_equals_stands():
    own = values(age_days=[0.5, 0.1], orders=[0.5, 0.2], region=[0.5, 0.3])
    assert strongest(own, THEMES, count=1).tolist() == [("silence",), ("region",)]


def test_subjects_keep_their_index_and_nobody_has_no_reason():
    own = values(orders=[1.0, 1.0]).set_index(pd.Index([7, 3]))
    assert strongest(own, THEMES).to_dict() == {7: ("orders",), 3: ("orders",)}
    assert strongest(own.head(0), THEMES).empty


def test_groups_keep_the_sum_of_all_contributions():
    own = values(age_days=[0.5, 0.1], region=[0.2, 0.3])
    assert grouped(own, THEMES).sum(axis=1).tolist() == [0.7, 0.4]


def test_themes_without_a_predictor_and_columns_that_are_not_there_are_left_out():
    assert used(values(), THEMES) == {
        "silence": ["age_days", "gap_days"],
        "orders": ["orders"],
        "region": ["region"],
    }
