"""The card beside other methods: evidence, what it gives up, what wrong decisions cost."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.statistics.bootstrap import Interval
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.page.section import is_absent
from crm_helpers.questions.credit import methods

BAD = np.array([True] * 5 + [False] * 5)
RIGHT, WRONG = np.linspace(0.9, 0.1, 10), np.linspace(0.1, 0.9, 10)


def with_test(study, **scores):
    """The same study, tested on ten applications with these chances of each method."""
    ids = [f"t{place}" for place in range(10)]
    rows = pd.DataFrame({"application_id": ids, "customer": ids, "fold": 0, "defaulted": BAD})
    return replace(study, tested=rows.assign(**scores))


@pytest.fixture
def perfect(study):
    return with_test(study, scorecard=RIGHT, logistic=RIGHT, rule=0.5)


def evidence_of(study):
    return methods.evidence(study, bootstraps=20, seed=0)


def test_a_perfect_card_has_auc_one_and_a_rule_of_one_value_a_half(perfect):
    found = evidence_of(perfect)
    assert (found.auc("scorecard"), found.auc("rule"), found.ks) == (1.0, 0.5, 1.0)
    assert tuple(found.card) == (1.0, 1.0)
    assert found.n == 10
    assert found.finds_something


def test_a_card_that_says_the_opposite_finds_nothing(study):
    found = evidence_of(with_test(study, scorecard=WRONG, logistic=RIGHT, rule=0.5))
    assert not found.finds_something
    assert found.gap == 1.0


def test_methods_alike_give_up_nothing(perfect):
    found = evidence_of(perfect)
    assert found.gap == 0.0
    assert tuple(found.between) == (0.0, 0.0)


def test_findings_stand_under_their_stable_names_in_their_order(perfect):
    found = evidence_of(perfect).findings
    assert list(found) == [
        "test_auc",
        "test_gini",
        "test_ks",
        "scorecard_auc",
        "scorecard_gini",
        "best_method",
        "card_gives_up",
    ]
    assert found["scorecard_auc"] == {
        "value": 1.0,
        "unit": "",
        "low": 1.0,
        "high": 1.0,
        "level": CLAIM_LEVEL,
        "n": 10,
        "baseline": 0.5,
    }
    assert found["scorecard_gini"]["baseline"] == 0.0
    assert found["best_method"]["value"] == "scorecard"
    assert found["card_gives_up"]["unit"] == "AUC"


def test_evidence_says_in_one_line_what_it_is(perfect):
    words = "Evidence on 10 tested applications: AUC of the card 1.000 (1.000 to 1.000), best "
    assert repr(evidence_of(perfect)) == words + "method scorecard"


def test_rows_pass_where_the_card_beats_chance_and_else_there_is_no_answer(perfect, scored):
    found = evidence_of(perfect)
    assert methods.beyond_chance(scored, found) is scored
    at_chance = methods.beyond_chance(scored, replace(found, card=Interval(0.5, 0.9)))
    assert is_absent(at_chance)
    assert "beyond chance" in at_chance.reason


@pytest.mark.parametrize(
    ("ends", "says"),
    [
        (Interval(-0.1, 0.1), "gives up nothing that can be shown against logistic regression"),
        (Interval(0.01, 0.1), "gives up 4.0 pairs in 100 against logistic regression"),
        (Interval(-0.1, -0.01), "is better than the best challenger, logistic regression"),
    ],
)
def test_a_gap_counts_when_its_interval_leaves_zero_out(perfect, ends, says):
    found = replace(evidence_of(perfect), gap=0.04, between=ends)
    assert methods.rivals(perfect, found).says == f"The card {says}"


def test_rivals_are_ranked_by_pairs_in_the_right_order(study):
    half = with_test(study, scorecard=WRONG, logistic=RIGHT, rule=0.5)
    shown = methods.rivals(half, evidence_of(half)).data
    assert shown["method"].tolist() == ["logistic", "rule", "scorecard"]
    assert shown["right"].tolist() == [100.0, 50.0, 0.0]
    assert shown["chosen"].tolist()[::2] == [80.0, 90.0]
    assert shown["words"].tolist()[1:] == [
        "plain rule: home kind, likeliest first",
        "the card (best when chosen)",
    ]


def test_wrong_decisions_cost_what_arithmetic_says(study, proven):
    """At 4 : 1 up to a chance of 0.2 is approved: the card is right on all four."""
    shown = methods.wrong_decisions(proven, study, bad_good_cost=4.0)
    cost = shown.data.set_index("method")
    assert cost["cost"].to_dict() == {"scorecard": 0, "logistic": 25, "none": 75, "all": 100}
    assert cost["approved"].to_dict() == {"scorecard": 0.75, "logistic": 0.5, "none": 0, "all": 1}
    found = shown.findings["wrong_decision_cost"]
    assert (found["value"], found["baseline"], found["n"]) == (0.0, 0.75, 4)


def test_the_cheapest_of_five_is_named_only_where_the_others_cost_more_beyond_chance(study, proven):
    """Four decisions tell nobody apart; hundred times as many leave the card alone."""
    few = methods.wrong_decisions(proven, study, bad_good_cost=4.0).says
    assert few == "Who decides at least cost cannot be told"
    many = pd.concat([proven] * 100, ignore_index=True)
    many["customer"] = np.arange(len(many)).astype(str)
    says = methods.wrong_decisions(many, study, bad_good_cost=4.0).says
    assert says == "Wrong decisions cost least by: the card"
    same = many.assign(customer="c")
    assert methods.wrong_decisions(same, study, bad_good_cost=4.0).says == few


def test_two_that_cost_alike_are_both_named(study, proven):
    many = pd.concat([proven] * 100, ignore_index=True)
    many["customer"] = np.arange(len(many)).astype(str)
    twins = methods.wrong_decisions(
        many.assign(logistic=many["scorecard"]), study, bad_good_cost=4.0
    )
    assert twins.says.endswith("the card or logistic regression, which cannot be told apart")


def test_a_card_at_chance_finds_nothing_at_the_level_of_a_claim(study):
    """Thirteen of sixteen pairs in the right order: nothing that chance could not make."""
    chances = np.array([0.9, 0.8, 0.7, 0.3, 0.6, 0.5, 0.4, 0.35, 0.2, 0.1])
    found = evidence_of(with_test(study, scorecard=chances, logistic=0.5, rule=0.5))
    assert found.auc("scorecard") > 0.75
    assert not found.finds_something


@pytest.mark.parametrize(
    ("chances", "low", "word"),
    [(RIGHT, 0.6, "beats"), (RIGHT, 0.4, "not clearly"), (WRONG, 0, "lost")],
)
def test_the_verdict_compares_the_card_with_its_plain_rule(study, chances, low, word):
    found = evidence_of(with_test(study, scorecard=chances, logistic=0.5, rule=0.5))
    assert word in methods.verdict(replace(found, card=Interval(low, 1.0)))
