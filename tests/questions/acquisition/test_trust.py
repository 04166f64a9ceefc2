import pytest

from crm_helpers.models.propensity.response import CROSS_VALIDATED
from crm_helpers.page.section import Section
from crm_helpers.questions.acquisition.trust import lead_findings, models, response_findings

NONE = Section.absent("Few responses.")
NO_LEADS = Section.absent("No leads.")


def test_the_tests_of_both_models_are_found(response_study, lead_study):
    study = response_study()
    assert list(response_findings(study)) == ["test_auc", "rule_auc", "test_lift_top10"]
    assert list(lead_findings(lead_study(), study)) == [
        "lead_test_auc",
        "lead_rule_auc",
        "lead_test_lift_top10",
    ]
    assert response_findings(study)["test_auc"] == {
        "value": 0.8,
        "unit": "",
        "low": 0.6,
        "high": 0.95,
        "level": 0.995,
        "n": 10,
        "baseline": 0.5,
    }
    assert response_findings(study)["test_lift_top10"]["baseline"] == 2.0


def test_a_lead_model_alone_has_the_stable_names(lead_study):
    assert list(lead_findings(lead_study(), NONE)) == ["test_auc", "rule_auc", "test_lift_top10"]


def test_without_models_nothing_is_found(response_study):
    assert response_findings(NONE) == {}
    assert lead_findings(NO_LEADS, response_study()) == {}


def lines_of(section):
    return dict(section.data.itertuples(index=False))


def test_both_models_are_told_line_by_line(response_study, lead_study):
    section = models(response_study(), None, lead_study())
    lines = lines_of(section)
    assert len(section.data) == 12
    assert lines["AUC of the lead model"] == "0.800 (0.600 to 0.950)"
    assert lines["AUC of its rule (age, high first)"] == "0.700"
    assert section.says == "The response model beats its rule, and the lead model beats its rule"


def test_a_second_test_has_its_line(response_study, found):
    section = models(response_study(), found(auc=0.65), NO_LEADS)
    assert section.data["value"].iloc[-1].startswith("0.650")
    assert len(section.data) == 7


def test_what_was_left_out_is_named_but_for_what_never_changes(response_study):
    html = models(response_study(way=CROSS_VALIDATED), None, NO_LEADS)._repr_html_()
    assert "gender: excluded by a parameter." in html
    assert "the same value" not in html
    assert "could not be tested in time" in html
    assert "No leads." in html


def test_a_second_test_that_stopped_leaves_the_lead_model(response_study, lead_study):
    section = models(response_study(), Section.absent("Few of the last third."), lead_study())
    assert "AUC of the lead model" in lines_of(section)
    assert "AUC of the response model" not in lines_of(section)
    assert "Few of the last third. Tested on" in section._repr_html_()


def test_a_model_that_does_not_beat_its_rule_is_not_praised(lead_study, loses):
    assert models(NONE, NONE, lead_study(**loses)).says == (
        "The lead model is not shown to beat its rule"
    )


def test_without_models_the_reasons_alone_are_told():
    section = models(NONE, NONE, NO_LEADS)
    assert section.says == "Few responses. No leads."
    with pytest.raises(ValueError, match="it shows words alone"):
        _ = section.data
