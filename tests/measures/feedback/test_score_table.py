import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.feedback.score_table import score_changes, score_table


def answers(items: int, before: float, now: float, size: int = 300, seed: int = 0) -> pd.DataFrame:
    """Questions answered 1 or 0; the first moves, the others stay as they were before."""
    rng = np.random.default_rng(seed)
    parts = []
    for item in range(items):
        for period, chance in ((1, before), (0, now if item == 0 else before)):
            value = (rng.uniform(size=size) < chance).astype(float)
            person = [f"{period}-{k}" for k in range(size)]
            parts.append(
                pd.DataFrame(
                    {
                        "item": f"q{item}",
                        "period": period,
                        "answer_value": value,
                        "person_id": person,
                    }
                )
            )
    return pd.concat(parts, ignore_index=True)


def test_groups_with_too_few_persons_are_left_out():
    rows = pd.DataFrame(
        {"group": ["a", "a", "b"], "answer_value": [1.0, 0, 1], "person_id": ["x", "y", "z"]}
    )
    assert score_table(rows, ["group"])["group"].tolist() == ["a"]
    assert score_table(rows, ["group"], min_group=3).empty


def test_true_change_is_found_among_questions_that_did_not_move():
    found = score_changes(answers(8, 0.7, 0.5), ["item"])
    assert found["item"].iloc[0] == "q0"
    assert found["is_change"].tolist() == [True] + [False] * 7
    assert found["low"].iloc[0] < -0.2 < found["high"].iloc[0]


def test_same_answers_are_no_change():
    rows = answers(1, 0.5, 0.5)
    same = pd.concat([rows[rows["period"] == 1], rows[rows["period"] == 1].assign(period=0)])
    found = score_changes(same, ["item"]).iloc[0]
    assert (found["mean_change"], found["p_value"], found["is_change"]) == (0.0, 1.0, False)


@pytest.mark.slow
def test_without_a_true_change_hardly_ever_anything_is_called_one():
    called = [
        score_changes(answers(8, 0.6, 0.6, 120, s), ["item"])["is_change"].any() for s in range(40)
    ]
    assert sum(called) <= 6  # five in a hundred tries expected


def test_question_without_answers_before_is_not_compared():
    rows = answers(1, 0.5, 0.5)
    assert score_changes(rows[rows["period"] == 0], ["item"]).empty


def test_no_question_with_enough_answers_gives_no_rows():
    assert score_changes(answers(2, 0.7, 0.5, size=5), ["item"], min_group=20).empty
