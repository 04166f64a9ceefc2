import numpy as np
import pandas as pd

from crm_helpers.page.phrases import Phrase, reasons_in_words, themes_of

PHRASES = (
    Phrase(
        "silence",
        ("recency_days", "gap_median_days"),
        (
            (
                "gap_median_days",
                "last order {recency_days:.0f} days ago, usually every {gap_median_days:.0f}",
            ),
            ("recency_days", "only one order, {recency_days:.0f} days ago"),
        ),
    ),
    Phrase(
        "orders", ("frequency_orders",), (("frequency_orders", "orders: {frequency_orders:.0f}"),)
    ),
)
ROWS = pd.DataFrame(
    {
        "recency_days": [84, 20],
        "gap_median_days": [30.0, np.nan],
        "frequency_orders": [4, 1],
        "region": ["North", "South"],
        "shoe_size": [41.123456, np.nan],
    }
)


def said(*strongest, rows=ROWS):
    return reasons_in_words(pd.Series(strongest, index=rows.index), rows, PHRASES).tolist()


def test_a_theme_is_told_with_the_subjects_own_numbers():
    assert said(("silence",), ("silence",)) == [
        "last order 84 days ago, usually every 30",
        "only one order, 20 days ago",
    ]


def test_themes_are_told_in_the_order_of_their_strength():
    assert said(("orders", "silence"), ("silence", "orders")) == [
        "orders: 4; last order 84 days ago, usually every 30",
        "only one order, 20 days ago; orders: 1",
    ]


def test_no_theme_is_said_as_well():
    assert said((), ("orders",)) == ["nothing stands out", "orders: 1"]


def test_a_predictor_without_a_phrase_is_said_by_its_name_and_shortened():
    assert said(("shoe_size",), ("region",)) == ["shoe size: 41.1", "region: South"]


def test_a_large_number_and_a_code_are_said_for_readers():
    rows = pd.DataFrame({"income": [68524.4], "came_by": ["coupon_portal"]})
    assert said(("income", "came_by"), rows=rows) == ["income: 68,524; came by: coupon portal"]


def test_what_the_subject_lacks_is_not_known():
    assert said(("orders",), ("shoe_size",)) == ["orders: 4", "shoe size: not known"]
    bare = ROWS[["region"]]
    assert said(("silence",), ("region",), rows=bare)[0] == "silence: not known"


def test_a_text_where_a_number_was_expected_is_shown_as_it_is():
    rows = ROWS.assign(gap_median_days=["often", "never"], recency_days=84.0)
    told = Phrase("gap", ("gap_median_days",), (("gap_median_days", "every {gap_median_days}"),))
    strongest = pd.Series([("gap",), ("gap",)])
    assert reasons_in_words(strongest, rows, [told]).tolist() == ["every often", "every never"]


def test_subjects_keep_their_index():
    rows = ROWS.set_index(pd.Index([7, 3]))
    strongest = pd.Series([("orders",), ("orders",)], index=rows.index)
    assert reasons_in_words(strongest, rows, PHRASES).to_dict() == {7: "orders: 4", 3: "orders: 1"}


def test_nobody_has_no_reasons():
    assert said(rows=ROWS.head(0)) == []


def test_themes_are_the_columns_of_the_phrases():
    assert themes_of(PHRASES) == {
        "silence": ("recency_days", "gap_median_days"),
        "orders": ("frequency_orders",),
    }
