"""What to do, the cards and the three sentences, of one study or of both."""

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.churn import contracts, lapse, page

CHANCE_ALONE = {"auc_interval": Interval(0.4, 0.7)}
NONE = Section.absent("Not there.")
LISTED = pd.DataFrame(
    {"probability": [0.9] * 10, "expected_net_value": [-1.0] * 5 + [1.0] * 5, "value": 20.0}
)


@pytest.fixture
def told(report):
    """The report after its list was written; promises and cards are kept beside it."""
    report.decision = {"to_contact": 3, "expected_net_value": 40.0}
    report.promises, report.shown = [], {}
    report.promise = lambda rows, **about: report.promises.append((rows, about))
    report.key_figures = report.shown.update
    return report


def sentences(report, lapses, ends, terms):
    window = {"outcome_days": 90}
    forecast, fees = lapse.forecast(lapses, terms, seed=1), contracts.forecast(ends, terms, seed=1)
    first = page.lapse_sentences(report, lapses, forecast, **window)
    second = page.contract_sentences(report, ends, fees, **window)
    return page.three_sentences(report, first, second, save_rate=0.1)


def test_a_group_is_let_go_only_when_it_is_large_enough(report):
    assert "5 customers" in page.let_go(report, LISTED, min_group=5).says
    assert is_absent(page.let_go(report, LISTED, min_group=6))


def test_assumptions_speak_of_lapses_where_there_are_some(lapses, ends, terms):
    of_both = page.assumptions(lapses(), ends(), terms)
    of_ends = page.assumptions(NONE, ends(), terms)
    assert "of the lapses it meets" in of_both.says
    assert "No cost is known" in of_both.says
    known = page.assumptions(lapses(scored={"margin_sum": 1.0}), NONE, terms)
    assert "No cost is known" not in known.says
    assert "of the fees of 12 months" in of_ends.says


def test_a_fee_that_is_not_known_is_asked_for_with_what_would_pay(lapses, ends, terms):
    study = ends()
    without = replace(study, scored=study.scored.drop(columns="monthly_fee"))
    asked = page.asked(NONE, without, terms)
    assert "map monthly_fee of subscriptions" in asked
    # The ninth of ten chances, as quantile 0.9 takes it: 0.905; 4 / (0.1 x 0.905) = 44.2.
    assert "brings 44 or more in 12 months" in asked
    assert page.asked(lapses(), study, terms) == ""


def test_where_the_value_is_not_known_nobody_is_told_that_nothing_pays(told, terms):
    told.decision = {"to_contact": 0, "expected_net_value": 0.0}
    said = page.list_sentence(told, save_rate=0.1, asked="Map monthly_fee.")
    assert said == "Nobody is listed yet. Map monthly_fee."
    assert "no contact is expected to pay" in page.list_sentence(told, save_rate=0.1)


def test_each_customer_scored_is_promised_for_the_end_of_the_window(told, lapses, ends):
    page.promise(told, lapses(), ends(), outcome_days=90)
    (rows, first), (_, second) = told.promises
    assert rows["subject"].tolist() == [f"c{n}" for n in range(10)]
    assert (first["quantity"], second["quantity"]) == ("lapsed", "ended")
    assert first["due_on"].isoformat() == "2026-03-31"


def test_nothing_is_promised_of_chance_of_snapshots_or_of_nobody(told, lapses, ends):
    page.promise(told, lapses(**CHANCE_ALONE), ends(**CHANCE_ALONE), outcome_days=90)
    page.promise(told, NONE, ends(propensity={"tested_in_time": False}), outcome_days=90)
    page.promise(told, NONE, NONE, outcome_days=90)
    assert told.promises == []


def test_cards_show_what_was_found_and_no_more(told):
    told.findings = {"expected_loss": {}, "lapse_test_auc": {}}
    page.figures(told, NONE)
    assert list(told.shown) == ["expected_loss"]


def test_cards_of_a_snapshot_promise_no_end(told, ends):
    told.findings = {"expected_loss": {}, "contract_ends_expected": {}}
    page.figures(told, ends(propensity={"tested_in_time": False}))
    assert told.shown["contract_ends_expected"] == "Like those that had ended"
    page.figures(told, ends())
    assert told.shown["contract_ends_expected"] == "Contract ends expected"


def test_both_studies_give_one_sentence_each(told, lapses, ends, terms):
    first, second, third = sentences(told, lapses(), ends(), terms)
    assert "active customers will probably place no order" in first
    assert "contracts will probably end in the next 90 days" in second
    assert third.startswith("Contact the 3 on the list")


def test_one_study_alone_gives_both_sentences(told, lapses, ends, terms):
    of_lapses = sentences(told, lapses(), NONE, terms)
    of_ends = sentences(told, NONE, ends(propensity={"tested_in_time": False}), terms)
    assert "of margin goes with them" in of_lapses[1]
    assert "running contracts are like those that had ended (" in of_ends[0]
    assert "next" not in of_ends[0]
    assert of_ends[1].startswith("The model beats its plain rule in the test, by more than noise. ")


def test_what_the_model_is_worth_is_said_in_customers(told, lapses, ends, terms):
    # Of ten, five lapse; the model puts two of them first, the rule two who stay.
    study = lapses()
    study.propensity.test["rule_score"] = study.propensity.test["probability"][::-1].to_numpy()
    second = sentences(told, study, NONE, terms)[1]
    assert second.endswith(
        "Among the 2 most at risk it finds 2 more lapses than the rule (2, not 0)."
    )
    alike = sentences(told, NONE, ends(), terms)[1]
    assert alike.endswith("Among the 2 most at risk both find equally many ends: 2.")


def test_where_nothing_is_found_the_rate_alone_is_said(told, lapses, ends, terms):
    of_lapses = sentences(told, lapses(**CHANCE_ALONE), NONE, terms)
    of_ends = sentences(told, NONE, ends(**CHANCE_ALONE), terms)
    assert of_lapses[0].startswith("50 of 100 customers place no order within 90 days")
    assert of_ends[0].startswith("50 of 100 contracts end")


def test_sentences_of_an_absent_study_are_absent(told, terms):
    assert is_absent(page.lapse_sentences(told, NONE, NONE, outcome_days=90))


def test_nobody_to_contact_is_said(report):
    report = SimpleNamespace(**vars(report), decision={"to_contact": 0})
    assert page.list_sentence(report, save_rate=0.1).startswith("Contact nobody")
