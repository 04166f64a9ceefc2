"""What goes with overall satisfaction, and what is not claimed where nothing does."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.section import is_absent
from crm_helpers.questions.satisfaction import drivers
from crm_helpers.tables.needs import Skip

PLAIN = {"overall_item": "overall", "driver_items": [], "shuffle_outcomes": False, "seed": 1}


def study(rows, least=10):
    complete = drivers.complete(rows, **PLAIN)
    return drivers.study(
        complete, rows, overall_item="overall", min_answers=least, bootstraps=50, seed=1
    )


@pytest.fixture
def unrelated(survey):
    """Ninety answers drawn by lot."""
    rng = np.random.default_rng(4)
    drawn = {item: rng.integers(1, 6, 90).tolist() for item in ("overall", "delivery", "app")}
    return survey(**drawn)


def test_who_recommends_is_a_result_unless_it_was_named(survey):
    rows = survey(overall=4, recommend=9, delivery=2)
    assert list(drivers.complete(rows, **PLAIN)) == ["overall", "delivery"]
    named = PLAIN | {"driver_items": ["recommend"]}
    assert list(drivers.complete(rows, **named)) == ["overall", "recommend"]


def test_shuffled_answers_are_the_same_ones_of_others(survey):
    rows = survey(overall=list(range(1, 11)), delivery=3)
    plain = drivers.complete(rows, **PLAIN)
    mixed = drivers.complete(rows, **PLAIN | {"shuffle_outcomes": True})
    assert sorted(mixed["overall"]) == sorted(plain["overall"])
    assert mixed["overall"].tolist() != plain["overall"].tolist()
    assert mixed["delivery"].tolist() == plain["delivery"].tolist()


def test_shuffled_answers_of_a_person_stay_together(answers):
    rows = answers(
        *(
            (f"{n}", f"{n}", "survey", "", "", item, "csat", wave, 0, float(n if item else 3))
            for n in range(1, 6)
            for wave in range(3)
            for item in ("overall", "delivery")
        )
    )
    mixed = drivers.complete(rows, **PLAIN | {"shuffle_outcomes": True})["overall"]
    assert (mixed.groupby("person_id").nunique() == 1).all()
    assert mixed.groupby("person_id").first().tolist() != [1, 2, 3, 4, 5]


def test_slopes_name_the_middle_of_each_scale(follows):
    easy = follows.loc[follows["item"] == "app"].assign(scale="ces", score=lambda r: r["score"] + 2)
    section = drivers.slopes(study(pd.concat([follows[follows["item"] != "app"], easy])))
    assert section.data.set_index("driver")["middle"].to_dict() == {"delivery": 3.0, "app": 4.0}
    assert "One step below the middle of its scale" in section.html
    assert "app (middle 4)" in section.html
    assert "One step below 3" in drivers.slopes(study(follows)).html


def test_without_the_overall_question_or_with_few_answers_no_driver_is_named(told, survey):
    nobody = study(survey(delivery=3))
    assert "overall" in nobody.reason
    few = study(survey(overall=4, delivery=3), least=11)
    assert few.reason.startswith("Only 10 answers are complete, fewer than the 11")
    for section in (drivers.shares(told(), few), drivers.slopes(few)):
        assert section.reason == few.reason
        assert section.findings == {}


def test_driver_that_makes_the_answer_leads_and_disappoints(told, follows):
    found = study(follows)
    shares = drivers.shares(told(), found)
    assert shares.says.startswith("Delivery goes with overall satisfaction most")
    assert shares.data["label"].tolist() == ["delivery", "app"]
    assert shares.findings["top_driver"]["value"] == "delivery"
    share = shares.findings["top_driver_share"]
    # Straight lines explain variances of 0.417 and 0.08: 84 of 100 are of delivery.
    assert share["value"] == pytest.approx(0.417 / 0.497, abs=0.01)
    assert 0.5 < share["low"] < share["value"] < share["high"] < 1
    assert share["n"] == 90
    slopes = drivers.slopes(found)
    assert slopes.says == "Delivery mostly disappoints when bad"
    works = dict(zip(slopes.data["driver"], slopes.data["works"], strict=True))
    assert works == {"delivery": "disappoints when bad", "app": "both ways alike"}


def test_nothing_is_claimed_where_nothing_goes_together(told, unrelated):
    found = study(unrelated)
    assert not is_absent(found)
    reason = "The questions do not go with overall satisfaction beyond chance."
    for section in (drivers.shares(told(), found), drivers.slopes(found)):
        assert section.reason == reason
        assert section.findings == {}
    with pytest.raises(Skip, match="do not go with overall satisfaction beyond chance"):
        drivers.explained(found)


def test_two_drivers_that_are_one_lead_in_a_tie(told, survey):
    same = [1, 2, 3, 4, 5] * 18
    rows = survey(overall=same, delivery=same, service=same)
    section = drivers.shares(told(), study(rows))
    assert section.says == "Delivery and service go with overall satisfaction most, in a tie"
