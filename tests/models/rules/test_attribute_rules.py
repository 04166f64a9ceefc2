import numpy as np
import pandas as pd

from crm_helpers.models.rules.attribute_rules import Attribute, attribute_rules

RNG = np.random.default_rng(9)
SIZE = 6000
FRAME = pd.DataFrame(
    {
        "asked_for": RNG.choice(["voucher", "catalogue", "nothing"], SIZE),
        "pages_viewed": RNG.integers(0, 40, SIZE),
        "noise": RNG.normal(size=SIZE),
    }
)
LATER = np.arange(SIZE) >= 4000


def test_planted_attribute_is_found_and_holds_later():
    rate = 0.1 + 0.15 * (FRAME["asked_for"] == "voucher")
    rules = attribute_rules(FRAME, pd.Series(RNG.uniform(size=SIZE) < rate), LATER)
    best = rules.iloc[0]
    assert Attribute("asked_for", "voucher") in best["attributes"]
    assert best["rule_lift"] > 1.3
    assert best["later_lift"] > 1.3


def test_shuffled_responses_give_no_rule():
    rules = attribute_rules(FRAME, pd.Series(RNG.uniform(size=SIZE) < 0.15), LATER)
    assert rules.empty


def test_numbers_are_cut_into_bands():
    rate = 0.1 + 0.2 * (FRAME["pages_viewed"] >= 30)
    rules = attribute_rules(FRAME, pd.Series(RNG.uniform(size=SIZE) < rate), LATER)
    bands = [one for held in rules["attributes"] for one in held if one.column == "pages_viewed"]
    above = float(FRAME["pages_viewed"].quantile(0.75) // 1)
    assert Attribute("pages_viewed", above=above, scale="whole") in bands


def test_rules_as_strong_stand_by_name_and_say_the_same_attributes_in_that_order():
    happened = RNG.uniform(size=SIZE) < 0.1 + 0.3 * (FRAME["asked_for"] == "voucher")
    same = FRAME.assign(code=FRAME["asked_for"].map({"voucher": "v"}).fillna("n"))[
        ["code", "asked_for"]
    ]
    rules = attribute_rules(same, pd.Series(happened), LATER)
    best = rules[rules["rule_lift"] == rules["rule_lift"].iloc[0]]
    assert best["attributes"].iloc[0] == (Attribute("asked_for", "voucher"),)
    assert best["attributes"].iloc[1] == (Attribute("code", "v"),)


def test_levels_stand_by_name_and_bands_from_the_lowest():
    attributes = [
        Attribute("age", above=40.0),
        Attribute("asked_for", "voucher"),
        Attribute("age", up_to=20.0),
        Attribute("age", above=20.0, up_to=40.0),
    ]
    assert sorted(attributes, key=lambda one: one.place) == [
        attributes[place] for place in (2, 3, 0, 1)
    ]
