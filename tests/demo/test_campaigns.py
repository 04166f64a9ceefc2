import numpy as np
import pandas as pd
import pytest

PURPOSES = ("acquisition", "cross_sell", "retention", "win_back")


@pytest.fixture(scope="module")
def contacts(twin):
    company = twin("campaigns")
    return company["contacts"].merge(company["truth_contacts"], on=["person_id", "campaign"])


def effect_z(frame: pd.DataFrame) -> float:
    """z of the difference between the arms against the mean of the true effects."""
    arms = [frame[frame["is_treated"]], frame[~frame["is_treated"]]]
    seen = arms[0]["responded"].mean() - arms[1]["responded"].mean()
    true = arms[0]["p_treated"].mean() - arms[1]["p_control"].mean()
    chances = (arms[0]["p_treated"], arms[1]["p_control"])
    variance = sum((p * (1 - p)).sum() / len(p) ** 2 for p in chances)
    return (seen - true) / np.sqrt(variance)


@pytest.mark.parametrize("purpose", PURPOSES)
def test_randomized_campaigns_show_the_true_effect(contacts, purpose):
    frame = contacts[(contacts["purpose"] == purpose) & contacts["is_randomized"]]
    assert abs(effect_z(frame)) < 4
    for _, group in frame.groupby("group"):
        assert abs(effect_z(group)) < 4


@pytest.mark.parametrize("purpose", PURPOSES)
def test_the_effect_is_seen_in_the_full_company(company, purpose):
    frame = company["contacts"].drop_duplicates(["person_id", "campaign"])
    frame = frame.merge(company["truth_contacts"], on=["person_id", "campaign"])
    assert abs(effect_z(frame[(frame["purpose"] == purpose) & frame["is_randomized"]])) < 5


def test_the_page_states_the_mean_effect_of_each_campaign(twin, contacts):
    effect = (contacts["p_treated"] - contacts["p_control"]).groupby(contacts["campaign"]).mean()
    for stated in twin("campaigns").truth["campaigns"]["campaigns"]:
        assert effect[stated["campaign"]] == pytest.approx(stated["effect"], rel=1e-9)


@pytest.mark.parametrize("purpose", ["cross_sell", "retention"])
def test_a_group_is_better_left_alone(contacts, purpose):
    frame = contacts[(contacts["purpose"] == purpose) & (contacts["group"] == "left alone")]
    true = (frame["p_treated"] - frame["p_control"]).mean()
    assert true < -0.02
    assert len(frame) > 300


def test_treatment_is_by_chance_except_in_one_campaign(twin, contacts):
    stated = {
        p["name"]: p["control_share"] for p in twin("campaigns").truth["campaigns"]["PURPOSES"]
    }
    customers = contacts[contacts["purpose"] != "acquisition"]
    for purpose, frame in customers[customers["is_randomized"]].groupby("purpose"):
        share = 1 - frame["is_treated"].mean()
        assert abs(share - stated[purpose]) < 4 * np.sqrt(0.25 / len(frame))
        slope = np.corrcoef(frame["is_treated"], frame["p_control"])[0, 1]
        assert abs(slope) < 4 / np.sqrt(len(frame))
    picked = customers[~customers["is_randomized"]]
    assert picked["campaign"].unique().tolist() == ["CROSS_SELL-2025Q4"]
    assert np.corrcoef(picked["is_treated"], picked["p_control"])[0, 1] > 0.3


def test_control_and_treated_share_one_draw_for_each_person(twin, contacts):
    # Of leads: whom the campaigns win joins as a customer, so later contacts are of other people.
    without = twin()["contacts"][["person_id", "campaign", "responded"]]
    acquisition = contacts[contacts["purpose"] == "acquisition"]
    both = acquisition.merge(without, on=["person_id", "campaign"], suffixes=("", "_without"))
    assert len(both) == len(acquisition)
    control = both[~both["is_treated"]]
    assert (control["responded"] == control["responded_without"]).all()
    helped = both["is_treated"] & (both["p_treated"] >= both["p_control"])
    assert (both.loc[helped, "responded"] >= both.loc[helped, "responded_without"]).all()
    put_off = both["is_treated"] & ~helped
    assert (both.loc[put_off, "responded"] <= both.loc[put_off, "responded_without"]).all()


def test_each_person_is_in_one_campaign_a_quarter(company):
    frame = company["contacts"].drop_duplicates(["person_id", "campaign"])
    assert not frame.duplicated(["person_id", "contacted_at"]).any()


def test_each_response_of_a_customer_is_an_order_with_the_campaigns_code(twin):
    company = twin("campaigns")
    answers = company["contacts"].query("responded and purpose != 'acquisition'")
    coded = company["transactions"].dropna(subset=["promotion"])
    coded = coded[["customer_id", "promotion", "ordered_at"]].drop_duplicates()
    both = answers.merge(
        coded, left_on=["customer_id", "campaign"], right_on=["customer_id", "promotion"]
    )
    assert len(both) == len(answers) == len(coded)
    assert (both["responded_at"] == both["ordered_at"]).all()


def test_who_withdrew_consent_is_not_contacted_after(company):
    frame = company["contacts"].merge(
        company["customers"][["customer_id", "may_contact", "contact_withdrawn_on"]]
    )
    withdrawn = pd.to_datetime(frame["contact_withdrawn_on"])
    assert (frame["may_contact"] | (frame["contacted_at"].dt.normalize() <= withdrawn)).all()
    assert company["customers"]["contact_withdrawn_on"].notna().sum() > 50


def test_who_was_won_back_goes_on_ordering(twin):
    company = twin("campaigns")
    back = company["contacts"].query("responded and purpose == 'win_back'")
    orders = company.sales()[["customer_id", "order_id", "ordered_at"]].drop_duplicates()
    later = back.merge(orders, on="customer_id")
    later = later[later["ordered_at"] > later["responded_at"] + pd.Timedelta(hours=1)]
    assert 0.3 < later["person_id"].nunique() / len(back)
