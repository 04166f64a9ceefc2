import pandas as pd
import pytest

from crm_helpers.measures.feedback.low_answers import lost_to_low_answers


def drivers(**slopes: float) -> pd.DataFrame:
    rows = [(name, 3.0, b, b - 0.1, b + 0.1, b - 0.2) for name, b in slopes.items()]
    ends = ["below", "below_low", "below_high", "below_sure"]
    return pd.DataFrame(rows, columns=["driver", "middle", *ends])


def answers(**scores: list[int]) -> pd.DataFrame:
    rows = [(item, score) for item, given in scores.items() for score in given]
    return pd.DataFrame(rows, columns=["item", "score"])


def test_what_matters_but_is_answered_well_has_nothing_to_mend():
    found = lost_to_low_answers(
        drivers(service=0.9, delivery=0.3), answers(service=[4, 5], delivery=[1, 5])
    )
    assert found["driver"].tolist() == ["delivery", "service"]
    assert found["lost"].tolist() == pytest.approx([0.3, 0.0])
    assert found["low_share"].tolist() == [0.5, 0.0]


def test_the_middle_itself_is_not_low():
    assert lost_to_low_answers(drivers(price=1.0), answers(price=[3, 3]))["lost"][0] == 0


def test_each_question_is_low_below_the_middle_of_its_own_scale():
    both = drivers(price=1.0, effort=1.0).assign(middle=[3.0, 4.0])
    found = lost_to_low_answers(both, answers(price=[3, 2], effort=[3, 4])).set_index("driver")
    assert found["lost"].to_dict() == {"price": 0.5, "effort": 0.5}
    assert found["low_share"].to_dict() == {"price": 0.5, "effort": 0.5}


def test_a_slope_below_zero_counts_as_none():
    found = lost_to_low_answers(drivers(price=-0.5), answers(price=[1])).iloc[0]
    assert (found["lost"], found["lost_low"], found["lost_high"]) == (0, 0, 0)


def test_the_interval_is_that_of_the_slope():
    found = lost_to_low_answers(drivers(price=0.2), answers(price=[1, 1, 5, 5])).iloc[0]
    assert [found["lost_low"], found["lost_high"]] == pytest.approx([0.1, 0.3])


def test_a_driver_nobody_answered_is_left_out_and_doubling_changes_nothing():
    asked = answers(price=[1, 4])
    once = lost_to_low_answers(drivers(price=0.2, app=0.4), asked)
    twice = lost_to_low_answers(drivers(price=0.2, app=0.4), pd.concat([asked, asked]))
    assert once["driver"].tolist() == ["price"]
    assert once["lost"].tolist() == twice["lost"].tolist()
