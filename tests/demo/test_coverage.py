"""Over many seeds the z of planted effects leave 1.96 as often as normal numbers do."""

import numpy as np
import pytest

SEEDS = range(30)


def z_of(seen, chance) -> float:
    return (seen.sum() - chance.sum()) / np.sqrt((chance * (1 - chance)).sum())


def campaign_z(company) -> list[float]:
    frame = company["contacts"].merge(company["truth_contacts"], on=["person_id", "campaign"])
    chance = frame["p_treated"].where(frame["is_treated"], frame["p_control"])
    return [
        z_of(frame.loc[i, "responded"], chance[i]) for i in frame.groupby("purpose").groups.values()
    ]


def credit_z(company) -> list[float]:
    frame = company["applications"].merge(company["truth_applications"], on="application_id")
    known = frame[frame["defaulted"].notna()]
    return [z_of(known["defaulted"].astype(bool), known["p_default"])]


def lead_z(company) -> list[float]:
    frame = company["leads"].merge(company["truth_leads"], on="lead_id")
    old = frame[frame["created_on"].astype(str) < "2026-02-01"]
    won = old["converted_on"].notna() & ~old["is_won_by_campaign"]
    return [
        z_of(won[old["channel"] == c], old.loc[old["channel"] == c, "p_convert"])
        for c in ("search_ads", "social_ads", "coupon_portal")
    ]


@pytest.mark.slow
def test_responses_defaults_and_conversions_cover_their_chances(twin):
    companies = [twin("campaigns", seed=seed, customers=1_500) for seed in SEEDS]
    z = np.array([[*campaign_z(c), *credit_z(c), *lead_z(c)] for c in companies])
    outside = (np.abs(z) > 1.96).mean()
    assert 0.02 < outside < 0.09
    assert np.abs(z.mean(axis=0) * np.sqrt(len(z))).max() < 4
