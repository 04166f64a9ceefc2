"""The page as a whole: what to do, how far to trust it, cards, summary."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.page.findings import finding
from crm_helpers.page.section import Section, is_absent
from crm_helpers.questions.credit import classes, methods, page
from crm_helpers.questions.credit import list as lists
from crm_helpers.questions.credit.applications import Predictors

CHANCE = Section.absent("In the test the card did not tell good credits from bad beyond chance.")
AMOUNT = Section.absent("The applications have no amount.")


@pytest.fixture
def evidence(folded):
    """All eight tested; the card is clearly better than chance."""
    found = methods.evidence(folded, bootstraps=20, seed=0)
    return replace(found, card=Interval(0.6, 0.9), between=Interval(-0.1, 0.1))


@pytest.fixture
def lent(report, scored, known, cut_off, money):
    return lists.credits_out(report, scored, known, cut_off, money)


@pytest.fixture
def waiting(scored):
    return lists.undecided(scored)


@pytest.fixture
def listed(waiting, known, study, per_class, cut_off, money):
    return lists.candidates(waiting, known, study, per_class, cut_off, money)


def to_do(report, waiting, listed, lent):
    return page.what_to_do(report, waiting, listed, lent, outcome_days=180)


def test_the_list_is_written_and_shown(report, waiting, listed, lent):
    shown = to_do(report, waiting, listed, lent)
    assert shown.data["application_id"].tolist() == ["a11"]
    assert report.decision["rows"] == 1
    assert (report.folder / "actions/credit.csv").exists()
    assert "a11" not in shown._repr_html_()


def test_running_credits_are_promised_with_the_day_they_can_be_graded(
    report, waiting, listed, lent
):
    to_do(report, waiting, listed, lent)
    (promised,) = report.promises
    assert promised["subject"].tolist() == ["a8", "a9"]
    assert promised["value"].tolist() == pytest.approx([1 / 31, 1 / 4.75])
    assert promised["due_on"].eq(pd.Timestamp("2027-03-29")).all()


def test_credits_that_stand_for_running_ones_are_not_promised(report, waiting, listed, lent):
    to_do(report, waiting, listed, replace(lent, are_running=False))
    assert report.promises == []


def test_a_card_that_tells_nothing_makes_no_list(report, lent):
    shown = to_do(report, CHANCE, CHANCE, lent)
    assert shown.parts[1].text == "No list is made."
    assert report.decision is None


def test_nobody_waiting_shows_the_loss_to_expect(report, waiting, lent):
    shown = to_do(report, waiting.iloc[:0], Section.absent("Nobody."), lent)
    assert shown.says == "No application is waiting for a decision"
    assert "lent to 2 credits out whose end is not known" in shown.parts[1].text
    assert is_absent(to_do(report, waiting.iloc[:0], Section.absent("Nobody."), AMOUNT))


def test_without_amounts_the_reason_stands_in_place_of_the_list(report, waiting):
    shown = to_do(report, waiting, AMOUNT, AMOUNT)
    assert shown.says == "No list: The applications have no amount."
    assert report.decision is None


def figures(report, evidence, lent):
    page.figures(report, evidence, lent)
    return {figure["finding"]: figure["value"] for figure in report.figures}


def test_cards_are_made_of_what_was_found(report, evidence, lent):
    report.keep({"approval_rate": finding("approval_rate", 0.39, unit="share")})
    assert figures(report, evidence, lent) == {"approval_rate": "39 of 100"}
    report.keep(lent.findings)
    report.keep({"disparate_impact": finding("disparate_impact", 0.72, low=0.6, high=0.9)})
    found = figures(report, evidence, lent)
    assert list(found) == ["approval_rate", "expected_loss", "disparate_impact"]
    assert found["disparate_impact"] == "72"


def test_a_gap_between_groups_that_chance_explains_is_no_card(report, evidence, lent):
    report.keep({"disparate_impact": finding("disparate_impact", 0.72, low=0.5, high=1.0)})
    assert "disparate_impact" not in figures(report, evidence, lent)


def test_a_card_that_tells_nothing_has_no_figures(report, evidence, lent):
    report.keep({"approval_rate": finding("approval_rate", 0.39, unit="share")})
    assert figures(report, replace(evidence, card=Interval(0.4, 0.9)), lent) == {}


def sentences(report, evidence, proven, cut_off, waiting, psi=AMOUNT):
    rates = classes.rates(proven, min_group=1)
    return page.three_sentences(report, evidence, rates, cut_off, waiting, psi)


def test_the_summary_names_first_and_last_class_cut_off_and_what_to_decide(
    report, evidence, proven, cut_off, waiting, listed, lent
):
    to_do(report, waiting, listed, lent)
    psi = pd.Series({"years_at_address": 0.4, "income": 0.1})
    so, means, do = sentences(report, evidence, proven, cut_off, waiting, psi)
    assert so.startswith("0 of 100 credits in class A go bad, 100 of 100 in class C")
    assert means.startswith("Approving pays from 560 points on; the card gives up nothing")
    assert do.startswith("Decide the 1 open application as listed")
    assert do.endswith("Clear up what happened to years at address first.")


def test_the_summary_says_what_is_missing(report, evidence, proven, cut_off, waiting, listed, lent):
    gap = replace(evidence, gap=0.04, between=Interval(0.01, 0.1))
    _, means, do = sentences(report, gap, proven, replace(cut_off, has_amounts=False), waiting)
    assert means.startswith("Approving pays from 560 points on, all credits taken as of one size;")
    assert "gives up 4.0 of 100 pairs" in means
    assert do.startswith("No application is waiting")
    to_do(report, waiting, listed, lent)
    undecided = waiting.drop(columns="decision")
    assert sentences(report, gap, proven, cut_off, undecided)[2].startswith("The data hold no dec")


def test_terms_that_nobody_stated_are_called_examples_wherever_they_stand(
    report, evidence, proven, cut_off, waiting, listed, lent
):
    report.parameters["class_credit_limits"] = []
    shown = to_do(report, waiting, listed, lent)
    assert "Not stated by the company" in shown.parts[-1].text
    do = sentences(report, evidence, proven, cut_off, waiting)[2]
    assert do.startswith("Decide the 1 open application as listed, on example terms;")


def test_a_card_that_tells_nothing_claims_nothing(report, evidence):
    nothing = replace(evidence, card=Interval(0.4, 0.9))
    so, *_ = page.three_sentences(report, nothing, CHANCE, AMOUNT, CHANCE, AMOUNT)
    assert "beyond chance" in so


def thrice(study):
    """The same study on three times as many applications, enough for tenths."""
    parts = [
        study.tested.assign(application_id=lambda t, n=n: t["application_id"] + n) for n in "abc"
    ]
    return replace(study, tested=pd.concat(parts, ignore_index=True))


def told(report, study, evidence, known, left_out=()):
    out = pd.DataFrame(left_out, columns=["column", "reason"]).assign(with_auc=np.nan)
    used = Predictors(["home", "income"], ["home", "income"], out)
    audited = page.audit(study, known, known[["home"]])
    shown = page.trust(report, thrice(study), evidence, known, used, audited, seed=0)
    return " ".join(part.text for part in shown.parts)


def test_trust_says_how_the_card_was_tested(report, folded, evidence, known):
    in_time = told(report, replace(folded, in_time=True, chosen_by="time"), evidence, known)
    assert "Tested once on 24 later applications (2026Q1 to 2026Q2)" in in_time
    assert "chosen by a period before the test" in in_time
    assert "all 8 known outcomes up to 30 September 2026" in in_time
    assert "Too few outcomes are known" in told(report, folded, evidence, known)
    report.tables["applications"].columns = ("application_id",)
    assert "The applications have no dates" in told(report, folded, evidence, known)


def test_trust_sets_the_chances_beside_what_happened(report, folded, evidence, known):
    words = told(report, folded, evidence, known).replace("\u00a0", " ")
    assert "38 % seen in the test" in words


def test_trust_names_what_was_left_out_and_what_the_audit_used(report, folded, evidence, known):
    words = told(report, folded, evidence, known, [("card_design", "unwanted")])
    assert "Attributes left out: card design (excluded by a parameter)." in words
    assert "never by a model: home." in words
    assert "All questions kept the direction of their points" in words
    assert "Attributes left out" not in told(report, folded, evidence, known)
