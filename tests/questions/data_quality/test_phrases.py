import pandas as pd
import pytest

from crm_helpers.measures.quality.defects import as_table, defect
from crm_helpers.measures.quality.trust import CARE, FULL, NONE
from crm_helpers.questions.data_quality import phrases

QUARTER = pd.Timestamp("2026-07-01")
GAP = {"first": pd.Timestamp("2026-05-13"), "expected": 533.4}
BREAK = {"quarter": QUARTER, "ratio": 12.2, "missing_then": 0.01, "missing_now": 0.3}
SAID = [
    ("out of range", {"reason": "is not above 0"}, "col is not above 0"),
    ("orphan", {"parent": "products"}, "col is not in products"),
    ("line twice", {}, "lines equal in every column"),
    (
        "equal but for key",
        {"by_chance": 0.2},
        "rows equal to another one but for their key (by chance 0)",
    ),
    (
        "likely duplicate",
        {"shared": ("postcode", "age"), "by_chance": 1},
        "customers who are probably there twice (same postcode and age, nearly the same name; by "
        "chance 1)",
    ),
    ("trial account", {}, "rows under accounts named test or dummy"),
    ("missing together", {}, "col are empty in the same rows"),
    (
        "missing day",
        GAP | {"last": pd.Timestamp("2026-05-14")},
        "2 days without the usual rows (longest: 13 May 2026 to 14 May 2026); "
        "about 533 rows expected",
    ),
    (
        "late row",
        {"late_days": 14, "longest_days": 75},
        "recorded over 14 days after the event (up to 75)",
    ),
    (
        "late since last run",
        {"until": "2026-06-30"},
        "rows up to 2026-06-30 that were not there at the last run",
    ),
    (
        "gone missing",
        BREAK,
        "col is empty in 30% of the rows in the quarter from 1 Jul 2026 on, 1% before",
    ),
    (
        "another meaning",
        BREAK,
        "col means something else from the quarter of 1 Jul 2026 on: 12.2 times its level before",
    ),
    ("leak", {"outcome": "lapsed"}, "col has no date and seems to know the outcome (lapsed)"),
    (
        "far out",
        {"top": 90000.0, "high_end": 500.0},
        "col up to 90,000, over 10 times what 999 of 1,000 rows stay below (500)",
    ),
    ("ids alike", {"ids": 3}, "3 col are written in several ways (capitals, blanks or .0)"),
    (
        "implausible share",
        {"times_next": 41.2},
        "one col holds 2% of the rows, 41 times as many as the next",
    ),
    ("word for nothing", {"words": ["NULL", "-"]}, "col holds words for nothing (NULL, -)"),
    (
        "rows stop",
        {"last": QUARTER, "until": GAP["first"] + pd.Timedelta(days=140), "expected": 271.2},
        "no rows for 2 days at the end, after 1 Jul 2026; about 271 expected up to 30 Sep 2026",
    ),
]
SAID_ELSEWHERE = {"order number shared"}  # tests/measures/quality/test_identity_defects.py


@pytest.mark.parametrize(("kind", "about", "words"), SAID, ids=[kind for kind, _, _ in SAID])
def test_each_kind_says_what_is_wrong(kind, about, words):
    assert phrases.what(defect(kind, "visits", "col", 2, 100, **about)) == words


def test_every_kind_with_words_of_its_own_is_tried_above_and_has_a_remedy():
    kinds = {kind for kind, _, _ in SAID} | SAID_ELSEWHERE
    assert set(phrases.SAYINGS) < kinds
    assert set(phrases.SAYINGS) == {*phrases.REMEDIES, "orphan"}


def test_one_missing_day_has_no_end():
    one = defect("missing day", "visits", "", 1, 100, **GAP, last=GAP["first"])
    assert phrases.what(one) == (
        "1 day without the usual rows (longest: 13 May 2026); about 533 rows expected"
    )


def test_accounts_among_the_customers_are_named_as_accounts():
    assert phrases.what(defect("trial account", "customers", "customer_id", 2, 100)) == (
        "accounts named test or dummy"
    )


def test_a_level_that_stayed_is_not_told():
    stayed = defect("another meaning", "visits", "col", 2, 100, **BREAK | {"ratio": 1})
    assert phrases.what(stayed).endswith("1 Jul 2026 on")


def test_rows_that_broke_a_contract_were_set_aside():
    assert phrases.remedy(defect("empty", "visits", "col", 2, 100, reason="is empty")) == (
        "set aside; correct it at the source"
    )


def test_the_remedy_of_an_orphan_names_the_other_table():
    orphan = defect("orphan", "transactions", "product_id", 2, 100, parent="products")
    assert phrases.remedy(orphan).startswith("used, but without what products would tell")


def test_defects_get_their_words_row_by_row():
    found = as_table([defect(kind, "visits", "col", 2, 100, **about) for kind, about, _ in SAID])
    assert phrases.in_words(found)["what"].tolist() == [words for _, _, words in SAID]


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (
            {"kind": "new price", "about": {"group": "tea", "products": 42, "change": 0.201}},
            "tea: 42 products sell for 20\u00a0% more than in the quarter before",
        ),
        (
            {"kind": "new value", "about": {"new_values": "app", "new_share": 0.2}},
            "channel has a new value: app (20\u00a0%)",
        ),
        (
            {"kind": "mix", "about": {"new_values": "", "new_share": 0.0}},
            "channel is spread otherwise than in the quarter before",
        ),
    ],
)
def test_each_change_of_the_business_is_told(found, words):
    assert phrases.change({"column": "channel", **found}) == words


def test_a_kind_without_a_brief_word_stands_for_itself():
    reasons = [("key twice", "contacts", "person_id"), ("missing day", "visits", "")]
    assert phrases.because(reasons) == "key twice (contacts.person_id); days are missing (visits)"


def test_every_verdict_has_words():
    assert set(phrases.VERDICTS) == {FULL, CARE, NONE}


def _row(kind, column="unit_price", rows=27, **about):
    of = {"table": "transactions", "column": column, "rows": rows, "of_rows": 3146}
    return {"kind": kind, **of, "about": about}


def test_rows_set_aside_that_hold_much_of_the_value_say_so():
    row = _row("unreadable", reason="cannot be read as an amount of money", value_share=0.34)
    told = "unit_price cannot be read as an amount of money; they hold 34% of the value"
    assert phrases.what(row) == told


def test_a_negative_price_beside_negative_quantities_names_the_remedy():
    assert phrases.remedy(_row("out of range", reason="is not above 0")) == (
        "set aside; if it is a return, write it as a negative quantity (there are some already)"
    )


def test_rows_that_stop_say_what_to_do():
    told = "deliver the rest, or set `data_until` to the last day that is complete"
    assert phrases.remedy(_row("rows stop", rows=92)) == told
