from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.value.contact_money import ContactMoney
from crm_helpers.page.section import Section
from crm_helpers.page.words import paragraph
from crm_helpers.questions.acquisition.caused import Caused
from crm_helpers.questions.acquisition.page import (
    cards,
    need_leads_or_contacts,
    three_sentences,
    weaker_in_time,
    what_to_do,
)
from crm_helpers.tables.needs import Skip

NONE = Section.absent("No campaign had the purpose acquisition.")
CONTACTED = pd.DataFrame({"responded": [True, False, False, False]})
LISTED = {"rows": 5, "to_contact": 4, "control": 1, "expected_net_value": 90.0, "cost": 10.0}


@pytest.mark.parametrize(
    ("late", "warns"),
    [({"low": 0.60, "high": 0.64}, True), ({"low": 0.75, "high": 0.82}, False), (None, False)],
    ids=["weaker", "alike", "not tried"],
)
def test_a_model_that_is_weaker_on_the_latest_rows_is_said_to_be(late, warns):
    findings = {"test_auc": {"low": 0.79, "high": 0.82}, "in_order_auc": late}
    said = weaker_in_time(SimpleNamespace(findings=findings))
    assert ("expect less" in said) == warns


def test_a_source_without_leads_and_campaigns_is_skipped(shop):
    with pytest.raises(Skip, match="No campaign had the purpose acquisition."):
        need_leads_or_contacts(shop(), NONE)
    need_leads_or_contacts(shop(), CONTACTED)
    need_leads_or_contacts(shop(leads=pd.DataFrame({"lead_id": ["a"]})), NONE)


ACT = Section.of(paragraph("A list.")).finds("list_net_value", 90.0, "EUR", n=5)


def test_the_list_says_that_it_rests_on_an_assumption(shop):
    told = what_to_do(shop(), ACT, NONE, Caused(0.3, 0.3, is_measured=False))
    assert "Assumption: 30" in told._repr_html_()
    assert told.findings == ACT.findings


def test_the_list_says_what_was_measured(shop):
    values = pd.DataFrame(
        {
            "policy": ["nobody", "everybody", "chosen"],
            "treated_share": [0, 1, 0.2],
            "gain": [0.0, 5.0, 8.0],
        }
    )
    choice = SimpleNamespace(
        verdict="everybody", values=values, money=ContactMoney(1, 2, 7.5, True)
    )
    html = (
        what_to_do(shop(), ACT, choice, Caused(0.3, 0.3, is_measured=False))
        ._repr_html_()
        .replace("\u00a0", " ")
    )
    assert "A response is worth 7.50 EUR" in html
    assert "Assumption" not in html


def sentences(shop, contacted=NONE, effect=NONE, decision=None, **findings):
    report = shop()
    for name, value in findings.items():
        report.findings[name] = value if isinstance(value, dict) else {"value": value, "unit": ""}
    report.decision = decision
    return [said.replace("\u00a0", " ") for said in three_sentences(report, contacted, effect)]


@pytest.mark.parametrize(
    ("contacted", "found", "says"),
    [
        (
            CONTACTED,
            {"cost_per_customer": 12.5, "poorest_channel": "web"},
            "A new customer costs 12.50 EUR of leads; web brings the customers with the least "
            "margin.",
        ),
        (CONTACTED, {"cost_per_customer": 12.5}, "A new customer costs 12.50 EUR of leads."),
        (CONTACTED, {"final_conversion": 0.2}, "Of 100 persons contacted 25.0 responded."),
        (NONE, {"final_conversion": 0.2}, "Of 100 leads 20 become customers sooner or later."),
        (NONE, {}, "The data do not say how customers are won."),
    ],
    ids=["cost and poorest", "cost", "responses", "leads", "nothing"],
)
def test_what_is_so_is_the_cost_or_else_the_next_best(shop, contacted, found, says):
    assert sentences(shop, contacted, **found)[0] == says


LIFT = {"value": 2.5, "low": 1.5, "high": 3.5}


def test_what_it_means_is_measured_change_or_else_the_lift(shop):
    effect = Effect(0.05, 0.02, 0.08, 0.1, 0.05, 100, 100, 0.02)
    assert "drawn at random" in sentences(shop, effect=effect, test_lift_top10=LIFT)[1]
    assert "2.5 times as often" in sentences(shop, test_lift_top10=LIFT)[1]
    by_chance = sentences(shop, test_lift_top10=LIFT | {"low": 1.0})[1]
    assert by_chance == "Who will respond or convert cannot be told better than by chance."
    assert sentences(shop)[1] == "No model could be tested."


def test_what_to_do_is_the_list_or_a_control_group(shop):
    assert sentences(shop, decision=LISTED)[2].startswith("Pursue the 4 persons on the list")
    assert "There is no list" in sentences(shop, decision=LISTED | {"rows": 0})[2]
    assert "There is no list" in sentences(shop)[2]


def test_cards_tell_what_was_found_and_listed(shop):
    report = shop()
    report.findings |= {
        "cost_per_customer": {"value": 12.5, "unit": "EUR"},
        "test_lift_top10": LIFT,
    }
    report.decision = LISTED
    cards(report)
    assert [figure["label"] for figure in report.figures] == [
        "Cost of a new customer",
        "Likeliest tenth",
        "To pursue",
        "Expected net value",
    ]


def test_without_findings_and_list_there_are_no_cards(shop):
    report = shop()
    cards(report)
    assert not report.figures
