import stat
from pathlib import Path

import pandas as pd
import pytest

from crm_helpers.page.actions import (
    Limits,
    choose,
    control_group,
    neutral,
    read_list,
    write_list,
)


def candidates(values: list[float], **columns: object) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "customer_id": [f"C{i}" for i in range(len(values))],
            "what": "call",
            "why": "last order 84 days ago",
            "probability": 0.2,
            "value": 100.0,
            "cost": 2.0,
            "expected_net_value": values,
        }
    )
    return frame.assign(**columns)


def listed(frame: pd.DataFrame, **limits: object) -> list[str]:
    chosen, _ = choose(frame, "customer_id", limits=Limits(**limits), secret="s")
    return chosen["customer_id"].tolist()


def test_the_best_come_first_and_equals_by_id() -> None:
    assert listed(candidates([1.0, 3.0, 3.0, 2.0])) == ["C1", "C2", "C3", "C0"]


def test_who_brings_nothing_or_costs_is_never_listed() -> None:
    frame = candidates([5.0, 0.0, -1.0])
    chosen, tally = choose(frame, "customer_id", limits=Limits(), secret="s")
    assert chosen["customer_id"].tolist() == ["C0"]
    assert tally.without_gain == 2


def test_who_may_not_be_contacted_is_left_out_and_counted_unknown_consent_too() -> None:
    frame = candidates([5.0, 4.0, 3.0], may_contact=pd.array([True, False, None], "boolean"))
    chosen, tally = choose(frame, "customer_id", limits=Limits(), secret="s")
    assert chosen["customer_id"].tolist() == ["C0"]
    assert (tally.may_not_be_contacted, tally.consent_known) == (2, True)
    assert "may_contact" not in chosen


def test_the_capacity_cuts_the_list_and_zero_empties_it() -> None:
    frame = candidates([3.0, 2.0, 1.0])
    assert listed(frame, capacity=2) == ["C0", "C1"]
    assert listed(frame, capacity=0) == []


def test_the_budget_cuts_the_list_and_may_be_spent_to_the_cent() -> None:
    frame = candidates([3.0, 2.0, 1.0], cost=0.1)
    assert listed(frame, budget=0.2) == ["C0", "C1"]
    assert listed(candidates([float(i) for i in range(1, 11)], cost=0.1), budget=1.0)[9:] == ["C0"]


def test_everybody_is_counted_once() -> None:
    frame = candidates(
        [float(i) for i in range(-2, 18)], may_contact=[i % 5 != 0 for i in range(20)]
    )
    limits = Limits(capacity=9, budget=14.0, control_share=0.2)
    _, tally = choose(frame, "customer_id", limits=limits, secret="s")
    told = tally.rows + tally.may_not_be_contacted + tally.without_gain
    assert told + tally.beyond_capacity + tally.beyond_budget == 20
    assert tally.rows == tally.to_contact + tally.control


def test_the_control_group_uses_no_capacity_no_budget_and_no_value() -> None:
    frame = candidates([1.0] * 200)
    limits = Limits(capacity=50, budget=100.0, control_share=0.3)
    chosen, tally = choose(frame, "customer_id", limits=limits, secret="s")
    assert tally.to_contact == 50
    assert tally.control > 5
    assert tally.cost == 100.0
    assert tally.expected_net_value == 50.0
    assert chosen["is_control"].sum() == tally.control


def test_a_rerun_marks_the_same_people_whoever_else_is_there() -> None:
    ids = pd.Series([f"C{i}" for i in range(1000)])
    first = control_group(ids, 0.1, "s")
    again = control_group(ids[::-1].iloc[:500], 0.1, "s")
    assert first[again.index].equals(again)


def test_the_control_group_has_its_share_and_another_secret_draws_another() -> None:
    ids = pd.Series([f"C{i}" for i in range(10_000)])
    one, other = control_group(ids, 0.1, "a"), control_group(ids, 0.1, "b")
    # Four standard errors of a share of 0.1 among 10,000.
    assert abs(one.mean() - 0.1) < 4 * 0.003
    assert abs((one & other).mean() - 0.01) < 4 * 0.001


