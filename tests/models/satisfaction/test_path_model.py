"""Path model: published coefficients, limits, messages."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.satisfaction.path_model import path_model

BLOCKS = {
    "Image": [f"IMAG{i}" for i in range(1, 6)],
    "Expectation": [f"CUEX{i}" for i in range(1, 4)],
    "Quality": [f"PERQ{i}" for i in range(1, 8)],
    "Value": ["PERV1", "PERV2"],
    "Satisfaction": [f"CUSA{i}" for i in range(1, 4)],
    "Complaints": ["CUSCO"],
    "Loyalty": [f"CUSL{i}" for i in range(1, 4)],
}
PUBLISHED = {
    ("Image", "Expectation"): 0.505,
    ("Expectation", "Quality"): 0.557,
    ("Expectation", "Value"): 0.051,
    ("Quality", "Value"): 0.557,
    ("Image", "Satisfaction"): 0.179,
    ("Expectation", "Satisfaction"): 0.064,
    ("Quality", "Satisfaction"): 0.513,
    ("Value", "Satisfaction"): 0.192,
    ("Satisfaction", "Complaints"): 0.526,
    ("Image", "Loyalty"): 0.195,
    ("Satisfaction", "Loyalty"): 0.483,
    ("Complaints", "Loyalty"): 0.071,
}
LOADINGS = {"CUSA1": 0.799, "CUSA2": 0.846, "CUSA3": 0.852, "CUSL1": 0.814, "CUSL2": 0.219}


@pytest.fixture(scope="module")
def mobile(shared_data):
    answers = pd.read_csv(shared_data / "ecsi_mobi" / "mobi.csv")
    return path_model(answers, BLOCKS, list(PUBLISHED))


def test_paths_of_ecsi_mobile_are_those_of_monecke_leisch_2012(mobile):
    found = mobile.paths.set_index(["cause", "effect"])["coefficient"].round(3)
    assert found.to_dict() == PUBLISHED


def test_loadings_of_ecsi_mobile_are_those_of_monecke_leisch_2012(mobile):
    found = mobile.loadings.set_index("item")["loading"].round(3)
    assert found[list(LOADINGS)].to_dict() == LOADINGS


@pytest.fixture
def answers():
    rng = np.random.default_rng(1)
    cause = rng.normal(size=400)
    items = {f"a{i}": cause + rng.normal(scale=0.3, size=400) for i in range(3)}
    items |= {f"b{i}": -cause + rng.normal(scale=0.3, size=400) for i in range(3)}
    return pd.DataFrame(items)


BOTH = {"A": ["a0", "a1", "a2"], "B": ["b0", "b1", "b2"]}


def test_a_latent_variable_faces_the_way_of_its_items(answers):
    model = path_model(answers, BOTH, [("A", "B")])
    assert (model.loadings["loading"] > 0.9).all()
    assert model.paths["coefficient"].item() < -0.9


def test_explained_share_of_one_cause_is_its_path_squared(answers):
    model = path_model(answers, BOTH, [("A", "B")])
    assert model.r_squared["B"] == pytest.approx(model.paths["coefficient"].item() ** 2, rel=1e-9)


def test_other_units_of_an_item_change_no_path(answers):
    other = answers.assign(a0=answers["a0"] * 100 + 7)
    first, second = (path_model(x, BOTH, [("A", "B")]).paths for x in (answers, other))
    pd.testing.assert_frame_equal(first, second, rtol=1e-9)


def test_missing_item_is_named(answers):
    with pytest.raises(ValueError, match=r"1 items are not among the answers \(first: a9\)"):
        path_model(answers, {"A": ["a9"], "B": ["b0"]}, [("A", "B")])


def test_unknown_block_is_named(answers):
    with pytest.raises(ValueError, match=r"an arrow names 'C', which is no block; known: A, B"):
        path_model(answers, BOTH, [("A", "C")])


def test_too_few_answers_are_counted(answers):
    with pytest.raises(ValueError, match=r"9 complete answers for 1 arrows; expected at least 10"):
        path_model(answers.head(9), BOTH, [("A", "B")])


def test_item_without_variation_is_named(answers):
    with pytest.raises(ValueError, match=r"item a1 has the same answer 400 times"):
        path_model(answers.assign(a1=5), BOTH, [("A", "B")])


def test_the_order_of_answers_changes_no_path(answers):
    first = path_model(answers, BOTH, [("A", "B")])
    again = path_model(answers.sample(frac=1, random_state=2), BOTH, [("A", "B")])
    pd.testing.assert_frame_equal(again.paths, first.paths, rtol=1e-9)
    pd.testing.assert_frame_equal(again.loadings, first.loadings, rtol=1e-9)


def test_weights_that_do_not_come_to_rest_are_said(answers, monkeypatch):
    monkeypatch.setattr("crm_helpers.models.satisfaction.path_model.MAX_STEPS", 1)
    with pytest.raises(ValueError, match="weights still move by .* after 1 steps; expected them"):
        path_model(answers, BOTH, [("A", "B")])
