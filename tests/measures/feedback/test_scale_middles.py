import pandas as pd

from crm_helpers.measures.feedback.scale_middles import on_own_scale, scale_middles


def answers(*rows: tuple[str, str | None, float]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["item", "scale", "score"])


def test_five_steps_beside_seven_keep_a_middle_each():
    rows = answers(("price", "csat", 1), ("price", "csat", 5), ("app", "ces", 1), ("app", "ces", 7))
    assert scale_middles(rows).to_dict() == {"price": 3.0, "app": 4.0}


def test_middle_stays_where_nobody_used_an_end_of_the_scale():
    rows = answers(("price", "stars", 2), ("price", "stars", 5), ("tell", "nps", 7))
    assert scale_middles(rows).to_dict() == {"price": 3.0, "tell": 5.0}


def test_questions_without_a_scale_share_the_lowest_answer_of_those_with_the_same_top():
    rows = answers(*((i, None, s) for i, s in zip("aabbcc", (2, 10, 1, 10, 1, 7), strict=True)))
    assert scale_middles(rows).to_dict() == {"a": 5.5, "b": 5.5, "c": 4.0}
    assert scale_middles(rows.drop(columns="scale")).to_dict() == {"a": 5.5, "b": 5.5, "c": 4.0}


def test_question_asked_on_two_scales_counts_on_the_one_most_used():
    rows = answers(("app", "csat", 1), ("app", "csat", 3), ("app", "ces", 7), ("fee", None, 2))
    assert on_own_scale(rows)["score"].tolist() == [1, 3, 2]
    assert scale_middles(rows)["app"] == 3.0


def test_order_and_copies_of_the_answers_change_nothing():
    rows = answers(("a", "csat", 1), ("b", "", 2), ("b", "", 9), ("c", "", 1), ("c", "", 9))
    twice = pd.concat([rows, rows]).sample(frac=1, random_state=1)
    assert scale_middles(twice).to_dict() == scale_middles(rows).to_dict()
