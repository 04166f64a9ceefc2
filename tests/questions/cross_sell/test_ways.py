import pytest

from crm_helpers.models.rules.offer_choice import BEST_SELLERS, BOTH
from crm_helpers.questions.cross_sell import ways


@pytest.mark.parametrize(
    ("margins", "error", "way", "words"),
    [
        ([0.1, 0.1, 0.2], 0.01, BOTH, "Rules with best-sellers picked 10.00"),
        ([0.1, 0.2, 0.1], 0.01, BEST_SELLERS, "Best-sellers alone picked 10.00"),
        ([0.1, 0.1, 0.2], 0.20, BOTH, "No clear winner"),
    ],
    ids=["rules", "best-sellers", "noise"],
)
def test_the_answer_names_the_better_way_only_beyond_noise(
    report, tried, margins, error, way, words
):
    test = tried.assign(margin_per_customer=margins, margin_error=error)
    assert ways.better(report, test, way).says.startswith(words)


def test_without_customers_no_way_could_be_tested(report, tried):
    assert "no way could be tested" in ways.better(report, tried.assign(customers=0), BOTH).says


def test_margins_are_told_per_hundred_customers(report, tried):
    shown = ways.picked(report, tried).data
    assert shown["margin_per_100"].tolist() == pytest.approx([10.0, 10.0, 20.0], rel=1e-9)
    assert shown["hit_share"].tolist() == [0.05, 0.04, 0.06]


def test_a_way_that_picked_for_nobody_is_left_out(report, tried):
    assert len(ways.picked(report, tried.assign(customers=[0, 100, 100])).data) == 2


def test_without_customers_there_is_no_table_of_ways(report, tried):
    picked = ways.picked(report, tried.assign(customers=0))
    assert picked.says == "Customers and dates are needed for this."
