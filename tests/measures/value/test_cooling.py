"""What became of cooling customers, by hand."""

import pandas as pd
import pytest

from crm_helpers.measures.value import cooling as m

LEVEL = pd.Series(
    pd.Categorical(["cooling", "cooling", "steady", "steady"], categories=m.LEVELS),
    index=list("abcd"),
)
ORDERED = pd.Series({"b": True, "c": True, "d": False})


def test_who_is_not_among_those_who_ordered_was_silent():
    rows = m.silent_shares(LEVEL, ORDERED).set_index("cooling_level")
    assert rows["silent_customers"].tolist() == [1, 0, 1]
    assert rows.loc["cooling", "silent_share"] == 0.5


def test_a_level_without_customers_has_no_share():
    rows = m.silent_shares(LEVEL, ORDERED).set_index("cooling_level")
    assert rows.loc["to watch", ["silent_share", "silent_low"]].isna().all()


def test_a_level_never_seen_gets_the_rate_of_all():
    chances = m.silent_chances(m.silent_shares(LEVEL, ORDERED))
    assert chances["to watch"] == pytest.approx(0.5)


def cooling_frame(pace, silence):
    return pd.DataFrame(
        {
            "customer_id": list("abcd"),
            "pace_level": pd.Categorical(pace, categories=m.LEVELS),
            "silence_level": pd.Categorical(silence, categories=m.LEVELS),
            "profit_per_day": [4.0, 3.0, 2.0, 1.0],
        }
    )


def test_the_rule_that_caught_more_profit_is_used():
    pace = ["cooling", "steady", "steady", "steady"]
    silence = ["steady", "steady", "steady", "cooling"]
    found = m.compare_rules(cooling_frame(pace, silence), ORDERED, days=10)
    assert found["silent_profit"].tolist() == [40, 10]
    assert m.used_rule(found) == m.PACE_LEVEL
    swapped = m.compare_rules(cooling_frame(silence, pace), ORDERED, days=10)
    assert m.used_rule(swapped) == m.SILENCE_LEVEL


def test_at_a_tie_the_model_is_kept():
    same = ["cooling", "steady", "to watch", "steady"]
    assert m.used_rule(m.compare_rules(cooling_frame(same, same), ORDERED, days=1)) == m.PACE_LEVEL
