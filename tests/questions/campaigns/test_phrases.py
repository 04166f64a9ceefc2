from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.value.contact_money import ContactMoney
from crm_helpers.questions.campaigns.phrases import (
    effect_in_words,
    points,
    prices_in_words,
    spread_in_words,
    verdict_in_words,
)


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


@pytest.mark.parametrize(
    ("is_measured", "basis"),
    [(True, "from the contacts themselves."), (False, "an assumption of the parameters.")],
)
def test_prices_say_where_they_come_from(is_measured, basis):
    money = ContactMoney(1.0, 2.0, 10.0, is_measured)
    words = prices_in_words(money, lambda amount, decimals: f"{amount:.{decimals}f}")
    assert "worth 10.00 of margin; a contact costs 1.00, and 2.00 more" in words
    assert words.endswith(basis)


@pytest.mark.parametrize(("low", "words"), [(0.1, "does differ"), (-0.1, "not shown")])
def test_a_spread_is_claimed_where_its_slope_lies_above_zero(low, words):
    model = SimpleNamespace(slope=0.9, slope_low=low, slope_high=1.7)
    assert words in spread_in_words(model)
