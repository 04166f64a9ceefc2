import pandas as pd

from crm_helpers.questions.cross_sell import seasons

SEASON = pd.DataFrame(
    {"is_seasonal": [True], "peak_share": [0.9], "peak_quarter": ["2025Q4"]}, index=[1]
)
PROMOTION = pd.DataFrame({"is_promotion_driven": [True]}, index=[1])
NOTHING = pd.DataFrame()


def test_season_and_promotion_are_remarked(rule):
    checked = seasons.with_checks(rule, [SEASON, PROMOTION])
    assert checked["remark"][0] == (
        "90 of 100 of its baskets in 2025Q4; vanishes without promotions"
    )
    assert seasons.standing(checked).says == (
        "Of 1 rule, 1 is mostly seen in one quarter and 1 vanishes without what was sold on "
        "promotion"
    )


def test_rules_that_could_not_be_checked_have_no_remark(rule):
    checked = seasons.with_checks(rule, [NOTHING, NOTHING])
    assert checked["remark"].tolist() == [""]
    assert checked[["lift_within_quarters", "lift_without_promotion"]].isna().all(axis=None)
    assert "neither dates nor promotions" in seasons.standing(checked).says


def test_a_rule_that_passed_its_checks_has_no_remark(rule):
    passed = [SEASON.assign(is_seasonal=False), PROMOTION.assign(is_promotion_driven=False)]
    assert seasons.with_checks(rule, passed)["remark"].tolist() == [""]


def test_baskets_without_dates_and_promotions_are_checked_for_nothing(book):
    lines = pd.DataFrame({"order_id": ["o1", "o1", "o2"], "product_id": ["1", "2", "1"]})
    checked = seasons.checked_rules(lines, book)
    assert checked["rule_id"].tolist() == [1]
    assert checked["remark"].tolist() == [""]


def test_a_rule_seen_on_promotion_alone_vanishes_without_it(book):
    lines = pd.DataFrame(
        {
            "order_id": ["o1", "o1", "o2", "o2", "o3", "o4"],
            "product_id": ["1", "2", "1", "2", "1", "2"],
            "is_promoted": [True, True, True, True, False, False],
        }
    )
    assert seasons.checked_rules(lines, book)["is_promotion_driven"].tolist() == [True]


def test_marked_bonds_are_those_with_a_remark(bonds):
    assert seasons.marked(bonds).data["rule_id"].tolist() == [10]


def test_without_remarks_no_rule_is_marked(bonds):
    assert seasons.marked(bonds.head(9)).says == "No rule is marked."
