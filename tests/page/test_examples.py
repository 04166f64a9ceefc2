import datetime as dt
import json

import ibis
import pytest

from crm_helpers.features.typical_amount import CREDIT, FEE, ORDER, TypicalAmount
from crm_helpers.page import examples
from crm_helpers.page.examples import Scale

CELL = {"source": "shop", "capacity": 10, "budget": 2500.0, "contact_cost": 0.3, "save_rate": 0.1}
# A median order of 7,000 where the demo company's is 45: times 155.56.
YEN = Scale(TypicalAmount(ORDER, 7000.0))
AS_OF = dt.date(2026, 9, 30)


def values(found) -> dict:
    return {one.name: one.value for one in found}


def test_amounts_are_scaled_by_the_median_order_and_shares_stay():
    found = examples.examples(CELL, own=(), scale=YEN)
    # 2,500 * 155.56 = 388,889 and 0.3 * 155.56 = 46.67, with two digits each.
    assert values(found) == {"budget": 390_000.0, "contact_cost": 47.0, "save_rate": 0.1}
    assert [one.demo_value for one in found] == [2500.0, 0.3, 0.1]


def test_what_the_user_states_is_no_example():
    assert examples.examples(CELL, own=CELL, scale=YEN) == []
    assert values(examples.examples(CELL, own={"budget", "save_rate"}, scale=YEN)) == {
        "contact_cost": 47.0
    }


def test_an_amount_of_zero_is_taken_from_the_data_and_no_example():
    assert examples.examples({"outcome_value": 0.0}, own=(), scale=YEN) == []


def test_margin_share_is_an_example_only_where_no_cost_is_known():
    cell = {"margin_share": 0.3}
    assert values(examples.examples(cell, (), YEN)) == cell
    assert examples.examples(cell, (), Scale(YEN.typical, knows_cost=True)) == []


def test_without_any_amount_the_values_stay_and_that_is_said():
    found = examples.examples(CELL, own=(), scale=Scale())
    assert values(found)["contact_cost"] == 0.3
    said = examples.in_words(found, Scale(), currency="USD", stem="churn")
    assert "these data hold no amount by which they could be scaled" in said


def test_one_line_says_which_values_by_what_rule_and_where_to_set_them():
    found = examples.examples(CELL, own={"save_rate"}, scale=YEN)
    said = examples.in_words(found, YEN, currency="JPY", stem="segmentation")
    assert said.replace("\u00a0", " ") == (
        "Example values, not the company's own: budget 390,000 JPY, contact_cost 47 JPY. The "
        "amounts are the demo company's times 156: the median order is 7,000 JPY here, 45 there. "
        "Set your own under parameters: segmentation: in the source file."
    )
    assert examples.in_words([], YEN, currency="JPY", stem="segmentation") == ""


def test_a_fee_stands_to_the_order_of_the_demo_company_and_a_credit_to_its_credit():
    assert Scale(TypicalAmount(FEE, 90.0)).factor == pytest.approx(2.0, rel=1e-12)
    assert Scale(TypicalAmount(CREDIT, 1700.0)).factor == pytest.approx(2.0, rel=1e-12)


def test_a_notebook_opened_by_hand_says_what_a_run_would_take():
    rows = {"order_id": ["1"], "is_return": [False], "revenue": [7000.0]}

    class Tables(dict):
        class source:  # noqa: N801 - stands in for an attribute
            currency = "JPY"

    tables = Tables(transactions=ibis.memtable(rows))
    said = examples.by_hand(CELL, {"budget"}, tables, AS_OF).replace("\u00a0", " ")
    assert "used here as they stand: contact_cost 0.3 (a run: 47 JPY)." in said
    assert examples.by_hand(CELL, CELL, tables, AS_OF) == ""


def test_what_the_runner_lays_down_the_notebook_reads(tmp_path):
    assert examples.read_examples(tmp_path) == {"values": [], "words": ""}
    found = examples.examples(CELL, own=(), scale=YEN)
    examples.write_examples(tmp_path, found, "One line.")
    told = examples.read_examples(tmp_path)
    assert told["words"] == "One line."
    assert told["values"][0] == {
        "name": "budget",
        "value": 390_000.0,
        "demo_value": 2500.0,
        "unit": "money",
    }
    assert json.loads((tmp_path / "examples.json").read_text()) == told
