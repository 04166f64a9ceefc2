"""Who is called back, why, and what a call is expected to bring."""

import pandas as pd
import pytest

from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.satisfaction.list import (
    candidates,
    lapse_chance,
    quotes,
    unhappy_customers,
    with_their_words,
)
from crm_helpers.tables.needs import Skip

NO_CASES = Section.absent("The source has no tickets or calls of the last period.")


def cases(*rows: tuple) -> pd.DataFrame:
    names = ["customer_id", "collected_by", "touchpoint", "period", "is_open"]
    return pd.DataFrame(list(rows), columns=names)


def test_unhappy_customer_is_listed_once_with_all_that_was_said(answers):
    rows = answers(
        ("a", "a", "survey", "", "", "recommend", "nps", 0, 12, 3.0),
        ("a", "a", "review", "delivery", "", "", "stars", 0, 2, 1.0),
        ("b", "b", "survey", "", "", "recommend", "nps", 0, 12, 9.0),
        ("c", "c", "survey", "", "", "recommend", "nps", 1, 99, 0.0),
        ("d", "", "survey", "", "", "recommend", "nps", 0, 1, 0.0),
    )
    found = unhappy_customers(rows, NO_CASES)
    assert found["customer_id"].tolist() == ["a"]
    assert found["why"][0] == (
        "gave 1 (stars) for delivery in a review 2 days ago; "
        "gave 3 (nps) for recommend in a survey 12 days ago"
    )


def test_open_cases_of_the_last_period_come_first_and_three_reasons_are_enough(answers):
    low = [("a", "a", "review", "", "", "", "stars", 0, age, 1.0) for age in (3, 1, 2)]
    open_ones = cases(
        ("a", "ticket", "delivery", 0, True),
        ("b", "call", "", 0, True),
        ("c", "call", "", 1, True),
        ("d", "call", "", 0, False),
        ("", "call", "", 0, True),
    )
    found = unhappy_customers(answers(*low), open_ones).set_index("customer_id")["why"]
    assert found["a"].split("; ") == [
        "open ticket about delivery",
        "gave 1 (stars) for us in a review 1 days ago",
        "gave 1 (stars) for us in a review 2 days ago",
    ]
    assert found["b"] == "open call about an unknown matter"
    assert len(found) == 2


def test_case_is_not_open_where_the_source_never_says(answers):
    unknown = cases(("a", "ticket", "", 0, pd.NA)).astype({"is_open": "boolean"})
    assert unhappy_customers(answers(), unknown).empty


def test_nobody_unhappy_is_nobody(answers, asked):
    assert unhappy_customers(answers(), NO_CASES).empty
    assert unhappy_customers(asked("nps", 9, 10), NO_CASES).empty


def followed(size: int) -> pd.DataFrame:
    """Half ordered lately and half long ago; the latter never order again."""
    recency = [10] * (size // 2) + [200] * (size // 2)
    return pd.DataFrame(
        {"unhappy": True, "recency_days": recency, "lapsed": [r > 100 for r in recency]}
    )


def test_chance_not_to_order_is_that_of_earlier_unhappy_customers_as_recent():
    assert lapse_chance(followed(200), pd.Series([5, 200])).tolist() == [0.0, 1.0]


def test_happy_customers_say_nothing_of_the_chance():
    happy = followed(200).assign(unhappy=False, lapsed=True)
    both = pd.concat([followed(200), happy], ignore_index=True)
    assert lapse_chance(both, pd.Series([5])).tolist() == [0.0]


def test_few_unhappy_customers_before_make_no_list():
    with pytest.raises(Skip, match="Only 40 unhappy customers of earlier surveys"):
        lapse_chance(followed(40), pd.Series([5]))


def test_quote_is_the_masked_text_of_the_unhappy_answer_of_the_last_period():
    rows = pd.DataFrame(
        {
            "customer_id": ["a", "a", "b", ""],
            "feedback_id": list("1234"),
            "period": [0, 0, 1, 0],
            "unhappy": [pd.NA, True, True, True],
            "shown": ["fine", "late, [name]", "old", "nobody"],
        }
    )
    assert quotes(rows).to_dict() == {"a": "late, [name]"}


def test_quote_is_cut_and_none_where_nobody_wrote():
    long = pd.DataFrame(
        {"customer_id": ["a"], "feedback_id": ["1"], "period": [0], "unhappy": [True]}
    )
    assert quotes(long.assign(shown="x" * 300))["a"] == "x" * 200
    assert quotes(Section.absent("The source has no texts.")).empty


WORTH = pd.DataFrame({"customer_id": ["a", "b"], "recency_days": [5, 200], "value": [300.0, 90.0]})
WHY = pd.DataFrame({"customer_id": ["a", "b", "z"], "why": ["gave 1", "gave 2", "gave 3"]})
MONEY = {"save_rate": 0.1, "contact_cost": 4.0}


def test_call_brings_the_share_kept_of_those_leaving_less_its_cost():
    found = candidates(WORTH, followed(200), WHY, **MONEY)
    assert found["customer_id"].tolist() == ["a", "b"]  # what z is worth is not known
    assert found["probability"].tolist() == [0.0, 1.0]
    assert found["expected_net_value"].tolist() == pytest.approx([-4.0, 0.1 * 90 - 4])
    assert found["cost"].tolist() == [4.0, 4.0]


def test_without_money_or_earlier_answers_the_reason_is_that_of_the_first():
    no_money = Section.absent("The orders have no prices.")
    no_past = Section.absent("There are no orders.")
    assert candidates(no_money, no_past, WHY, **MONEY).reason == no_money.reason
    assert candidates(WORTH, no_past, WHY, **MONEY).reason == no_past.reason
    assert is_absent(candidates(WORTH, followed(40), WHY, **MONEY))


def test_candidates_carry_what_they_wrote_and_whether_they_may_be_called():
    found = candidates(WORTH, followed(200), WHY, **MONEY)
    agreed = pd.DataFrame({"customer_id": ["a", "b"], "may_contact": [True, False]})
    listed = with_their_words(found, pd.Series({"b": "late, [name]"}), agreed)
    assert listed["quote"].tolist() == ["", "late, [name]"]
    assert listed["may_contact"].tolist() == [True, False]
    asked_nobody = with_their_words(found, pd.Series(dtype=str), agreed[["customer_id"]])
    assert asked_nobody["quote"].tolist() == ["", ""]
    assert "may_contact" not in asked_nobody
