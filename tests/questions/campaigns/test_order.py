"""How well persons are ordered by what a contact changes."""

import pytest

from crm_helpers.measures.effects.qini import Qini
from crm_helpers.page.section import Section
from crm_helpers.questions.campaigns import order
from tests.questions.campaigns.trials import contacts, report, study


def told(qini, left_out=3):
    return order.trust(report(), contacts(), study(), qini, left_out=left_out)


def test_no_study_no_trust():
    absent = Section.absent("Too few.")
    shown = order.trust(report(), contacts(), absent, absent, left_out=0)
    assert shown.reason == "Too few."
    assert shown.findings == {}


def test_the_curve_ends_at_the_average_effect():
    shown = told(Qini(0.2, 0.1, 0.3, 0.01))
    assert shown.data.iloc[0].tolist() == [0.0, 0.0]
    assert shown.data["treated_share"].iloc[-1] == 1
    assert shown.data["extra_outcomes"].iloc[-1] == pytest.approx(0.0)


def test_qini_is_the_finding_with_chance_as_its_baseline():
    assert told(Qini(0.2, 0.1, 0.3, 0.01)).findings == {
        "qini": {"value": 0.2, "unit": "", "low": 0.1, "high": 0.3, "n": 8, "baseline": 0.0}
    }


@pytest.mark.parametrize(("spread", "verb"), [(0.01, "orders persons"), (0.2, "is not shown")])
def test_an_order_is_claimed_beyond_chance_alone(spread, verb):
    assert told(Qini(0.2, 0.1, 0.3, spread)).says.startswith(f"The uplift model {verb}")


def test_those_left_out_and_the_methods_tried_are_named():
    words = told(Qini(0.2, 0.1, 0.3, 0.01), left_out=1234).parts[-1].text
    assert "1,234 persons who refused" in words
    assert "two logistic models" in words
    assert "imputed effects on logistic models" in words
