"""What to do first: one order from survey, texts and orders, and what it says."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.section import Section
from crm_helpers.questions.satisfaction import drivers, mending, order_of_work

ABSENT = Section.absent("Nobody was asked.")


@pytest.fixture
def asked_all(follows):
    """Complete answers, study and losses of ninety answers that delivery drags down."""
    options = {"driver_items": [], "shuffle_outcomes": False, "seed": 1}
    complete = drivers.complete(follows, overall_item="overall", **options)
    study = drivers.study(
        complete, follows, overall_item="overall", min_answers=90, bootstraps=50, seed=1
    )
    return follows, complete, study, mending.losses(follows, study)


def written(size: int, **more) -> tuple[pd.DataFrame, SimpleNamespace]:
    """Texts on delivery, every second one unhappy, and on the shop, one in ten."""
    unhappy = [n % 2 == 0 for n in range(size)] + [n % 10 == 0 for n in range(size)]
    rows = pd.DataFrame(
        {
            "theme": ["delivery: box, parcel"] * size + ["price, value"] * size,
            "score": [1.0 if one else 5.0 for one in unhappy],
            "scale": "stars",
            "unhappy": pd.array(unhappy, dtype="boolean"),
            "person": [f"p{n}" for n in range(2 * size)],
            "customer_id": [f"p{n}" for n in range(2 * size)],
        }
    )
    places = pd.DataFrame(
        {"theme": ["delivery: box, parcel", "price, value"], "place": ["delivery", ""]}
    )
    return rows.assign(**more), SimpleNamespace(words=places)


def test_low_answers_are_told_in_unhappy_customers(asked_all):
    follows, complete, study, losses = asked_all
    found = order_of_work.by_survey(follows, complete, study, losses).set_index("thing")
    overall = complete["overall"]
    # Delivery takes half a step on average; the unhappy lie so many steps below the others.
    steps = overall[overall >= 3].mean() - overall[overall < 3].mean()
    assert found.loc["delivery", "unhappy_share"] == pytest.approx(0.5 / steps, rel=0.03)
    assert len(found.loc["delivery", "customers"]) == 30


def test_writers_times_extra_unhappiness_are_told_by_place(told):
    rows, study = written(40)
    found = order_of_work.by_texts(rows, study, ABSENT, ABSENT, min_group=20)
    assert found["thing"].tolist() == ["delivery", "“price, value”"]
    assert found["unhappy_share"].tolist() == pytest.approx([0.5 * 0.4, -0.5 * 0.4])
    base = pd.DataFrame({"customer_id": range(400)})
    found = order_of_work.by_texts(rows, study, ABSENT, base, min_group=20)
    assert found["unhappy_share"].tolist() == pytest.approx([0.1 * 0.4, -0.1 * 0.4])


def test_middle_of_a_scale_is_not_unhappy_and_other_scales_tell_nothing():
    rows, study = written(40)
    rows.loc[:19, ["score", "unhappy"]] = [3.0, pd.NA]
    found = order_of_work.by_texts(rows, study, ABSENT, ABSENT, min_group=20)
    assert found["unhappy_share"].iloc[0] == pytest.approx(0.5 * (10 / 40 - 4 / 40))
    effort = rows.assign(scale="ces", unhappy=pd.array([pd.NA] * 80, dtype="boolean"))
    assert order_of_work.by_texts(effort, study, ABSENT, ABSENT, min_group=20).empty


def test_words_alone_make_nothing_sure():
    rows, study = written(40, unhappy=pd.array([pd.NA] * 80, dtype="boolean"), score=np.nan)
    mood = SimpleNamespace(is_told=True, chance=pd.Series([0.9] * 40 + [0.1] * 40))
    texts = order_of_work.by_texts(rows, study, mood, ABSENT, min_group=20)
    assert texts["unhappy_share"].tolist() == pytest.approx([0.4, -0.4])
    made = order_of_work.order(ABSENT, texts, ABSENT, ABSENT)
    assert not made["is_sure"].any()
    section = order_of_work.first_things(None, made, ABSENT, ABSENT, observation_days=365)
    assert section.says == "Nothing is clearly to be done first"
    assert section.findings == {}


def test_survey_texts_and_money_make_one_order_with_one_first(told, asked_all):
    rows, study = written(40)
    survey = order_of_work.by_survey(*asked_all)
    base = pd.DataFrame({"customer_id": range(200)})
    texts = order_of_work.by_texts(rows, study, ABSENT, base, min_group=20)
    ids = [str(n) for n in range(90)]
    money = pd.DataFrame({"customer_id": ids, "net_revenue_sum": 50.0})
    made = order_of_work.order(survey, texts, money, base)
    assert made["thing"].is_unique
    assert made.loc[0, "thing"] == "delivery"
    assert made.loc[0, "texts_share"] == pytest.approx(0.2 * 0.4)
    assert made.loc[0, "revenue"] == pytest.approx(made.loc[0, "unhappy_share"] * 50 * 200)
    changed = pd.DataFrame(
        {"item": ["delivery"], "scale": ["csat"], "mean_change": [-0.3], "is_change": [True]}
    )
    link = SimpleNamespace(is_shown=True, adjusted=0.1)
    section = order_of_work.first_things(told(), made, link, changed, observation_days=365)
    assert section.says.startswith("Start with delivery: ")
    assert section.findings["first_to_do"]["value"] == "delivery"
    assert section.data.loc[0, "change"] == "−30 of 100"
    assert "this revenue is at risk" in section.html


def test_without_survey_and_texts_the_reason_stands_once():
    made = order_of_work.order(ABSENT, ABSENT, ABSENT, ABSENT)
    section = order_of_work.first_things(None, made, ABSENT, ABSENT, observation_days=365)
    assert section.reason == "Nobody was asked."
