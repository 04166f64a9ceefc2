"""Effects of contacts: the average, and campaign by campaign."""

import pandas as pd
import pytest

from crm_helpers.measures.effects.pooled_effect import pooled_effect
from crm_helpers.page.section import is_absent
from crm_helpers.questions.campaigns import effects
from tests.questions.campaigns.trials import contacts, report


def test_a_campaign_without_a_control_group_shows_nothing_and_says_why():
    made = effects.arms(contacts(treated=[1] * 6), purpose="retention")
    assert made.reason.startswith("No retention campaign kept a control group drawn at random")
    assert is_absent(effects.average(made))
    shown = effects.by_campaign(report(), made, effects.average(made))
    assert shown.reason == made.reason
    assert shown.findings == {}


def test_an_offer_that_nobody_got_is_named():
    made = effects.arms(contacts(), purpose="retention", offer="gift")
    assert "No retention campaign with the offer 'gift'" in made.reason


def test_arms_are_those_of_the_purpose_alone():
    both = pd.concat([contacts(), contacts(campaign="june", purpose="win_back")])
    arms = effects.arms(both, purpose="win_back")
    assert arms["campaign"].unique().tolist() == ["june"]
    assert effects.purpose_of(arms) == "win_back"
    assert effects.source_of(report(), arms) == "Shop, campaigns for win-back"


def test_average_is_the_difference_of_both_rates():
    effect = effects.average(contacts())
    assert effect.difference == pytest.approx(3 / 4 - 1 / 2)
    assert (effect.treated_count, effect.control_count) == (4, 2)
    assert effect.low < effect.difference < effect.high


def test_the_interval_is_that_of_a_claim():
    arms = contacts()
    plain = pooled_effect(arms["responded"], arms["is_treated"], arms["campaign"])
    effect = effects.average(arms)
    known = (arms["responded"], arms["is_treated"], arms["campaign"])
    assert effect == pooled_effect(*known, interval_level=0.995)
    assert effect.high - effect.low > plain.high - plain.low


def test_each_campaign_has_a_line_and_all_together_the_last():
    arms = pd.concat([contacts(), contacts(campaign="june")], ignore_index=True)
    shown = effects.by_campaign(report(), arms, effects.average(arms))
    assert shown.data["campaign"].tolist() == ["june", "may", "all campaigns"]
    assert shown.data["difference"].tolist() == pytest.approx([0.25] * 3)
    assert shown.figure.axes


def test_only_the_latest_campaigns_are_drawn():
    names = [f"c{n:02d}" for n in range(13)]
    arms = pd.concat([contacts(campaign=name) for name in names], ignore_index=True)
    shown = effects.by_campaign(report(), arms, effects.average(arms))
    assert shown.data["campaign"].tolist() == [*names[2:], "all campaigns"]


@pytest.mark.parametrize(
    ("purpose", "name"),
    [("retention", "average_effect"), ("acquisition", "acquisition_effect")],
)
def test_the_finding_is_named_by_its_purpose(purpose, name):
    arms = contacts(purpose=purpose)
    effect = effects.average(arms)
    found = effects.by_campaign(report(), arms, effect).findings
    assert list(found) == [name]
    assert found[name] == {
        "value": effect.difference,
        "unit": "share",
        "low": effect.low,
        "high": effect.high,
        "level": pytest.approx(0.995),
        "n": 6,
    }
