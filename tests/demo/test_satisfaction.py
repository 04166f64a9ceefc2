import numpy as np
import pandas as pd
import pytest


def answers(company) -> pd.DataFrame:
    """One row per answered survey, a column per question."""
    surveys = company["feedback"].query("collected_by == 'survey'").dropna(subset=["score"])
    wide = surveys.pivot(index="survey_id", columns="item", values="score")
    first = surveys.groupby("survey_id").agg({"given_at": "first", "customer_id": "first"})
    return wide.join(first)


def bent(frame: pd.DataFrame, drivers: list[str]) -> np.ndarray:
    """Constant and each driver below and above 3."""
    x = frame[drivers].to_numpy()
    return np.column_stack([np.ones(len(x)), np.minimum(x, 3) - 3, np.maximum(x, 3) - 3])


@pytest.mark.parametrize("outcome", ["overall", "recommend"])
def test_driver_weights_come_back_by_least_squares(twin, outcome):
    company = twin()
    planted, frame = company.truth["satisfaction"], answers(twin())
    x, y = bent(frame, planted["DRIVERS"]), frame[outcome].to_numpy()
    inverse = np.linalg.inv(x.T @ x)
    weights = inverse @ x.T @ y
    residual = y - x @ weights
    robust = np.sqrt(np.diag(inverse @ (x.T * residual**2) @ x @ inverse))
    true = np.array([*planted["WEIGHTS_BELOW"].values(), *planted["WEIGHTS_ABOVE"].values()])
    slope = 1.0 if outcome == "overall" else planted["NPS_SLOPE"]
    assert np.abs((weights[1:] - slope * true) / robust[1:]).max() < 4


def test_delivery_is_a_dissatisfier_and_the_app_delights(company):
    planted = company.truth["satisfaction"]
    assert planted["WEIGHTS_BELOW"]["delivery"] > 5 * planted["WEIGHTS_ABOVE"]["delivery"]
    assert planted["WEIGHTS_ABOVE"]["app"] > 5 * planted["WEIGHTS_BELOW"]["app"]


def test_the_change_of_courier_shows_in_delivery_alone(twin):
    frame = answers(twin("season", "growth", "delivery_trouble"))
    after = frame["given_at"] >= "2026-07-01"
    drop = frame[after].mean(numeric_only=True) - frame[~after].mean(numeric_only=True)
    error = frame["delivery"].std() / np.sqrt(after.sum())
    assert drop["delivery"] < -4 * error
    assert abs(drop["quality"]) < 4 * error


def test_happy_customers_answer_more_often(company):
    asked = company["feedback"].query("item == 'recommend'").drop_duplicates("feedback_id")
    asked = asked.merge(company["truth_customers"], on="customer_id")
    answered = asked["given_at"].notna()
    assert 0.25 < answered.mean() < 0.45
    assert asked[answered]["satisfaction"].mean() > asked[~answered]["satisfaction"].mean() + 0.1


def test_unhappy_members_leave_more(company):
    contracts = company["subscriptions"].merge(
        company["truth_subscriptions"].drop_duplicates("customer_id"), on="customer_id"
    )
    left = (contracts["end_reason"] == "voluntary").groupby(contracts["is_unhappy"]).mean()
    assert left[True] > 1.2 * left[False]


def test_unhappy_customers_stop_ordering_sooner(twin):
    truth = twin()["truth_customers"]
    correlation = truth["satisfaction"].corr(truth["dropout"].rank())
    assert correlation == pytest.approx(-0.38, abs=0.05)
