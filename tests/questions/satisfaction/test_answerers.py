"""Who answers, and whether that changes the figure."""

import pandas as pd
import pytest

from crm_helpers.page.section import Section
from crm_helpers.questions.satisfaction.answerers import (
    invited,
    response_rate,
    weighted,
    weighting,
)
from crm_helpers.questions.satisfaction.scores import main_figure

NO_RATE = Section.absent("The source does not say who was invited.")


def customers(*regions: str) -> pd.DataFrame:
    names = [str(place) for place in range(len(regions))]
    return pd.DataFrame({"customer_id": names, "region": list(regions)})


def test_source_without_invitations_says_so(told, nobody):
    assert invited(told(), nobody, period_days=91).reason == NO_RATE.reason


def test_day_before_the_first_invitation_says_so(told, nobody):
    rows = pd.DataFrame({"customer_id": [], "has_answered": []})
    report = told({"feedback": ("invited_at", "given_at")}, survey_invitations=rows)
    assert invited(report, nobody, period_days=91).reason == "Nobody was invited by this day."


def mailed(*answered: bool, period: int = 0) -> pd.DataFrame:
    people = [f"{period}-{place}" for place in range(len(answered))]
    return pd.DataFrame({"person_id": people, "period": period, "has_answered": list(answered)})


def test_response_rate_is_that_of_the_last_period():
    rows = pd.concat([mailed(True, False, False, False), mailed(True, True, period=1)])
    rate = response_rate(rows)
    assert (rate.mean, rate.n) == (0.25, 4)


def test_rate_of_one_invitation_is_none():
    assert response_rate(mailed(True)).reason.startswith("Fewer than two persons were invited")
    assert response_rate(NO_RATE).reason == NO_RATE.reason


def test_answers_of_a_few_stand_for_the_many_who_are_like_them(asked):
    # Three of four answers come from the north, where one of two customers lives.
    base = customers("north", "north", "north", "south", "south", "south")
    found = weighted(asked("nps", 9, 9, 9, 0), base, min_group=2)
    assert found.mean == pytest.approx(0.0, abs=1e-9)
    assert found.n == 4


def test_answers_like_all_customers_are_not_moved(asked):
    main = asked("nps", 9, 0, 9, 0)
    base = customers("north", "north", "south", "south")
    figure, found = main_figure(main, period_days=91), weighted(main, base, min_group=2)
    told = weighting(figure, found, base, NO_RATE)
    assert told.says.startswith("Who answers hardly changes the figure: weighting moves it by 0")
    assert told.data["figure"].tolist() == ["as answered", "weighted"]
    assert list(told.findings) == ["nps_weighted"]
    assert told.findings["nps_weighted"]["baseline"] == 0.0


def test_rate_of_answers_is_a_finding_between_nought_and_one(asked):
    main, base = asked("nps", 9, 0), customers("north", "south")
    figure, found = main_figure(main, period_days=91), weighted(main, base, min_group=2)
    told = weighting(figure, found, base, response_rate(mailed(True, True, True, False)))
    assert list(told.findings) == ["response_rate", "nps_weighted"]
    rate = told.findings["response_rate"]
    assert (rate["value"], rate["high"], rate["n"]) == (0.75, 1.0, 4)


def test_too_few_answers_of_customers_who_ordered_are_not_weighted(asked):
    found = weighted(asked("nps", 9, 0, 9), customers("north"), min_group=2)
    assert found.reason == "Too few answers can be matched with customers who ordered."
    figure = main_figure(asked("nps", 9, 0, 9), period_days=91)
    assert weighting(figure, found, customers("north"), NO_RATE).reason == found.reason
