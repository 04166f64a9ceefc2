import numpy as np
import pandas as pd
import pytest
from scipy import stats

from crm_helpers.models.satisfaction.driver_study import complete_answers, driver_study
from crm_helpers.tables.needs import Skip


def wide(size: int = 600, seed: int = 0) -> pd.DataFrame:
    """Delivery disappoints (0.8 below 3, 0 above), app delights, price does nothing."""
    rng = np.random.default_rng(seed)
    rows = pd.DataFrame({d: rng.integers(1, 6, size) for d in ("app", "delivery", "price")})
    overall = 0.8 * np.minimum(rows["delivery"] - 3, 0) + 0.5 * np.maximum(rows["app"] - 3, 0)
    rows["overall"] = overall + rng.normal(0, 0.6, size)
    return rows.set_index(
        pd.MultiIndex.from_arrays(
            [np.arange(size).astype(str), np.zeros(size)], names=["person_id", "period"]
        )
    )


def study(rows: pd.DataFrame, least: int = 100):
    middles = pd.Series(3.0, index=rows.columns)
    return driver_study(rows, "overall", middles, min_answers=least, draws=200, seed=1)


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


def in_waves(seed: int) -> pd.DataFrame:
    """Content persons stay content for four waves; no question goes with the overall answer."""
    rng = np.random.default_rng(seed)
    own = np.sqrt(0.8) * rng.normal(size=(120, 1, 6))
    drawn = own + np.sqrt(0.2) * rng.normal(size=(120, 4, 6))
    steps = np.clip(np.round(3.5 + 1.2 * drawn), 1, 5).reshape(480, 6)
    levels = [np.arange(120).astype(str), range(4)]
    index = pd.MultiIndex.from_product(levels, names=["person_id", "period"])
    return pd.DataFrame(steps, index, ["overall", "a", "b", "c", "d", "e"])


def test_waves_of_the_same_persons_are_not_taken_for_independent_answers():
    rows = in_waves(9)
    data = np.column_stack([np.ones(len(rows)), rows.drop(columns="overall")])
    left = rows["overall"] - data @ np.linalg.lstsq(data, rows["overall"])[0]
    share = 1 - (left**2).sum() / ((rows["overall"] - rows["overall"].mean()) ** 2).sum()
    assert stats.f.sf(share / 5 / ((1 - share) / 474), 5, 474) < 0.005  # as if 480 had answered
    found = driver_study(rows, "overall", MIDDLES, min_answers=100, draws=2, seed=1)
    assert found.p_value > 0.1


@pytest.mark.slow
def test_waves_of_the_same_persons_explain_nothing_by_themselves():
    # Of 60 such surveys an F test on the answers, at the same level, explained 14.
    found = [
        driver_study(in_waves(seed), "overall", MIDDLES, min_answers=100, draws=2, seed=1).explains
        for seed in range(60)
    ]
    assert sum(found) <= 2


MIDDLES = pd.Series(3.0, index=["overall", "a", "b", "c", "d", "e"])


def test_slopes_meet_in_the_middle_of_each_scale():
    rng = np.random.default_rng(8)
    rows = wide().assign(effort=rng.integers(1, 8, 600))
    rows["overall"] += 0.7 * np.minimum(rows["effort"] - 4, 0)
    middles = pd.Series({"app": 3.0, "delivery": 3.0, "price": 3.0, "effort": 4.0})
    found = driver_study(rows, "overall", middles, min_answers=100, draws=200, seed=1)
    table = found.table.set_index("driver")
    assert table["middle"].to_dict() == middles.to_dict()
    assert table.at["effort", "below"] == pytest.approx(0.7, abs=0.1)
    assert table.at["effort", "above"] == pytest.approx(0.0, abs=0.1)
    assert table.at["delivery", "below"] == pytest.approx(0.8, abs=0.1)
    assert table.at["delivery", "above"] == pytest.approx(0.0, abs=0.1)


def test_two_drivers_of_equal_weight_have_no_leader():
    rng = np.random.default_rng(3)
    rows = wide().assign(overall=lambda r: r["app"] + r["delivery"] + rng.normal(0, 1, 600))
    found = study(rows)
    assert found.explains
    assert not found.has_leader


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


ANSWERS = pd.DataFrame(
    {
        "person_id": list("aabbc"),
        "period": 0,
        "score": [5.0, 4, 3, 2, 1],
        "item": ["overall", "price", "overall", "price", "overall"],
    }
)


def test_only_complete_answers_count():
    rows = complete_answers(ANSWERS, "overall", [])
    assert rows.to_numpy().tolist() == [[5.0, 4.0], [3.0, 2.0]]


def test_missing_overall_question_is_named():
    with pytest.raises(Skip, match="No answers to 'satisfied'.*found overall, price"):
        complete_answers(ANSWERS, "satisfied", [])


def test_overall_question_alone_has_no_drivers():
    with pytest.raises(Skip, match="No other question was answered beside the overall one"):
        complete_answers(ANSWERS[ANSWERS["item"] == "overall"], "overall", [])
