"""Effect of an offer: measured where chance decided, assumed elsewhere."""

import datetime as dt

import ibis
import pandas as pd
import pytest

from crm_helpers.models.rules.offer_effect import effect_of_offers

AS_OF = dt.date(2026, 6, 30)
DAY = dt.datetime(2026, 3, 1)


def contacts(
    treated: int,
    control: int,
    *,
    purpose: str = "cross_sell",
    day: dt.datetime = DAY,
    each: int = 100,
):
    """A hundred contacted and a hundred not, or `each`, of whom so many responded."""
    rows = [(f"t{n}", True, n < treated) for n in range(each)]
    rows += [(f"c{n}", False, n < control) for n in range(each)]
    frame = pd.DataFrame(rows, columns=["person_id", "is_treated", "responded"])
    return ibis.memtable(
        frame.assign(
            campaign="spring",
            purpose=purpose,
            is_randomized=True,
            contacted_at=day,
            responded_at=day,
        )
    )


def test_the_rise_is_that_of_the_randomized_campaigns():
    effect = effect_of_offers(contacts(150, 100, each=1000), as_of=AS_OF, assumed=0.1)
    assert effect.is_shown
    assert effect.rise == pytest.approx(0.5, rel=1e-9)
    assert effect.campaigns == 1
    assert 0 < effect.limits()["low"] < 0.5 < effect.limits()["high"]
    assert (effect.limits()["n"], effect.limits()["level"]) == (2000, pytest.approx(0.995))


def test_a_rise_that_chance_could_have_made_raises_no_assumption():
    """15 of 100 against 10 of 100: at 99.5 % the rise lies between -0.3 and +2.4."""
    effect = effect_of_offers(contacts(15, 10), as_of=AS_OF, assumed=0.1)
    assert not effect.is_shown
    assert effect.measured == pytest.approx(0.5, rel=1e-9)
    assert effect.limits()["low"] < 0
    assert effect.rise == 0.1
    assert effect_of_offers(contacts(15, 10), as_of=AS_OF, assumed=0.9).rise == pytest.approx(0.5)


def test_a_measured_fall_counts_as_no_rise():
    assert effect_of_offers(contacts(5, 10), as_of=AS_OF, assumed=0.1).rise == 0


def test_without_contacts_the_assumption_stays():
    effect = effect_of_offers(None, as_of=AS_OF, assumed=0.3)
    assert not effect.is_shown
    assert (effect.rise, effect.tested, effect.limits()) == (0.3, None, {})


@pytest.mark.parametrize(
    "table",
    [
        contacts(15, 10, purpose="retention"),
        contacts(15, 10).mutate(is_randomized=ibis.literal(False)),
        contacts(15, 10).filter(ibis._.is_treated),
        contacts(15, 0),
        contacts(15, 10, day=dt.datetime(2026, 6, 20)),
        contacts(15, 10).drop("purpose"),
    ],
    ids=["other purpose", "not random", "no control", "no base", "not over yet", "no purpose"],
)
def test_campaigns_that_cannot_tell_are_not_used(table):
    assert effect_of_offers(table, as_of=AS_OF, assumed=0.3).tested is None


def test_contacts_that_tell_nothing_of_an_effect_are_counted():
    chosen = contacts(15, 10).mutate(is_randomized=ibis.literal(False))
    effect = effect_of_offers(chosen, as_of=AS_OF, assumed=0.1)
    assert (effect.rise, effect.tested, effect.unused) == (0.1, None, 200)
    assert effect_of_offers(contacts(15, 10), as_of=AS_OF, assumed=0.1).unused == 0
