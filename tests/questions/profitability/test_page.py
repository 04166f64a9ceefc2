"""How far to trust what is said about profit, and the summary."""

import pandas as pd
import pytest

from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.measures.value.top_persistence import TopPersistence
from crm_helpers.page.section import Section
from crm_helpers.page.words import answer
from crm_helpers.questions.profitability import page
from crm_helpers.questions.profitability.concentration import Concentration
from crm_helpers.questions.profitability.persistence import Persistence


def plain(text):
    return text.replace("\u00a0", " ")


@pytest.fixture
def lasting(days):
    best = TopPersistence(10, 0.8, 0.5, 0.6, 0.75, 0.4, Interval(0.45, 0.55))
    tenths = pd.DataFrame({"tenth": ["1", "new since"], "share_next": [0.61, 0.39]})
    return Persistence(best, tenths, days, "margin")


@pytest.fixture
def spread():
    limits = Interval(0.5, 0.7), Interval(0.78, 0.82)
    return Concentration(pd.DataFrame(), 0.6, 0.8, *limits)


def assumed(basis):
    section = page.assumption(basis, save_rate=0.2, margin_share=0.3)
    return plain(section.parts[0].text)


def test_the_assumption_behind_a_call_is_stated():
    text = assumed("revenue")
    assert "keeps 20 of 100 of those who would fall silent (save_rate 0.2)" in text
    assert "30 % of revenue is taken for profit" in text


def test_where_cost_is_known_no_share_of_revenue_is_assumed():
    assert "Profit is margin after returns." in assumed("margin")
    assert "taken for profit" not in assumed("margin")


def test_intervals_are_stated_with_their_level(spread, lasting):
    text = plain(page.sure(spread, lasting))
    assert "lies between 78 % and 82 %" in text
    assert "between 45 % and 55 % (95 % intervals)" in text


@pytest.fixture
def trust(report, earned, spread, lasting):
    report.frames["sales_totals"] = pd.DataFrame(
        {
            "guest_sales": [25.0],
            "gross_sales": [100.0],
            "known_customer_sales": [75.0],
            "customers_with_sales": [9],
        }
    )
    return page.trust(report, earned, spread, lasting, "Nobody refused.")


def test_guests_and_refusals_are_told(trust):
    text = plain(trust.parts[0].text)
    assert text.startswith("Profit is margin (revenue after returns less unit cost). Guests bought")
    assert "25 % of all sales and are in no group" in text
    assert text.endswith("Nobody refused.")


def test_sales_are_found_as_the_totals_give_them(trust):
    assert trust.findings == {
        "guest_sales_share": {"value": 0.25, "unit": "share"},
        "known_customer_sales": {"value": 75.0, "unit": "EUR"},
        "customers_with_sales": {"value": 9, "unit": "customers"},
    }


def test_each_card_tells_a_finding_that_was_kept(report, earned):
    names = ["top20_profit_share", "top20_next_share", "golden_customers", "golden_cooling"]
    for name in names:
        report.keep(Section().finds(name, 1))
    page.figures(report, earned)
    assert [figure["finding"] for figure in report.figures] == names
    assert report.figures[0]["label"] == "Margin from the best 20 %"


@pytest.mark.parametrize(("calls", "told"), [(1, "1 call should"), (1200, "1,200 calls should")])
def test_the_summary_says_who_brings_it_whether_it_lasts_and_whom_to_call(
    report, lasting, calls, told
):
    report.decision = {"to_contact": calls, "expected_net_value": 321.4}
    best, cools = (Section.of(answer(says)) for says in ("The best bring most", "3 cooling"))
    first, second, third = page.three_sentences(report, best, lasting, cools)
    assert first == "The best bring most."
    assert plain(second) == (
        "Picked 214 days earlier, the best 20 % brought 80 % until then and 50 % since. "
        "Customers new since brought 39 % of the margin."
    )
    assert plain(third) == f"3 cooling; {told} bring 321 EUR net."


def test_a_company_whose_customers_all_bought_once_has_its_summary(report, spread):
    lasting = Section.absent("Nobody bought in the 214 days to 2 July 2026.")
    cools = Section.absent("No customer has ordered on a second day in the window.")
    best = Section.of(answer("The best bring most"))
    assert page.three_sentences(report, best, lasting, cools) == (
        "The best bring most.",
        "Whether the best stay the best cannot be said yet: nobody bought in the 214 days to 2 "
        "July 2026.",
        "Nobody can be named to call: no customer has ordered on a second day in the window.",
    )
    assert plain(page.sure(spread, lasting)).endswith("between 78 % and 82 % (95 % interval).")


def test_no_call_is_not_told_as_zero_calls(report, lasting):
    report.decision = {"to_contact": 0, "expected_net_value": 0.0}
    best, cools = (Section.of(answer(says)) for says in ("The best bring most", "3 cooling"))
    third = page.three_sentences(report, best, lasting, cools)[2]
    assert third == "3 cooling; no call should bring more than it costs."


def test_cards_without_a_finding_are_left_out(report, earned):
    report.keep(Section().finds("golden_customers", 1))
    page.figures(report, earned)
    assert [figure["finding"] for figure in report.figures] == ["golden_customers"]
