import pandas as pd
import pytest

from crm_helpers.measures.effects.arm_effects import arm_effects


def contacts(rows: list[tuple]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["campaign", "offer", "is_treated", "responded", "value"])


def test_each_offer_is_compared_with_the_control_group_of_its_own_campaign():
    table = contacts(
        [("may", "a", True, True, 9.0)] * 3
        + [("may", "a", True, False, 0.0)]
        + [("may", "b", True, False, 0.0)] * 2
        + [("may", None, False, True, 4.0), ("may", None, False, False, 0.0)]
        + [("june", "a", True, True, 1.0)] * 2
        + [("june", None, False, True, 1.0)]
    )
    effects = arm_effects(table)
    found = effects.set_index(["campaign", "offer"])["difference"]
    assert found.to_dict() == {("may", "a"): 0.25, ("june", "a"): 0.0, ("may", "b"): -0.5}


def test_amounts_are_compared_per_head():
    table = contacts(
        [("may", "a", True, True, v) for v in (6.0, 0.0)]
        + [("may", None, False, True, v) for v in (1.0, 0.0)]
    )
    assert arm_effects(table, outcome="value")["difference"].item() == 2.5


def test_campaign_without_control_group_is_left_out():
    assert arm_effects(contacts([("may", "a", True, True, 1.0)])).empty


def test_hillstrom_arms_rank_mens_before_womens(shared_data):
    raw = pd.read_csv(shared_data / "hillstrom" / "hillstrom.csv")
    table = pd.DataFrame(
        {
            "campaign": "2008",
            "offer": raw["segment"],
            "is_treated": raw["segment"] != "No E-Mail",
            "visit": raw["visit"],
            "spend": raw["spend"],
        }
    )
    visits = arm_effects(table, outcome="visit").set_index("offer")["difference"]
    spend = arm_effects(table, outcome="spend").set_index("offer")["difference"]
    # DATASETS.md A8: +7.66 and +4.52 points, $0.770 and $0.424 per head
    assert visits.to_dict() == pytest.approx(
        {"Mens E-Mail": 0.0766, "Womens E-Mail": 0.0452}, abs=5e-5
    )
    assert spend.to_dict() == pytest.approx(
        {"Mens E-Mail": 0.770, "Womens E-Mail": 0.424}, abs=5e-4
    )
