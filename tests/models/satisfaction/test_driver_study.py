import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.satisfaction.driver_study import complete_answers, driver_study
from crm_helpers.tables.needs import Skip


def wide(size: int = 600, seed: int = 0) -> pd.DataFrame:
    """Delivery disappoints (0.8 below 3, 0 above), app delights, price does nothing."""
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame({d: rng.integers(1, 6, size) for d in ("app", "delivery", "price")})
    overall = 0.8 * np.minimum(rows["delivery"] - 3, 0) + 0.5 * np.maximum(rows["app"] - 3, 0)
    rows["overall"] = overall + rng.normal(0, 0.6, size)
    return rows.set_index(pd.MultiIndex.from_arrays(
        [np.arange(size).astype(str), np.zeros(size)], names=["person_id", "period"]
    ))  # fmt: skip


def study(rows: pd.DataFrame, least: int = 100):
    return driver_study(rows, "overall", min_answers=least, draws=200, seed=1)


def test_leader_slopes_and_kinds_are_those_that_made_the_answers():
    found = study(wide())
    assert found.has_leader
    assert found.table["driver"].tolist() == ["delivery", "app", "price"]
    by = found.table.set_index("driver")
    assert by.at["delivery", "below_low"] < 0.8 < by.at["delivery", "below_high"]
    assert by.at["app", "above_low"] < 0.5 < by.at["app", "above_high"]
    kinds = ["disappoints", "delights", "even"]
    assert by.loc[["delivery", "app", "price"], "kind"].tolist() == kinds


def test_shares_add_up_to_one_and_lie_in_their_intervals():
    table = study(wide()).table
    assert table["share"].sum() == pytest.approx(1.0, rel=1e-9)
    assert (table["share_low"] <= table["share"]).all()
    assert (table["share"] <= table["share_high"]).all()


def test_shuffled_overall_answers_explain_nothing():
    rows = wide()
    mixed = rows.assign(overall=np.random.default_rng(5).permutation(rows["overall"]))
    assert not study(mixed).explains


def test_answers_doubled_by_the_same_persons_keep_the_intervals():
    rows = wide(200)
    twice = study(pd.concat([rows, rows]))
    assert (twice.answers, twice.persons) == (400, 200)
    gap = (twice.table["share_high"] - study(rows).table["share_high"]).abs()
    assert gap.max() < 1e-9


def test_thirty_answers_name_no_driver():
    with pytest.raises(Skip, match="Only 30 answers are complete, fewer than the 100"):
        study(wide(30))


def test_question_with_one_answer_only_is_named():
    with pytest.raises(Skip, match="All 600 answers to 'price' are the same"):
        study(wide().assign(price=3))


def test_too_many_questions_are_refused():
    rows = wide().assign(**{f"q{k}": wide(seed=k)["app"].to_numpy() for k in range(11)})
    with pytest.raises(Skip, match="14 questions beside the overall one; at most 12"):
        study(rows)


ANSWERS = pd.DataFrame({"person_id": list("aabbc"), "period": 0, "score": [5.0, 4, 3, 2, 1],
                        "item": ["overall", "price", "overall", "price", "overall"]})  # fmt: skip


def test_only_complete_answers_count():
    rows = complete_answers(ANSWERS, "overall", [])
    assert rows.to_numpy().tolist() == [[5.0, 4.0], [3.0, 2.0]]


def test_missing_overall_question_is_named():
    with pytest.raises(Skip, match="No answers to 'satisfied'.*found overall, price"):
        complete_answers(ANSWERS, "satisfied", [])


def test_overall_question_alone_has_no_drivers():
    with pytest.raises(Skip, match="No other question was answered beside the overall one"):
        complete_answers(ANSWERS[ANSWERS["item"] == "overall"], "overall", [])
