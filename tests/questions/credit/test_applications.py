"""Applications: who is left out, whose outcome is known, what a method may use."""

import pandas as pd
import pytest

from crm_helpers.page.section import is_absent
from crm_helpers.questions.credit import applications
from crm_helpers.tables.needs import Skip


def features_of(report, monkeypatch, **frames):
    """Report whose feature functions give these frames; returns what they were asked with."""
    asked_with = {}

    def features(function, **named):
        asked_with[function.__name__] = named
        return frames[function.__name__]

    monkeypatch.setattr(report, "features", features)
    return asked_with


def dealt(report, made, shuffle=False, seed=0):
    return applications.profiled(report, made, shuffle_outcomes=shuffle, seed=seed)


def known_of(asked, least=2):
    return applications.known(asked, min_events=least)


def test_applications_made_come_with_the_windows_that_were_asked_for(report, asked, monkeypatch):
    named = features_of(report, monkeypatch, known_applications=asked)
    assert applications.made(report, outcome_days=90, test_days=180) is asked
    assert named["known_applications"] == {"outcome_days": 90, "test_days": 180}


def test_who_refused_and_whose_consent_nobody_knows_is_left_out(report, asked, monkeypatch):
    consent = pd.DataFrame({"customer_id": ["ca0", "ca1"], "may_profile": [True, False]})
    features_of(report, monkeypatch, consent=consent)
    report.tables["customers"] = None
    guest = asked.assign(customer_id=asked["customer_id"].where(asked.index != 3, None))
    assert dealt(report, guest)["application_id"].tolist() == ["a0", "a3"]


def test_without_a_table_of_customers_nobody_is_left_out(report, asked):
    pd.testing.assert_frame_equal(dealt(report, asked), asked)


def test_outcomes_dealt_anew_stay_within_their_role(report, asked):
    found = [dealt(report, asked, shuffle=True, seed=seed) for seed in range(20)]
    for rows in found:
        assert rows.groupby("role")["defaulted"].sum().to_dict() == {"": 0, "test": 1, "train": 2}
        assert rows["defaulted"].isna().tolist() == asked["defaulted"].isna().tolist()
    assert len({tuple(rows["defaulted"].dropna()) for rows in found}) > 1


def test_known_are_those_with_an_outcome(asked):
    rows = known_of(asked, least=1)
    assert rows["application_id"].tolist() == [f"a{place}" for place in range(8)]
    assert rows["defaulted"].dtype == bool
    assert "role" in rows


def test_too_few_outcomes_for_a_test_in_time_leave_no_role(asked):
    assert "role" not in known_of(asked, least=2)


def test_no_known_outcome_is_said(asked):
    none = known_of(asked[asked["state"] != "known"])
    assert is_absent(none)
    assert none.reason.startswith("No application has a known outcome")


def predictors_of(report, known, protected=(), exclude=()):
    return applications.predictors(
        report, known, protected_columns=[*protected], exclude_columns=[*exclude], seed=0
    )


def test_attributes_are_what_was_known_of_the_application(report, known):
    found = predictors_of(report, known)
    assert found.attributes == ["home", "income", "amount"]


def test_a_protected_attribute_is_none_and_an_excluded_one_is_left_out(report, known):
    found = predictors_of(report, known, protected=["home"], exclude=["amount"])
    assert found.attributes == ["income", "amount"]
    assert found.columns == ["income"]
    assert found.left_out["column"].tolist() == ["amount"]
    assert repr(found) == "Predictors: 1 of 2 attributes, left out: amount"


def test_what_may_be_used_is_judged_before_the_test(report, known):
    later = known.assign(home=known["home"].where(known["role"] == "test", "owns"))
    assert "home" not in predictors_of(report, later).columns


def test_bad_counts_the_states_that_occur(report, asked, known):
    shown = applications.bad(report, asked, asked.iloc[:11], known, outcome_days=180)
    assert shown.data["n"].tolist() == [8, 2, 1]
    assert shown.says.startswith("38 of 100 approved credits")


def test_bad_is_absent_where_nothing_is_known(report, asked):
    none = known_of(asked[asked["state"] != "known"])
    assert is_absent(applications.bad(report, asked, asked, none, outcome_days=180))


def test_an_amount_that_is_not_stated_is_the_mean_of_the_known_ones(asked, known):
    found = applications.amounts(asked, known)
    assert found.tolist()[7:10] == pytest.approx([9000 / 7, 2000, 9000 / 7])


def test_applications_without_an_amount_have_no_money(asked, known):
    with pytest.raises(Skip, match="The applications have no amount, so no money"):
        applications.amounts(asked.drop(columns="amount"), known)


def test_a_source_without_dates_is_called_undated(report):
    assert applications.source_of(report) == "Shop, applications until 30 September 2026"
    report.tables["applications"].columns = ("application_id",)
    assert applications.source_of(report) == "Shop, undated"
