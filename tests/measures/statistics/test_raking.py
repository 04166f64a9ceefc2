import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.statistics.raking import raking_weights


def test_answers_that_look_like_the_base_keep_weight_one():
    base = pd.DataFrame({"age": ["old", "young"] * 5, "place": ["a", "a", "b", "b", "a"] * 2})
    assert raking_weights(base, base).tolist() == pytest.approx([1.0] * 10)


def test_weighted_answers_have_the_shares_of_the_base():
    rng = np.random.default_rng(0)
    base = pd.DataFrame(
        {"age": rng.choice(["o", "y"], 2000), "place": rng.choice(["a", "b"], 2000)}
    )
    answers = pd.DataFrame(
        {
            "age": rng.choice(["o", "y"], 400, p=[0.7, 0.3]),
            "place": rng.choice(["a", "b"], 400, p=[0.6, 0.4]),
        }
    )
    weight = raking_weights(answers, base)
    for name in base:
        weighted = weight.groupby(answers[name]).sum() / weight.sum()
        assert weighted.to_dict() == pytest.approx(
            base[name].value_counts(normalize=True).to_dict()
        )


def test_weights_stay_within_their_bounds():
    answers = pd.DataFrame({"age": ["old"] * 99 + ["young"]})
    weight = raking_weights(answers, pd.DataFrame({"age": ["old", "young"]}))
    assert weight.max() / weight.min() <= 25


def test_group_that_the_base_lacks_keeps_its_weight():
    answers = pd.DataFrame({"age": ["old", "young", "unknown"]})
    weight = raking_weights(answers, pd.DataFrame({"age": ["old", "young"]}))
    assert weight.tolist() == pytest.approx([1.0, 1.0, 1.0])


def test_no_answers_are_refused():
    empty = pd.DataFrame({"age": pd.Series(dtype=str)})
    with pytest.raises(ValueError, match="raking: 0 answers and 1 customers"):
        raking_weights(empty, pd.DataFrame({"age": ["old"]}))


def test_the_order_of_answers_changes_no_weight():
    rng = np.random.default_rng(4)
    answers = pd.DataFrame({name: rng.choice([*"aabc"], 300) for name in ("age", "place")})
    base = pd.DataFrame({name: rng.choice([*"abcc"], 900) for name in ("age", "place")})
    again = raking_weights(answers.sample(frac=1, random_state=1), base).sort_index()
    pd.testing.assert_series_equal(again, raking_weights(answers, base), rtol=1e-9)
