from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.questions.campaigns.words import effect_in_words, points, verdict_in_words
from crm_helpers.questions.retention.win_back import returns_foreseen, too_late_in_words
from crm_helpers.tables.needs import Skip


def effect(difference: float, low: float, high: float) -> Effect:
    return Effect(difference, low, high, 0.1, 0.05, 100, 100, 0.012)


@pytest.mark.parametrize(
    ("difference", "words"),
    [(0.062, "+6.2"), (-0.031, "−3.1"), (0.0, "0.0"), (-0.0004, "0.0")],
)
def test_points_are_per_100_with_their_sign(difference, words):
    assert points(difference) == words


def test_effect_not_shown_says_what_would_have_been_seen():
    words = effect_in_words(effect(0.002, -0.01, 0.014))
    assert words.startswith("No effect on responses is shown: +0.2 per 100 persons")
    assert words.endswith("1.2 would have been seen")


def test_an_interval_is_said_with_its_level():
    words = effect_in_words(effect(0.05, 0.02, 0.08)).replace("\u00a0", " ")
    assert words.endswith("per 100 persons (+2.0 to +8.0 at 99.5 %)")


def test_harm_is_said_as_cost():
    assert effect_in_words(effect(-0.03, -0.05, -0.01)).startswith("A contact cost 3.0 responses")


def values(chosen: float, everybody: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "policy": ["nobody", "everybody", "chosen"],
            "treated_share": [0.0, 1.0, 0.27],
            "gain": [0.0, everybody, chosen],
        }
    )


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("chosen", "the 27 of 100 whom it pays to contact brings 8 per 100 persons"),
        ("everybody", "not shown to beat contacting everybody, which brings 3"),
        ("on trial", "worth a trial: 8 per 100 persons expected, not yet beyond chance"),
        ("nobody", "No way of contacting is shown to bring more than it costs"),
    ],
)
def test_each_verdict_has_its_words(verdict, words):
    assert words in verdict_in_words(verdict, values(8, 3), lambda x: f"{x:.0f}")


def bands(net: list[float], high: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"net": net, "net_high": high, "from_days": [100, 200, 300][: len(net)]})


def test_too_late_begins_after_the_last_band_that_pays():
    assert too_late_in_words(bands([5, 2, -1], [9, 9, -0.5])) == (
        "After 300 days without an order a contact no longer pays for sure"
    )
    assert too_late_in_words(bands([5, -2, -1], [9, 1, 2])).endswith("as far as is known")


def test_it_may_never_pay_or_never_be_too_late():
    assert too_late_in_words(bands([-5, -2], [1, 1])).startswith("Winning back is not expected")
    assert too_late_in_words(bands([5, 2], [9, 9])).startswith("It is not too late yet")


def test_a_win_back_model_without_a_test_is_a_skip():
    with pytest.raises(Skip, match="Who of the lost comes back could not be tested"):
        returns_foreseen(SimpleNamespace(findings={}), "the latest campaign")
