import datetime as dt
import re
from decimal import Decimal

import pandas as pd
import pytest

from crm_helpers.page import numerals
from crm_helpers.page import words as w
from crm_helpers.page.actions import Limits
from crm_helpers.page.faults import page_faults

HOSTILE = '<script>alert(1)</script><img src="http://x.y/z" onerror="a()">'


@pytest.mark.parametrize("say", [w.answer, w.note, w.paragraph, w.warning])
def test_markup_from_data_stays_text(say) -> None:
    html = say(HOSTILE)._repr_html_()
    assert page_faults(html) == []
    assert "&lt;script&gt;" in html


def test_markup_from_data_stays_text_in_tables_cards_lists_and_summaries() -> None:
    frame = pd.DataFrame({HOSTILE: [HOSTILE], "n": [1]})
    parts = [
        w.table(frame, total={"n": 1}, caption=HOSTILE),
        w.table(frame, {"n": HOSTILE}),
        w.cards([(HOSTILE, HOSTILE, HOSTILE)]),
        w.bullets([HOSTILE]),
        w.summary([HOSTILE] * 3, HOSTILE),
    ]
    for part in parts:
        assert page_faults(part.html) == []
        assert "&lt;script&gt;" in part.html


def unlabelled(table: w.Html) -> str:
    return re.sub(r' data-label="[^"]*"', "", table.html)


def test_words_in_many_columns_are_shown_row_by_row_on_a_phone() -> None:
    numbers = pd.DataFrame({name: [1] for name in "abcd"})
    wide = w.table(numbers.assign(e="x", f="y")).html
    assert '<div class="table wide"' in wide
    assert '<td class="number" data-label="d">1</td>' in wide
    assert '<div class="table" ' in w.table(numbers.assign(e="x")).html


def test_numbers_stand_on_the_right_and_texts_on_the_left() -> None:
    frame = pd.DataFrame({"group": ["a"], "n": [1234], "paid": [Decimal("2.50")], "ok": [True]})
    html = unlabelled(w.table(frame))
    assert '<td>a</td><td class="number">1,234</td><td class="number">2.50</td><td>yes</td>' in html


def test_only_the_named_columns_are_shown_in_their_order_with_headers_and_forms() -> None:
    frame = pd.DataFrame({"a": [0.5], "b": ["x"], "c": [1]})
    html = unlabelled(w.table(frame, {"b": "Group", "a": ("Share", numerals.percent)}))
    assert '<th scope="col">Group</th><th scope="col" class="number">Share</th>' in html
    assert f'<td>x</td><td class="number">50{numerals.percent(0)[1]}%</td></tr></tbody>' in html


def test_the_total_is_the_last_row_and_named() -> None:
    html = unlabelled(w.table(pd.DataFrame({"g": ["a", "b"], "n": [1, 2]}), total={"n": 3}))
    assert '<tfoot><tr><td>Total</td><td class="number">3</td></tr></tfoot>' in html


def test_a_missing_value_is_a_dash_and_a_date_is_written_out() -> None:
    frame = pd.DataFrame({"on": [dt.date(2026, 9, 30), None], "n": [1.5, None]})
    html = w.table(frame).html
    assert "30 Sep 2026" in html
    assert html.count("–") == 2


def test_a_table_of_thirteen_rows_is_refused_with_the_remedy() -> None:
    with pytest.raises(ValueError, match=r"table: 13 rows; at most 12 .* show \.head\(12\)"):
        w.table(pd.DataFrame({"n": range(13)}))


def test_a_column_that_is_not_there_is_named() -> None:
    with pytest.raises(KeyError, match="column 'm' is not in the frame; it holds n"):
        w.table(pd.DataFrame({"n": [1]}), {"m": "M"})


def test_a_table_does_not_change_its_frame() -> None:
    frame = pd.DataFrame({"n": [1.0, None]})
    before = frame.copy()
    w.table(frame)
    pd.testing.assert_frame_equal(frame, before)


TOLD = {
    "currency": "EUR",
    "rows": 12,
    "to_contact": 10,
    "control": 2,
    "cost": 15.0,
    "expected_net_value": 1200.4,
    "file": "actions/churn.csv",
    "may_not_be_contacted": 3,
    "without_gain": 5,
    "subject": "customer",
    "beyond_capacity": 7,
    "beyond_budget": 0,
    "consent_known": True,
}


def test_a_page_says_size_value_control_group_and_who_was_left_out() -> None:
    html = w.decision(TOLD, Limits(10, 100.0, 0.1)).html.replace("\u00a0", " ")
    assert (
        "Act on the 10 customers of the list: that should bring 1,200 EUR after 15 EUR of cost"
        in html
    )
    assert "2 more are marked as control group" in html
    assert "3 left out: may not be contacted." in html
    assert "7 left out: capacity of 10 reached." in html
    assert "budget" not in html


def test_an_empty_list_says_so_and_why() -> None:
    told = {**TOLD, "rows": 0, "to_contact": 0, "consent_known": False}
    html = w.decision(told, Limits(10, 100.0, 0.1)).html
    assert "Nobody is on the list this time" in html
    assert "5 left out: acting would cost more than it is expected to bring." in html
    assert "The data do not say who may be contacted" in html


@pytest.mark.parametrize(
    ("names", "is_wide"),
    [(["short"], False), (["three or more payments by one card"], True)],
)
def test_a_table_of_five_columns_with_long_words_is_shown_in_blocks_on_a_phone(names, is_wide):
    frame = pd.DataFrame({"rule": names, "a": [1], "b": [2], "c": [3], "d": [4]})
    assert ('class="table wide"' in w.table(frame).html) == is_wide
