import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.uplift.harm import harm_study
from crm_helpers.models.uplift.study import later_part, randomized, uplift_study
from crm_helpers.tables.needs import Skip

METHODS = ("t_logistic", "x_logistic")


def campaigns(count: int = 4, size: int = 1200, seed: int = 0):
    """Quarterly campaigns that help the young and harm the old."""
    rng = np.random.default_rng(seed)
    rows = count * size
    age = rng.integers(20, 80, rows)
    treated = rng.uniform(size=rows) < 0.6
    rate = 0.2 + treated * np.where(age < 50, 0.15, -0.15)
    number = np.repeat(np.arange(count), size)
    contacts = pd.DataFrame(
        {
            "person_id": [f"p{i}" for i in range(rows)],
            "campaign": [f"c{n}" for n in number],
            "purpose": "retention",
            "offer": np.where(treated, "code", "none"),
            "is_treated": treated,
            "is_randomized": True,
            "responded": rng.uniform(size=rows) < rate,
            "contacted_at": pd.Timestamp("2024-01-20") + pd.to_timedelta(91 * number, unit="D"),
        }
    )
    profiles = contacts[["person_id", "campaign"]].assign(age=age, shoe=rng.integers(36, 46, rows))
    return contacts, profiles


CONTACTS, PROFILES = campaigns()


def test_latest_third_is_the_test_and_earlier_campaigns_were_over():
    learn, test, words = later_part(CONTACTS, 30, 0)
    assert set(CONTACTS.loc[test, "campaign"]) == {"c3"}
    assert set(CONTACTS.loc[learn, "campaign"]) == {"c0", "c1", "c2"}
    assert words == "the latest campaign, from 19 October 2024 on"


def test_campaign_still_running_when_the_test_begins_is_not_learned_from():
    learn, _, _ = later_part(CONTACTS, 100, 0)
    assert set(CONTACTS.loc[learn, "campaign"]) == {"c0", "c1"}


def test_undated_contacts_are_split_by_person_and_that_is_said():
    learn, test, words = later_part(CONTACTS.drop(columns="contacted_at"), 30, 0)
    assert (learn ^ test).all()
    assert "could not be tested in time" in words


def test_study_finds_whom_a_contact_helps():
    study = uplift_study(CONTACTS, PROFILES, methods=METHODS)
    young = PROFILES.set_index(["person_id", "campaign"])["age"] < 50
    keys = pd.MultiIndex.from_frame(study.test[["person", "campaign"]])
    by_age = study.test.groupby(young.reindex(keys).to_numpy())["uplift"].mean()
    assert by_age[True] > 0.05
    assert by_age[False] < -0.05


def test_columns_excluded_are_not_used():
    study = uplift_study(CONTACTS, PROFILES, methods=("t_logistic",), exclude=("shoe",))
    assert study.columns == ["age"]


def test_persons_without_a_profile_get_a_forecast():
    study = uplift_study(CONTACTS, PROFILES, methods=("t_logistic",))
    assert study.forecasts(pd.DataFrame({"age": [30.0, None]}))["uplift"].notna().all()


def test_harm_is_found_early_and_tested_late():
    harm = harm_study(CONTACTS, PROFILES, ["age", "shoe"], purpose="retention")
    assert harm.is_shown
    assert ("age", "from") in {(one.column, one.kind) for one in harm.group.conditions}
    assert harm.outside.difference > harm.inside.difference


def test_only_campaigns_with_both_arms_and_the_offer_count():
    other = CONTACTS.assign(campaign="x", is_treated=True)
    kept = randomized(pd.concat([CONTACTS, other]), purpose="retention", offer="code")
    assert set(kept["campaign"]) == {"c0", "c1", "c2", "c3"}


@pytest.mark.parametrize(
    ("purpose", "offer", "named"),
    [("win_back", "", "No win-back campaign kept"), ("retention", "x", "with the offer 'x' kept")],
)
def test_no_control_group_is_a_skip(purpose, offer, named):
    with pytest.raises(Skip, match=f"{named}.*keep a control group in the next campaign"):
        randomized(CONTACTS, purpose=purpose, offer=offer)


def test_nothing_known_of_the_persons_is_a_skip():
    with pytest.raises(Skip, match="Nothing is known of the 4,800 persons.*Add attributes"):
        uplift_study(CONTACTS, PROFILES[["person_id", "campaign"]])


def test_too_few_responses_in_a_part_are_a_skip():
    late = CONTACTS["campaign"].isin(["c2", "c3"])
    few = CONTACTS.assign(responded=CONTACTS["responded"] & ~late)
    with pytest.raises(Skip, match="tested on: the smaller arm has 0 responses.*larger"):
        uplift_study(few, PROFILES, methods=("t_logistic",))
