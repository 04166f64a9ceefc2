import pytest

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.page.section import Section
from crm_helpers.questions.acquisition.caused import Caused, caused_by

EFFECT = Effect(
    treated_mean=0.12,
    control_mean=0.03,
    difference=0.09,
    low=0.06,
    high=0.12,
    treated_count=1249,
    control_count=375,
    smallest_detectable=0.05,
)


def test_what_control_groups_measured_is_not_assumed():
    # 9 of the 12 responses per 100 came because of the contact, at least 6 of 12.
    found = caused_by(EFFECT, caused_share=0.3)
    assert (found.share, found.low) == pytest.approx((0.75, 0.5))
    assert "75\u00a0% of the responses came only because of the contact" in found.words


def test_an_effect_that_is_not_shown_causes_nothing_at_the_low_end():
    none = Effect(**{**vars(EFFECT), "low": -0.02, "difference": -0.01})
    found = caused_by(none, caused_share=0.3)
    assert (found.share, found.low) == (0.0, 0.0)


def test_without_a_control_group_the_share_is_an_assumption():
    found = caused_by(Section.absent("None."), caused_share=0.3)
    assert found == Caused(0.3, 0.3, is_measured=False)
    assert found.words.startswith("Assumption: 30")
