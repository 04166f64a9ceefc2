import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.effects.qini import qini_interval
from crm_helpers.models.uplift.learners import (
    METHODS,
    cross_fitted,
    fitted_uplift,
    new_uplift_learner,
    scores_of,
    trial_of,
)
from crm_helpers.tables.needs import Skip


def campaign(count: int, *, effect: float = 0.3, share: float = 0.5, seed: int = 0):
    """One campaign: the contact helps those with much usage and harms the others as much."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {"usage": rng.uniform(size=count), "plan": rng.choice(["basic", "plus"], count)}
    )
    treated = rng.uniform(size=count) < share
    rate = 0.3 + 0.1 * (frame["plan"] == "plus") + treated * effect * 2 * (frame["usage"] - 0.5)
    contacts = pd.DataFrame(
        {
            "campaign": "may",
            "person_id": [f"p{i}" for i in range(count)],
            "is_treated": treated,
            "responded": rng.uniform(size=count) < rate,
        }
    )
    return frame, contacts


FRAME, CONTACTS = campaign(3000)
TRIAL = trial_of(CONTACTS)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("share", [0.5, 0.8])
def test_each_method_finds_whom_the_contact_helps(method, share):
    frame, contacts = campaign(4000, share=share, seed=3)
    forecasts = new_uplift_learner(method).fit(frame, trial_of(contacts)).forecasts(frame)
    truth = 0.6 * (frame["usage"] - 0.5)
    assert np.corrcoef(forecasts["uplift"], truth)[0, 1] > 0.8
    assert forecasts["uplift"].mean() == pytest.approx(0.0, abs=0.05)  # 3 standard errors


def test_chance_of_treatment_is_the_share_within_the_campaign():
    june = CONTACTS.assign(campaign="june", is_treated=[True, True, True, False] * 750)
    chances = trial_of(pd.concat([CONTACTS, june], ignore_index=True))
    by_campaign = chances.groupby("campaign")["propensity"].agg(["min", "max"])
    assert by_campaign.loc["june"].tolist() == [0.75, 0.75]
    assert by_campaign.loc["may"].tolist() == [CONTACTS["is_treated"].mean()] * 2


def test_forecasts_come_from_learners_that_have_not_seen_the_person():
    twice = pd.concat([FRAME[:600]] * 2, ignore_index=True).assign(noise=np.arange(1200) % 600)
    trial = pd.concat([TRIAL[:600]] * 2, ignore_index=True)
    forecasts = cross_fitted(("t_lightgbm",), twice, trial, folds=2)["t_lightgbm"]
    assert forecasts.index.equals(twice.index)
    # a learner that had seen the twin would find its outcome again
    assert np.corrcoef(forecasts["treated_rate"], trial["outcome"])[0, 1] < 0.4
    assert np.allclose(forecasts["uplift"][:600], forecasts["uplift"][600:])


def test_planted_effect_is_found_on_persons_held_out():
    model = fitted_uplift(FRAME, TRIAL, methods=("t_logistic", "x_logistic"))
    frame, contacts = campaign(3000, seed=9)
    forecasts, trial = model.forecasts(frame), trial_of(contacts)
    qini = qini_interval(
        trial["outcome"], trial["is_treated"], forecasts["uplift"], campaign=trial["campaign"]
    )
    assert qini.low > 0
    assert model.slope_low < 1 < model.slope_high
    assert scores_of(trial, forecasts)[frame["usage"] > 0.5].mean() == pytest.approx(0.15, abs=0.05)


def test_no_effect_anywhere_is_not_made_into_one():
    frame, contacts = campaign(3000, effect=0.0)
    model = fitted_uplift(frame, trial_of(contacts), methods=("t_logistic", "x_logistic"))
    assert model.slope_low < 0.1
    assert model.forecasts(frame)["uplift"].std() < 0.03


def test_choice_lists_every_method_beside_the_same_effect_for_all():
    model = fitted_uplift(FRAME, TRIAL, methods=("t_logistic", "class_transformation"))
    assert set(model.losses["method"]) == {
        "t_logistic",
        "class_transformation",
        "same effect for all",
    }
    assert model.losses["loss"].iloc[0] < 0
    assert model.method == model.losses["method"].iloc[0]


def test_the_input_frames_stay_as_they_are():
    frame, trial = FRAME.copy(), TRIAL.copy()
    fitted_uplift(frame, trial, methods=("x_lightgbm",), folds=2)
    pd.testing.assert_frame_equal(frame, FRAME)
    pd.testing.assert_frame_equal(trial, TRIAL)


def test_unknown_method_is_refused():
    with pytest.raises(ValueError, match="'s_logistic' is unknown; expected one of t_logistic"):
        new_uplift_learner("s_logistic")


def test_too_few_outcomes_are_a_skip():
    with pytest.raises(Skip, match=r"smaller arm holds \d persons.*at least 20 of both"):
        trial_of(CONTACTS[:50])


def test_hillstrom_womens_mail_has_a_qini_above_zero_on_customers_held_out(shared_data):
    raw = pd.read_csv(shared_data / "hillstrom" / "hillstrom.csv")
    pair = raw[raw["segment"] != "Mens E-Mail"].sample(12_000, random_state=0)
    pair = pair.reset_index(drop=True)
    contacts = pair.assign(
        campaign="2008",
        person_id=pair.index,
        responded=pair["visit"],
        is_treated=pair["segment"] == "Womens E-Mail",
    )
    frame = pair[["recency", "history", "mens", "womens", "zip_code", "newbie", "channel"]]
    trial, half = trial_of(contacts), np.arange(len(pair)) < 6000
    model = fitted_uplift(frame[half], trial[half], methods=("t_logistic", "x_logistic"))
    uplift = model.forecasts(frame[~half])["uplift"]
    rest = trial[~half]
    assert (
        qini_interval(rest["outcome"], rest["is_treated"], uplift, campaign=rest["campaign"]).low
        > 0
    )