def test_the_control_group_does_not_depend_on_value() -> None:
    frame = candidates([float(i) for i in range(1, 2001)])
    chosen, _ = choose(frame, "customer_id", limits=Limits(control_share=0.5), secret="s")
    halves = chosen["is_control"].iloc[:1000].mean(), chosen["is_control"].iloc[1000:].mean()
    assert abs(halves[0] - halves[1]) < 4 * 0.0224


def test_a_repeated_id_is_refused_without_naming_it() -> None:
    frame = candidates([1.0, 2.0, 3.0], customer_id=["A", "SECRET", "SECRET"])
    with pytest.raises(ValueError, match=r"1 of 3 rows repeat a customer_id \(first: row 3\)") as e:
        choose(frame, "customer_id", limits=Limits(), secret="s")
    assert "SECRET" not in str(e.value)


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ValueError, match="action list: why missing among its columns"):
        choose(candidates([1.0]).drop(columns="why"), "customer_id", limits=Limits(), secret="s")


def test_a_missing_number_is_named() -> None:
    with pytest.raises(ValueError, match=r"cost is no number in 1 of 2 rows \(first: row 2\)"):
        choose(candidates([1.0, 2.0], cost=[1.0, None]), "customer_id", limits=Limits(), secret="s")


def test_nobody_is_a_list_too(tmp_path: Path) -> None:
    chosen, tally = choose(candidates([]), "customer_id", limits=Limits(), secret="s")
    assert (tally.rows, tally.expected_net_value) == (0, 0.0)
    assert write_list(chosen, tmp_path / "x.csv").read_text().startswith("customer_id,what,why,")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_a_spreadsheet_would_run_is_made_harmless(start: str) -> None:
    assert neutral(f"{start}cmd|' /C calc'!A0").startswith("'" + start)


@pytest.mark.parametrize("value", [-3, -3.5, "a=b", "", None])
def test_numbers_and_harmless_texts_stay(value: object) -> None:
    assert neutral(value) == value


def test_the_file_is_private_and_reads_back_as_it_was(tmp_path: Path) -> None:
    frame = candidates([2.5, 1.0], customer_id=["=1+1", "007"], why=['-5 days, "x"', "a,b\nc"])
    chosen, _ = choose(frame, "customer_id", limits=Limits(), secret="s")
    path = write_list(chosen, tmp_path / "actions" / "churn.csv")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "\n'=1+1,call,\"'-5 days" in path.read_text()
    pd.testing.assert_frame_equal(read_list(path, "customer_id"), chosen, check_dtype=False)


def test_the_candidates_are_not_changed() -> None:
    frame = candidates([1.0, 2.0])
    before = frame.copy()
    choose(frame, "customer_id", limits=Limits(1, 1.0, 0.5), secret="s")
    pd.testing.assert_frame_equal(frame, before)


def test_a_list_that_brings_less_than_one_contact_costs_names_nobody() -> None:
    # One candidate who should bring 0.30 at a cost of 2: "1 list names 1, should bring 0".
    chosen, tally = choose(candidates([0.3]), "customer_id", limits=Limits(), secret="s")
    assert (len(chosen), tally.too_little, tally.expected_net_value) == (0, 1, 0.0)
    chosen, tally = choose(candidates([0.3] * 7), "customer_id", limits=Limits(), secret="s")
    assert (len(chosen), tally.too_little) == (7, 0)


def test_a_list_that_brings_nothing_at_the_low_end_names_nobody() -> None:
    frame = candidates([5.0, 4.0], net_value_low=[1.0, -1.5])
    chosen, tally = choose(frame, "customer_id", limits=Limits(), secret="s")
    assert (len(chosen), tally.unsure) == (0, 2)
    sure = frame.assign(net_value_low=[1.0, -0.5])
    assert len(choose(sure, "customer_id", limits=Limits(), secret="s")[0]) == 2
