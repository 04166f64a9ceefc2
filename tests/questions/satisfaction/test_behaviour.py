"""Whether the unhappy buy less afterwards, and what a point of NPS goes with."""

import pandas as pd
import pytest

from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.satisfaction import behaviour

TABLES = {
    "feedback": ("given_at", "customer_id", "score"),
    "transactions": ("customer_id", "ordered_at"),
}
DAYS = {"observation_days": 365, "outcome_days": 90}
PLAIN = {"period_days": 91, "shuffle_outcomes": False, "seed": 1}


def followed(*rows: tuple) -> pd.DataFrame:
    """Answers from customer, score, orders after."""
    frame = pd.DataFrame(list(rows), columns=["customer_id", "score", "orders_after"])
    return frame.assign(
        item="recommend",
        scale="nps",
        answer_age_days=100,
        orders_before=[1 + n // 8 % 2 for n in range(len(frame))],
        recency_days=[10 + n % 3 for n in range(len(frame))],
        revenue_before=50.0,
        revenue_after=20.0 * frame["orders_after"],
    )


def unhappy_leave(size: int) -> pd.DataFrame:
    """Every second one is unhappy; of those three of four never order again, of others one."""
    rows = []
    for n in range(size):
        leaves = n % 8 // 2 < (3 if n % 2 else 1)
        rows.append((f"c{n}", 0.0 if n % 2 else 10.0, 0 if leaves else 1))
    return behaviour.outcomes(followed(*rows), **PLAIN)


def test_source_without_later_orders_says_what_to_add(told, asked, nobody):
    report = told({"feedback": TABLES["feedback"]})
    found = behaviour.answers_followed(report, nobody, asked("nps", 9), **DAYS)
    assert "The source has no transactions (customer_id, ordered_at)" in found.reason
    outcomes = behaviour.outcomes(found, **PLAIN)
    link = behaviour.lapse_link(outcomes, min_answers=10)
    section = behaviour.afterwards(report, outcomes, link, link, outcome_days=90)
    assert section.reason == found.reason


def test_only_answers_to_the_main_question_of_those_who_agreed_are_followed(told, asked):
    rows = followed(("a", 9.0, 1), ("b", 9.0, 1), ("c", 9.0, 1))
    rows = rows.assign(item=["recommend", "recommend", "overall"])
    agreed = pd.DataFrame({"customer_id": list("abc"), "may_profile": [True, False, True]})
    report, main = told(TABLES, answers_and_orders=rows), asked("nps", 9, item="recommend")
    found = behaviour.answers_followed(report, agreed, main, **DAYS)
    assert found["customer_id"].tolist() == ["a"]
    assert report.asked["answers_and_orders"] == DAYS


def test_outcomes_are_told_from_score_orders_and_day():
    rows = followed(("a", 6.0, 0), ("b", 7.0, 2)).assign(answer_age_days=[90, 182])
    found = behaviour.outcomes(rows, **PLAIN)
    assert found["unhappy"].tolist() == [True, False]
    assert found["lapsed"].tolist() == [True, False]
    assert found["answer_value"].tolist() == [-100.0, 0.0]
    assert found["wave"].tolist() == [0, 2]


def test_no_answer_has_no_outcome():
    assert behaviour.outcomes(followed(), **PLAIN).empty


def test_shuffled_outcomes_are_the_same_ones_of_others():
    rows = followed(*((f"{n}", 5.0, n) for n in range(10)))
    mixed = behaviour.outcomes(rows, **PLAIN | {"shuffle_outcomes": True})
    assert sorted(mixed["orders_after"]) == list(range(10))
    assert mixed["orders_after"].tolist() != list(range(10))
    assert (mixed["lapsed"] == (mixed["orders_after"] == 0)).all()


def test_unhappy_who_leave_more_often_are_found(told):
    outcomes = unhappy_leave(80)
    link = behaviour.lapse_link(outcomes, min_answers=80)
    section = behaviour.afterwards(
        told(), outcomes, link, Section.absent("no prices"), outcome_days=90
    )
    found = section.findings["unhappy_lapse_difference"]
    assert found["baseline"] == pytest.approx(0.5)
    assert found["low"] > 0
    assert found["n"] == 80
    assert section.says.startswith("Of unhappy customers ")
    assert section.says.endswith(" more of 100 do not order in the 90 days that follow")
    assert section.data["what"].tolist() == ["Customers without an order, of 100"]
    assert list(section.findings) == ["unhappy_lapse_difference"]


def test_too_few_answers_to_follow_are_no_link():
    found = behaviour.lapse_link(unhappy_leave(79), min_answers=80)
    assert found.reason == "Only 79 answers can be followed to later orders, fewer than 80."


def money(**columns: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"customer_id": ["a"], "net_revenue_sum": [100.0]} | columns)


def test_point_of_nps_needs_a_question_of_recommendation(asked):
    found = behaviour.point_worth(
        asked("stars", 5), money(), money(), unhappy_leave(80), margin_share=0.35, min_answers=10
    )
    assert found.reason.startswith("Without a question of recommendation there is no NPS")


def test_point_of_nps_is_margin_of_all_customers_and_a_second_line(told, asked):
    outcomes, base = unhappy_leave(80), pd.DataFrame({"customer_id": list("abcd")})
    options = {"margin_share": 0.25, "min_answers": 80}
    point = behaviour.point_worth(asked("nps", 9), money(), base, outcomes, **options)
    # From -100 to 100 the share with an order of 20 rises by a half: 0.05 a point.
    assert point.plain == pytest.approx(0.25 * 4 * 0.05)
    link = behaviour.lapse_link(outcomes, min_answers=80)
    section = behaviour.afterwards(told(), outcomes, link, point, outcome_days=90)
    assert list(section.findings) == ["unhappy_lapse_difference", "nps_point_value"]
    assert section.findings["nps_point_value"]["unit"] == "EUR"
    assert len(section.data) == 2


def test_point_is_worth_nothing_known_without_money(asked):
    absent = Section.absent("The orders have no prices, so nobody's value is known.")
    options = {"margin_share": 0.25, "min_answers": 80}
    assert is_absent(
        behaviour.point_worth(asked("nps", 9), absent, money(), unhappy_leave(80), **options)
    )
