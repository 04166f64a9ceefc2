"""What a lapse cost, said with its interval and only beyond chance."""

import datetime as dt

from crm_helpers.measures.value.lapse_share import LapseShare
from crm_helpers.questions.churn.lapse_worth import LapseFollowUp, _cost_words


def told(report, *share):
    seen = LapseFollowUp(dt.date(2025, 1, 1), 365, None, LapseShare(*share))
    return _cost_words(report, seen).replace("\u00a0", " ")


def test_money_that_a_lapse_cost_has_its_interval(report):
    said = told(report, 0.5, 0.25, 0.75, 80.0)
    assert said.startswith("Customers who lapsed brought ")
    assert "in the 365 days that followed than the like of them who did not" in said
    for amount in (40, 20, 60):
        assert str(amount) in said


def test_a_cost_that_chance_could_have_made_is_not_claimed(report):
    said = told(report, 0.1, -0.05, 0.25, 80.0)
    assert said.startswith("That a lapse costs anything is not shown")
    assert "at most" in said
    assert "20" in said
