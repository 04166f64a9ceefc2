"""Stand-ins: which attribute gives a protected one away, and what leaving it out costs."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.credit.methods import CreditSettings
from crm_helpers.page.section import Section
from crm_helpers.questions.credit import stand_ins
from crm_helpers.questions.credit.applications import Predictors

RNG = np.random.default_rng(0)
GENDER = pd.DataFrame({"gender": RNG.choice(["f", "m"], 400)})
SCORED = pd.DataFrame(
    {
        "card_design": GENDER["gender"].map({"f": "red", "m": "blue"}),
        "home": RNG.choice(["owns", "rents"], 400),
    }
)
BOTH = Predictors(["home"], ["card_design", "home"], pd.DataFrame())


def told():
    return stand_ins.given_away(GENDER, SCORED, GENDER, BOTH, seed=0)


def priced(*rows):
    """Attribute, cost, ends of the interval."""
    frame = pd.DataFrame(rows, columns=["name", "cost", "low", "high"])
    return frame.set_index("name")


def test_the_attribute_that_follows_gender_gives_it_away_and_chance_does_not():
    found = told().set_index("attribute")
    assert found["is_stand_in"].to_dict() == {"card_design": True, "home": False}
    assert found.loc["card_design", "auc"] == pytest.approx(1.0)


def test_nobody_protected_gives_nothing_away():
    nobody = Section.absent("Nobody.")
    found = stand_ins.given_away(nobody, SCORED, pd.DataFrame(), BOTH, seed=0)
    assert found.reason == "Nobody."
    assert stand_ins.proxies(found, found, None).reason == "Nobody."


def test_leaving_out_what_tells_everything_costs_and_the_rest_is_not_priced(study):
    """Home alone tells the defaults, the coin nothing; both stand in for something."""
    home = np.where(np.arange(200) % 2 == 0, "owns", "rents")
    bad = (home == "rents") ^ (np.arange(200) % 10 == 0)
    ids = [f"a{place}" for place in range(200)]
    known = pd.DataFrame({"application_id": ids, "home": home, "defaulted": bad})
    known = known.assign(coin=bad ^ (np.arange(200) % 3 == 0))
    settings = CreditSettings(min_events=5)
    both = replace(study, columns=["home", "coin"], settings=settings)
    named = pd.DataFrame({"attribute": ["home", "coin"], "is_stand_in": [True, False]})
    found = stand_ins.prices(named, known, both, bootstraps=20, seed=0)
    assert found.index.tolist() == ["home"]
    assert found.loc["home", "cost"] > 0.3
    assert found.loc["home", "low"] > 0


def test_without_a_stand_in_nothing_is_trained(study):
    named = pd.DataFrame({"attribute": ["home"], "is_stand_in": [False]})
    assert stand_ins.prices(named, None, study, bootstraps=20, seed=0).empty


def test_what_it_costs_is_found_under_the_name_of_the_attribute(study):
    shown = stand_ins.proxies(told(), priced(("card_design", 0.02, -0.01, 0.05)), study)
    assert shown.findings["stand_in_cost_card_design"] == {
        "value": 0.02,
        "unit": "Gini",
        "low": -0.01,
        "high": 0.05,
    }
    assert shown.says == "Card design gives gender away"
    assert shown.data["attribute"].tolist() == ["card design", "home"]
    assert shown.data["cost"].tolist() == ["0.020 (−0.010 to 0.050)", ""]
    assert shown.data["use"].tolist() == ["left out", "on the card"]


@pytest.mark.parametrize(
    ("low", "advice"), [(-0.01, "costs no Gini that can be shown"), (0.01, "a person decides")]
)
def test_advice_follows_from_the_interval_of_the_cost(study, low, advice):
    shown = stand_ins.proxies(told(), priced(("card_design", 0.02, low, 0.05)), study)
    assert advice in shown.parts[2].text


def test_without_a_stand_in_there_is_no_advice_and_no_finding(study):
    none = told().assign(is_stand_in=False)
    shown = stand_ins.proxies(none, priced(), study)
    assert shown.says == "No attribute gives a protected one away"
    assert not shown.findings
    assert "leave it out" not in shown.parts[2].text
