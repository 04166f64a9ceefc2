import numpy as np
import pandas as pd

from crm_helpers.models.rules.attribute_rules import attribute_rules

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
    assert "asked for voucher" in best["rule"]
    assert best["rule_lift"] > 1.3
    assert best["later_lift"] > 1.3


def test_shuffled_responses_give_no_rule():
    rules = attribute_rules(FRAME, pd.Series(RNG.uniform(size=SIZE) < 0.15), LATER)
    assert rules.empty


def test_numbers_are_said_as_bands():
    rate = 0.1 + 0.2 * (FRAME["pages_viewed"] >= 30)
    rules = attribute_rules(FRAME, pd.Series(RNG.uniform(size=SIZE) < rate), LATER)
    assert rules["rule"].str.contains(r"pages viewed above \d+").any()
