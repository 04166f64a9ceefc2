"""What feedback cannot say is told in words."""

from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.questions.satisfaction.data import FeedbackData
from crm_helpers.questions.satisfaction.groups import GroupSections
from crm_helpers.questions.satisfaction.list import lapse_chance, masked_quotes, unhappy_customers
from crm_helpers.questions.satisfaction.text_data import TextData
from crm_helpers.questions.satisfaction.texts import TextStory
from crm_helpers.questions.satisfaction.worth import Worth
from crm_helpers.tables.needs import Skip

ANSWERS = {"person_id": str, "customer_id": str, "collected_by": str, "touchpoint": str,
           "product_id": str, "item": str, "scale": str, "period": int, "answer_age_days": int,
           "score": float}  # fmt: skip


def answers(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(ANSWERS)).astype(ANSWERS)


class Told:
    """A report with given rows of features, without any file."""

    def __init__(self, columns: tuple[str, ...] = (), **rows: pd.DataFrame) -> None:
        self.rows, self.parameters, self.currency = rows, {}, "EUR"
        self.p = SimpleNamespace(overall_item="overall", observation_days=365, period_days=91,
                                 min_group=20, min_answers=100)  # fmt: skip
        self.tables = {"feedback": SimpleNamespace(columns=columns)}

    def features(self, function, **_):
        return self.rows[function.__name__]


def test_source_without_any_answer_says_so():
    with pytest.raises(Skip, match="There is no answer on any scale by this day"):
        _ = FeedbackData(Told(survey_answers=answers())).answers


def test_source_without_invitations_says_so():
    with pytest.raises(Skip, match="The source does not say who was invited"):
        _ = FeedbackData(Told(survey_answers=answers())).invitations


def test_day_before_the_first_invitation_says_so():
    invited = pd.DataFrame({"customer_id": [], "has_answered": []})
    report = Told(("invited_at", "given_at"), survey_invitations=invited)
    with pytest.raises(Skip, match="Nobody was invited by this day"):
        _ = FeedbackData(report).invitations


def test_base_and_money_need_orders():
    data = FeedbackData(Told())
    with pytest.raises(Skip, match="Without orders the customer base is not known"):
        _ = data.base
    with pytest.raises(Skip, match="The orders have no prices, so nobody's value is known"):
        data.money_of()


def test_recommendation_stands_for_all_before_the_overall_question_and_before_stars():
    stars = ("a", "a", "review", "", "", "", "stars", 0, 0, 5.0)
    overall = ("a", "a", "survey", "", "", "overall", "csat", 0, 0, 5.0)
    recommend = ("a", "a", "survey", "", "", "recommend", "nps", 0, 0, 9.0)
    for rows, scale in (((stars, overall, recommend), "nps"), ((stars, overall), "csat"),
                        ((stars,), "stars")):  # fmt: skip
        assert FeedbackData(Told(survey_answers=answers(*rows))).main_scale == scale


def test_occasions_without_scores_say_so():
    stars = ("a", "a", "survey", "shop", "", "overall", "csat", 0, 0, 5.0)
    sections = GroupSections(FeedbackData(Told(survey_answers=answers(stars))))
    assert "No occasion has enough scores outside of surveys" in sections.by_occasion().html


def test_point_of_nps_needs_a_question_of_recommendation():
    stars = ("a", "a", "review", "", "", "", "stars", 0, 0, 5.0)
    worth = Worth(FeedbackData(Told(survey_answers=answers(stars))))
    with pytest.raises(Skip, match="Without a question of recommendation there is no NPS"):
        _ = worth.point_worth


def test_unhappy_customer_is_listed_once_with_all_that_was_said():
    rows = answers(
        ("a", "a", "survey", "", "", "recommend", "nps", 0, 12, 3.0),
        ("a", "a", "review", "delivery", "", "", "stars", 0, 2, 1.0),
        ("b", "b", "survey", "", "", "recommend", "nps", 0, 12, 9.0),
        ("c", "c", "survey", "", "", "recommend", "nps", 1, 99, 0.0),
        ("d", "", "survey", "", "", "recommend", "nps", 0, 1, 0.0),
    )
    found = unhappy_customers(Worth(FeedbackData(Told(survey_answers=rows))))
    assert found["customer_id"].tolist() == ["a"]
    assert found["why"][0] == (
        "gave 1 (stars) for delivery in a review 2 days ago; "
        "gave 3 (nps) for recommend in a survey 12 days ago"
    )


def followed(size: int) -> SimpleNamespace:
    """Half ordered lately and half long ago; the latter never order again."""
    recency = [10] * (size // 2) + [200] * (size // 2)
    return SimpleNamespace(followed=pd.DataFrame(
        {"unhappy": True, "recency_days": recency, "lapsed": [r > 100 for r in recency]}
    ))  # fmt: skip


def test_chance_not_to_order_is_that_of_earlier_unhappy_customers_as_recent():
    assert lapse_chance(followed(200), pd.Series([5, 200])).tolist() == [0.0, 1.0]


def test_few_unhappy_customers_before_make_no_list():
    with pytest.raises(Skip, match="Only 40 unhappy customers of earlier surveys"):
        lapse_chance(followed(40), pd.Series([5]))


def test_quote_is_the_masked_text_of_the_unhappy_answer_of_the_last_period():
    rows = pd.DataFrame({
        "customer_id": ["a", "a", "b", ""], "feedback_id": list("1234"), "period": [0, 0, 1, 0],
        "unhappy": [pd.NA, True, True, True], "shown": ["fine", "late, [name]", "old", "nobody"],
    })  # fmt: skip
    assert masked_quotes(SimpleNamespace(rows=rows)).to_dict() == {"a": "late, [name]"}


def texts_of(*texts: str) -> TextData:
    """Texts of reviews without any score."""
    told = TextData(FeedbackData(Told()))
    told.__dict__["_written"] = pd.DataFrame({
        "feedback_id": [str(place) for place in range(len(texts))], "text": list(texts),
        "customer_id": "", "collected_by": "review", "touchpoint": "", "scale": "",
        "score": float("nan"), "period": 0,
    })  # fmt: skip
    told.data.__dict__["agreed"] = pd.DataFrame({"customer_id": []})
    return told


def test_day_before_the_first_text_says_so():
    with pytest.raises(Skip, match="There is no text by this day"):
        _ = texts_of().rows


def test_texts_of_emoji_only_say_so():
    with pytest.raises(Skip, match="No text holds a word"):
        _ = texts_of("\U0001f600 \U0001f600", " ").rows


def test_themes_without_a_mood_have_no_order():
    texts = texts_of("late again")
    tested = SimpleNamespace(test_interval=SimpleNamespace(low=0.4, high=0.6))
    texts.__dict__ |= {"felt": pd.DataFrame({"value": [1.0]}), "sentiment": tested}
    story = TextStory(texts.data)
    story.texts = texts
    found = story.priority()
    assert "Without a mood that can be told no theme comes before another." in found.html
