import pandas as pd
import pytest

from crm_helpers.measures.feedback.answer_values import answer_values, is_unhappy


@pytest.mark.parametrize(
    ("scores", "nps"), [([9, 10], 100), ([0, 6], -100), ([7, 8], 0), ([10, 8, 6, 6], -25)]
)
def test_mean_of_the_values_is_the_net_promoter_score(scores, nps):
    answers = pd.Series(scores, dtype=float)
    assert answer_values(answers, pd.Series("nps", index=answers.index)).mean() == nps


def test_three_of_five_is_neither_satisfied_nor_unhappy():
    three, csat = pd.Series([3.0]), pd.Series(["csat"])
    assert answer_values(three, csat).tolist() == [0.0]
    assert is_unhappy(three, csat).tolist() == [False]


def test_scale_that_is_not_known_keeps_the_answer_and_calls_nobody_unhappy():
    one, scale = pd.Series([1.0]), pd.Series([""])
    assert answer_values(one, scale).tolist() == [1.0]
    assert is_unhappy(one, scale).tolist() == [False]


def test_no_answer_is_nobody_unhappy():
    nothing = is_unhappy(pd.Series([], dtype=float), pd.Series([], dtype="str"))
    assert nothing.tolist() == []
    assert nothing.dtype == bool
