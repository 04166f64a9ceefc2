import pandas as pd

from crm_helpers.questions.data_quality import columns

PROFILES = pd.DataFrame(
    [
        ["leads", "converted_on", "date", 100, 10, 80, "2026-01-01", "2026-06-30", 0],
        ["leads", "channel", "text", 100, 5, 4, "<ad>", "web", 0],
        ["leads", "cost", "number", 100, 0, 20, "0.50", "90.00", 3],
    ],
    columns="table column kind rows missing distinct lowest highest beyond".split(),
).assign(top=9e4, high_end=500.0)
NONE = pd.DataFrame(columns=["table", "columns", "rows", "by_chance"])


def plain(text):
    return text.replace("\u00a0", " ")


def test_gaps_that_a_rule_explains_are_not_counted():
    assert plain(columns.gaps(PROFILES, NONE).says) == (
        "1 of 3 columns has unexplained gaps (leads.channel most, 5.0 %)"
    )


def test_columns_without_gaps_are_said_to_have_none():
    assert columns.gaps(PROFILES.assign(missing=0), NONE).says.startswith("None of 3 columns")


def test_a_column_that_is_a_third_empty_stays_in_the_headline():
    third = PROFILES.assign(missing=[10, 5, 33])
    assert plain(columns.gaps(third, NONE).says) == (
        "2 of 3 columns have unexplained gaps (leads.cost most, 33 %)"
    )


def test_a_column_that_is_mostly_empty_is_named_apart():
    mostly = PROFILES.assign(missing=[10, 5, 90])
    assert plain(columns.gaps(mostly, NONE).says) == (
        "1 of 3 columns has unexplained gaps (leads.channel most, 5.0 %); "
        "1 more is empty in most rows (leads.cost)"
    )


def test_every_column_is_shown_as_it_was_profiled():
    shown = columns.gaps(PROFILES, NONE)
    pd.testing.assert_frame_equal(shown.data, PROFILES)
    assert "0.5 to 90" in shown.html


def test_a_range_of_texts_is_not_shown_as_it_may_name_a_person():
    assert "ad&gt; to web" not in columns.gaps(PROFILES, NONE).html


def test_columns_that_are_empty_together_are_told_and_are_a_defect(report):
    together = NONE.copy()
    together.loc[0] = ["transactions", "unit_price, quantity", 30, 2.0]
    assert "unit_price, quantity are empty" in columns.gaps(PROFILES, together).says
    found = columns.column_defects(report, PROFILES, together)
    assert found["kind"].tolist() == ["missing together", "far out"]
    assert found["of_rows"].tolist() == [960, 100]


def test_clean_columns_have_no_defect(report):
    assert columns.column_defects(report, PROFILES.assign(beyond=0), NONE).empty
