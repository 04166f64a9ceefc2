import numpy as np
import pandas as pd
import pytest


def design(frame: pd.DataFrame) -> pd.DataFrame:
    """The stated attributes as they enter the log odds."""
    return pd.DataFrame(
        {
            "constant": 1.0,
            "log_income": np.log(frame["monthly_income"] / 2400),
            "debt_share": frame["debt_share"] - 0.30,
            "inquiries": frame["bureau_inquiries"],
            "years_employed": np.minimum(frame["years_employed"], 10),
            "rents": (frame["housing"] == "rents").astype(float),
            "log_amount": np.log(frame["amount"].astype(float) / 1000),
            "term_months": frame["term_months"] - 18.0,
        }
    )


@pytest.fixture(scope="module")
def applications(company):
    frame = company["applications"].merge(company["truth_applications"], on="application_id")
    gender = company["customers"][["customer_id", "gender"]]
    return frame.merge(gender, on="customer_id", how="left")


def score_z(x: pd.Series, frame: pd.DataFrame) -> float:
    p = frame["p_default"]
    residual = frame["defaulted"].astype(bool) - p
    return (x * residual).sum() / np.sqrt((x**2 * p * (1 - p)).sum())


def test_the_true_chance_follows_from_the_stated_attributes_alone(company, applications):
    x, planted = design(applications), company.truth["credit"]["DEFAULT"]
    log_odds = sum(planted[name] * x[name] for name in planted)
    assert np.allclose(1 / (1 + np.exp(-log_odds)), applications["p_default"], rtol=1e-9)


def test_defaults_of_the_approved_follow_the_true_chance(applications):
    known = applications[applications["defaulted"].notna()]
    for name, column in design(known).items():
        assert abs(score_z(column, known)) < 4, name


def test_gender_and_card_design_have_no_effect_of_their_own(applications):
    known = applications[applications["defaulted"].notna()]
    for own in (known["gender"] == "female", known["card_design"] == "aurora"):
        assert abs(score_z(own.astype(float), known)) < 4


def test_card_design_stands_in_for_gender(applications):
    share = pd.crosstab(applications["gender"], applications["card_design"], normalize="index")
    assert share.loc["female", "aurora"] == pytest.approx(0.72, abs=0.05)
    assert share.loc["male", "aurora"] == pytest.approx(0.08, abs=0.05)


def test_declined_and_recent_applications_have_no_outcome(applications):
    known = applications["defaulted"].notna()
    assert (applications.loc[known, "decision"] == "approved").all()
    last = applications.loc[known, "outcome_known_on"].max()
    assert last <= pd.Timestamp("2026-09-30").date()
    recent = pd.to_datetime(applications["decided_on"]) > "2026-04-10"
    assert not (known & recent).any()
    assert applications.loc[known, "decided_on"].max() > pd.Timestamp("2026-03-15").date()


def test_outcomes_are_many_enough_to_learn_from(company, applications):
    per_customer = len(applications) / company.truth["company"]["customers"]
    known = applications["defaulted"].dropna().astype(bool)
    assert 0.28 < per_customer < 0.36
    assert 0.10 < known.mean() < 0.18
    assert 0.15 < (applications["decision"] == "declined").mean() < 0.35


def test_the_old_policy_declined_the_riskier_and_clerks_overrode_some(applications):
    by_policy = applications[applications["decided_by"] == "policy"]
    risk = by_policy.groupby("decision")["p_default"].mean()
    assert risk["declined"] > 2 * risk["approved"]
    share = (applications["decided_by"] == "clerk").mean()
    assert share == pytest.approx(0.03, abs=4 * np.sqrt(0.03 / len(applications)))
