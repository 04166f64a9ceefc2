"""Candidates for a contact, and the list they come on."""

from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.measures.value.contact_money import ContactMoney
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section
from crm_helpers.questions.campaigns.list import act_on, best_of, candidates
from crm_helpers.questions.campaigns.policy import Choice
from tests.questions.campaigns.trials import AS_OF, Tables, contacts, study

MONEY = ContactMoney(1.0, 2.0, 10.0, is_measured=True)
NOW = pd.DataFrame({"person_id": list("abc"), "age": [30, 40, 60]})
LIMITS = {"capacity": 1, "budget": 100.0, "control_share": 0.0}
NOT_ASKED = pd.DataFrame({"customer_id": pd.Series(dtype="str")})


YOUNG, OLD = "age 49 or less", "age 50 or more"


def choice(verdict="chosen"):
    return Choice(verdict, pd.DataFrame(), MONEY)


def harm(is_shown):
    group = SimpleNamespace(holds=lambda frame: (frame["age"] < 35).to_numpy())
    return SimpleNamespace(is_shown=is_shown, group=group)


def rows(verdict="chosen", one=None, now=NOW, **more):
    return candidates(contacts(), study(), choice(verdict), one, now, **more)


def listed(ids, net, **more):
    frame = {"what": "call", "why": "w", "probability": 0.1, "value": 9.0, "cost": 1.0}
    return pd.DataFrame({"customer_id": ids, **frame, "expected_net_value": net, **more})


@pytest.fixture
def report(tmp_path, monkeypatch):
    monkeypatch.setenv("CRM_RUN_FOLDER", str(tmp_path))
    return Report("retention", Tables(), {"as_of": AS_OF, "seed": 7})


def test_nobody_is_a_candidate_where_no_way_pays_or_nobody_is_within_reach():
    assert rows("nobody").empty
    assert rows(now=NOW.head(0)).empty
    assert {"customer_id", "expected_net_value"} <= set(rows("nobody").columns)


@pytest.mark.parametrize("verdict", ["chosen", "everybody", "on trial"])
def test_candidates_bring_the_rise_times_its_worth_less_cost(verdict):
    made = rows(verdict)
    assert made["expected_net_value"].tolist() == pytest.approx([1.8, 1.8, -5.2])
    assert made["probability"].tolist() == [0.4, 0.4, 0.0]
    assert made["if_contacted"].tolist() == [0.6] * 3
    assert made["why"].tolist() == ["in the group: " + g for g in (YOUNG, YOUNG, OLD)]
    assert set(made["what"]) == {"retention contact"}


def test_who_is_shown_to_be_harmed_brings_nothing():
    assert rows(one=harm(is_shown=True))["expected_net_value"].tolist()[0] == -1.0
    assert rows(one=harm(is_shown=False))["expected_net_value"].tolist()[0] > 0


def test_the_id_is_named_as_asked():
    assert rows(key="person_id")["person_id"].tolist() == list("abc")
    assert list(rows("nobody", key="person_id"))[0] == "person_id"


def test_an_absent_study_gives_no_candidates():
    absent = Section.absent("Too few.")
    assert candidates(contacts(), absent, absent, absent, NOW).reason == "Too few."


def test_each_person_stands_once_with_the_best_contact():
    keep = listed(["a", "b"], [5.0, 1.0], if_contacted=0.5)
    win = listed(["b", "c"], [3.0, 4.0], if_left_alone=0.2)
    best = best_of(keep, Section.absent("Too few."), win)
    assert best["customer_id"].tolist() == ["a", "c", "b"]
    assert best["expected_net_value"].tolist() == [5.0, 4.0, 3.0]
    assert best["if_left_alone"].isna().tolist() == [True, False, False]


def test_of_equals_the_first_id_stands_first():
    assert best_of(listed(["b", "a"], [1.0, 1.0]))["customer_id"].tolist() == ["a", "b"]


def test_no_lists_have_nobody():
    best = best_of(Section.absent("Too few."), rows("nobody"), key="person_id")
    assert best.empty
    assert list(best)[0] == "person_id"


def test_no_candidates_write_no_list(report):
    act = act_on(report, best_of(), NOT_ASKED, **LIMITS)
    assert act.says.startswith("There is no list")
    assert act.findings == {"list_net_value": {"value": 0.0, "unit": "EUR", "n": 0}}
    assert report.decision is None


def test_the_list_keeps_to_its_limits_and_its_value_is_found(report):
    act = act_on(report, listed(["a", "b"], [2.0, 1.0], if_contacted=0.5), NOT_ASKED, **LIMITS)
    assert act.data["customer_id"].tolist() == ["a"]
    assert "if_contacted" not in act.data
    assert act.findings == {"list_net_value": {"value": 2.0, "unit": "EUR", "n": 1}}
    assert report.findings == {}


def test_who_may_not_be_contacted_is_left_out(report):
    agreed = pd.DataFrame({"customer_id": ["a", "b"], "may_contact": [False, True]})
    act = act_on(report, listed(["a", "b"], [2.0, 1.0]), agreed, **LIMITS)
    assert act.data["customer_id"].tolist() == ["b"]
    assert report.decision["may_not_be_contacted"] == 1


def test_consent_of_customers_says_nothing_of_leads(report):
    agreed = pd.DataFrame({"customer_id": ["a", "b"], "may_contact": [False, True]})
    leads = listed(["a", "b"], [2.0, 1.0]).rename(columns={"customer_id": "person_id"})
    act = act_on(report, leads, agreed, key="person_id", **LIMITS)
    assert act.data["person_id"].tolist() == ["a"]
