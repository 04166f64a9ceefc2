import numpy as np

from crm_helpers.models.propensity.leakage import leakage_alarms


def with_leaks(rows, seed=3):
    rng = np.random.default_rng(seed)
    lapsed = rows["lapsed"].to_numpy(dtype=float)
    return rows.assign(
        written_after=lapsed + rng.normal(0, 0.5, len(rows)),
        half_leak=lapsed + rng.normal(0, 0.9, len(rows)),
        day_code=np.where(
            lapsed == 1, rng.choice([1, 9], len(rows)), rng.integers(3, 8, len(rows))
        ),
    )


def test_an_attribute_that_alone_knows_the_outcome_raises_the_alarm(customers):
    rows = with_leaks(customers(1500))
    found = leakage_alarms(rows[["days", "plan", "written_after"]], rows["lapsed"])
    assert found["column"].tolist() == ["written_after"]
    assert found["reason"].tolist() == ["alone"]
    assert found["alone_auc"][0] > 0.9


def test_a_leak_that_is_no_straight_line_is_seen_too(customers):
    rows = with_leaks(customers(1500))
    found = leakage_alarms(rows[["days", "day_code"]], rows["lapsed"], undated=["day_code"])
    assert found["column"].tolist() == ["day_code"]


def test_what_is_lost_without_an_attribute_proves_nothing(customers):
    rows = with_leaks(customers(2500))
    found = leakage_alarms(
        rows[["days", "plan", "half_leak"]], rows["lapsed"], undated=["half_leak"]
    )
    assert found.empty


def test_an_attribute_known_for_one_outcome_alone_raises_the_alarm(customers):
    rows = customers(1500)
    seen = np.random.default_rng(1).random(len(rows)) < 0.4
    told = np.where(rows["lapsed"] & seen, "too dear", None)
    kept = np.where(rows["lapsed"] & seen, np.nan, rows["days"])
    found = leakage_alarms(rows.assign(why=told, points=kept)[["why", "points"]], rows["lapsed"])
    assert set(found["column"]) == {"why", "points"}
    assert set(found["reason"]) == {"presence"}


def test_few_gaps_among_those_who_had_the_outcome_are_chance(customers):
    rows = customers(1500)
    first = rows.index[rows["lapsed"].astype(bool)][:3]
    gaps = rows.assign(noise=rows["noise"].mask(rows.index.isin(first)))
    assert leakage_alarms(gaps[["noise"]], rows["lapsed"]).empty


def test_a_name_that_tells_of_the_end_raises_the_alarm(customers):
    rows = customers(800).rename(columns={"noise": "exit_fee"})
    found = leakage_alarms(rows[["days", "exit_fee"]], rows["lapsed"], outcome_name="churned")
    assert found["reason"].tolist() == ["name"]


def test_dated_features_are_exempt(customers):
    rows = with_leaks(customers(800))
    assert leakage_alarms(rows[["written_after"]], rows["lapsed"], undated=[]).empty


def test_honest_attributes_raise_none(customers):
    rows = customers(1500)
    assert leakage_alarms(rows[["days", "plan", "noise"]], rows["lapsed"]).empty


def test_a_leak_that_only_some_origins_show_is_seen_at_its_origin(customers):
    rows = with_leaks(customers(3000))
    early = np.arange(len(rows)) < 2000
    faint = np.where(early, np.random.default_rng(5).normal(size=len(rows)), rows["written_after"])
    rows = rows.assign(faint=faint, origin_on=np.where(early, "2026-03-31", "2026-06-30"))
    asked = rows[["days", "faint"]]
    pooled = leakage_alarms(asked, rows["lapsed"], undated=["faint"])
    found = leakage_alarms(asked, rows["lapsed"], undated=["faint"], origins=rows["origin_on"])
    assert pooled.empty
    assert found["column"].tolist() == ["faint"]
