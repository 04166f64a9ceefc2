import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.response import CROSS_VALIDATED, KEPT_APART
from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.acquisition.next_response import (
    hits_among_best,
    in_order,
    likeliest,
    rows,
    study,
)

CONTACTED = pd.DataFrame(
    {
        "person_id": ["a", "b", "c"],
        "campaign": "spring",
        "responded": [True, False, False],
        "channel": ["mail", "mail", "call"],
        "value": [9.0, 0.0, 0.0],
    }
)
PROFILES = pd.DataFrame(
    {"person_id": ["a", "b"], "campaign": "spring", "age": [30.0, 40.0], "plan": [None, None]}
)
SETTINGS = PropensitySettings(method="logistic", min_events=20, seed=1)


def planted(count: int = 400) -> pd.DataFrame:
    """Undated contacts; the higher the need, the likelier the response."""
    rng = np.random.default_rng(5)
    need = rng.normal(size=count)
    return pd.DataFrame(
        {
            "person_id": [f"p{n}" for n in range(count)],
            "campaign": np.where(np.arange(count) < 300, "first", "last"),
            "responded": rng.uniform(size=count) < 1 / (1 + np.exp(1 - need)),
            "need": need,
        }
    )


def test_rows_hold_what_was_told_and_what_was_known_before():
    found = rows(CONTACTED, PROFILES)
    assert found.columns.tolist() == ["person_id", "campaign", "responded", "channel", "age"]
    assert found["person_id"].tolist() == ["a", "b"]


def test_what_came_of_the_contact_is_no_predictor():
    assert "value" not in rows(CONTACTED, PROFILES)


def given(**changed):
    return {"test_campaign": "", "response_days": 30, "bootstraps": 30} | changed


def test_the_study_orders_persons_and_says_so_in_one_line():
    found = study(planted(), SETTINGS, **given())
    assert found.model.way == CROSS_VALIDATED
    assert found.evidence.finds_something
    assert found.evidence.customers == 400
    assert repr(found).startswith("Study of responses: logistic, 400 persons tested")


def test_a_campaign_named_is_the_test():
    found = study(planted(), SETTINGS, **given(test_campaign="last"))
    assert (found.model.way, found.evidence.customers) == (KEPT_APART, 100)


def test_few_responses_make_no_study():
    few = planted().assign(responded=lambda frame: frame.index < 19)
    assert "19 of 400" in study(few, SETTINGS, **given()).reason


def test_the_rule_scores_where_the_model_lost_to_it(response_study, loses):
    assert response_study(**loses).scorer.turned
    assert not response_study().scorer.turned


def test_the_order_of_the_file_is_only_looked_at_when_it_is_that_of_time(response_study):
    table = planted()
    assert in_order(response_study(), table, SETTINGS, rows_in_time_order=False) is None
    found = in_order(response_study(), table, SETTINGS, rows_in_time_order=True)
    assert found.customers == 400 // 3


def test_without_a_study_there_is_no_second_test():
    none = in_order(Section.absent("Few."), planted(), SETTINGS, rows_in_time_order=True)
    assert none.reason == "Few."


def test_the_best_may_hold_all_responses_or_none():
    test = pd.DataFrame({"outcome": [True, True] + [False] * 8, "probability": np.arange(10)[::-1]})
    best, worst = hits_among_best(test, 2), hits_among_best(test.assign(probability=range(10)), 2)
    assert (best.count, best.persons, best.by_chance) == (2, 2, pytest.approx(0.4))
    assert worst.count == 0
    assert worst.low < 0 < worst.high


def test_more_room_than_persons_looks_at_all():
    test = pd.DataFrame({"outcome": [True, False], "probability": [0.2, 0.1]})
    found = hits_among_best(test, 800)
    assert (found.count, found.persons, found.by_chance) == (1, 2, 1.0)


def test_the_order_of_a_rule_counts_before_its_probability():
    test = pd.DataFrame({"outcome": [True, False], "probability": [0.1, 0.2], "order": [9, 8]})
    assert hits_among_best(test, 1).count == 1


def shown(shop, study, second=None, test_campaign="", capacity=3):
    return likeliest(shop(), study, second, test_campaign=test_campaign, capacity=capacity)


def test_the_curves_of_model_and_rule_are_shown(shop, response_study):
    section = shown(shop, response_study())
    model = section.data[section.data["order"] == "model"]
    assert model["found_share"].tolist() == pytest.approx(
        [0, 0.25, 0.5, 0.5, 0.75, 0.75, 0.75, 1, 1, 1, 1]
    )
    assert set(section.data["order"]) == {"model", "rule"}
    assert section.findings == {}


def test_hits_are_counted_where_a_campaign_was_named(shop, response_study):
    section = shown(shop, response_study(), test_campaign="spring")
    assert section.findings["hits_in_capacity"]["value"] == 2
    assert list(section.findings["hits_in_capacity"]) == [
        "value", "unit", "n", "low", "high", "baseline",
    ]  # fmt: skip


def test_the_second_test_is_found_after_the_hits(shop, response_study, found):
    section = shown(shop, response_study(), found(auc=0.65), test_campaign="spring")
    assert list(section.findings) == ["hits_in_capacity", "in_order_auc"]
    assert section.findings["in_order_auc"]["value"] == 0.65


def test_a_second_test_that_stopped_takes_the_section(shop, response_study):
    assert is_absent(shown(shop, response_study(), Section.absent("Few.")))


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("chance", "Who will respond cannot be told better than by chance"),
        ("loses", "The plain rule 'age, high first' beats the model and is used"),
    ],
)
def test_a_model_that_finds_nothing_or_loses_is_not_praised(
    shop, response_study, request, kind, says
):
    changed = request.getfixturevalue(kind)
    assert shown(shop, response_study(**changed)).says == says
