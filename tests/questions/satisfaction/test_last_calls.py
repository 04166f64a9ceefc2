"""The last list against its control group."""

import pandas as pd
import pytest

from crm_helpers.questions.satisfaction.last_calls import compared, difference

ORDERS = {"transactions": ("customer_id", "ordered_at")}


@pytest.fixture
def report(told, tmp_path):
    """A report a quarter after a list of sixty, of whom twenty were left alone."""
    day = tmp_path / "2026-06-30"
    (day / "actions").mkdir(parents=True)
    (day / "satisfaction.json").write_text('{"status": "ok", "as_of": "2026-06-30"}')
    listed = pd.DataFrame({"customer_id": [f"c{n:02}" for n in range(60)]})
    listed = listed.assign(is_control=listed.index >= 40)
    listed.to_csv(day / "actions" / "satisfaction.csv", index=False)
    made = told(ORDERS, rfm=listed.iloc[:30])  # thirty of those to be called ordered
    made.history = tmp_path
    return made


def test_first_quarter_has_no_list_to_look_back_on(told, tmp_path):
    report = told(ORDERS)
    report.history = tmp_path
    found = compared(report, min_group=20)
    assert found.reason.startswith("There is no list of the last quarter.")
    assert difference(found).reason == found.reason


def test_those_to_be_called_are_compared_with_those_left_alone(report):
    found = compared(report, min_group=20)
    assert report.asked["rfm"] == {"observation_days": 92}
    assert repr(found) == (
        "Calls of the list of 30 June 2026: 40 to be called, 20 control, difference +0.750"
    )
    section = difference(found)
    assert section.says.startswith("Of those on the last list to be called, 75.0 of 100 more")
    assert section.data["share"].tolist() == [0.75, 0.0]
    effect = section.findings["callback_effect"]
    assert (effect["value"], effect["n"]) == (0.75, 60)
    assert effect["low"] > 0


def test_orders_of_both_alike_show_no_effect(report):
    report.rows["rfm"] = pd.DataFrame({"customer_id": [f"c{n:02}" for n in range(0, 60, 2)]})
    section = difference(compared(report, min_group=20))
    assert section.says == "It is not shown that the last calls changed who orders"
    assert section.findings["callback_effect"]["value"] == 0.0


def test_small_groups_are_not_compared(report):
    found = compared(report, min_group=21)
    assert found.reason == (
        "The last list has 40 customers to call and 20 in its control group; 21 of each are "
        "needed to compare."
    )


def test_source_without_orders_says_what_to_add(report):
    report.tables = {}
    assert "The source has no transactions" in compared(report, min_group=20).reason
