"""K-Means groups: planted groups are found, a single cloud is called one, runs repeat."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.segments.clusters import ClusterSegments
from crm_helpers.tables.needs import Skip

CENTRES = [(5, 30, 20), (20, 4, 200), (200, 1, 15), (180, 12, 90)]


def planted(per_group=250, spread=0.12, seed=0):
    """Four groups far apart in the logarithms."""
    rng = np.random.default_rng(seed)
    logs = [np.log(centre) + rng.normal(0, spread, (per_group, 3)) for centre in CENTRES]
    columns = ["recency_days", "frequency_orders", "monetary_mean"]
    frame = pd.DataFrame(np.exp(np.vstack(logs)), columns=columns)
    return frame, np.repeat(range(len(CENTRES)), per_group)


@pytest.fixture(scope="module")
def fitted():
    rows, truth = planted()
    return ClusterSegments(seed=1).fit(rows, resamples=10), rows, truth


def test_as_many_groups_as_were_planted_are_chosen(fitted):
    assert fitted[0].clusters_ == 4


def test_the_planted_groups_are_found_whole(fitted):
    model, rows, truth = fitted
    table = pd.crosstab(model.predict(rows), truth)
    assert (table > 0).to_numpy().sum() == 4


def test_planted_groups_are_stable_and_apart(fitted):
    model = fitted[0]
    assert model.stability_.ari > 0.95
    assert model.is_apart_


def test_the_first_group_orders_lately_often_and_much(fitted):
    model, rows, _ = fitted
    means = rows.groupby(model.predict(rows)).median()
    assert means["recency_days"].idxmin() == 1


def test_a_single_cloud_is_not_called_apart():
    rng = np.random.default_rng(2)
    cloud = pd.DataFrame(
        np.exp(rng.multivariate_normal([3, 1, 4], np.eye(3) * 0.5, 1_000)),
        columns=["recency_days", "frequency_orders", "monetary_mean"],
    )
    model = ClusterSegments(max_segments=5).fit(cloud, resamples=5)
    assert not model.is_apart_


def test_the_same_seed_gives_the_same_groups(fitted):
    model, rows, _ = fitted
    again = ClusterSegments(seed=1).fit(rows, resamples=10)
    assert again.stability_ == model.stability_
    pd.testing.assert_series_equal(again.predict(rows), model.predict(rows))


def test_when_no_number_is_stable_the_most_stable_is_chosen():
    rng = np.random.default_rng(3)
    noise = pd.DataFrame(
        rng.uniform(1, 100, (300, 3)), columns=["recency_days", "frequency_orders", "monetary_mean"]
    )
    model = ClusterSegments(min_segments=6, max_segments=8).fit(noise, resamples=5)
    choice = model.choice_
    assert (choice["stability_ari"] < 0.8).all()
    assert choice.loc[choice["is_chosen"], "stability_ari"].item() == choice["stability_ari"].max()


def test_orders_without_value_are_no_obstacle(fitted):
    rows = fitted[1].assign(monetary_mean=lambda r: r["monetary_mean"].where(r.index > 5, -3.0))
    model = ClusterSegments(max_segments=4).fit(rows, resamples=3)
    assert model.predict(rows).notna().all()


def test_too_few_distinct_customers_are_told():
    rows = planted(2)[0].head(5)
    with pytest.raises(Skip, match="rfm: 5 distinct customers of 5.*more than max_segments 8"):
        ClusterSegments().fit(rows)


def test_the_groups_are_told_in_one_line(fitted):
    told = repr(fitted[0])
    assert told.startswith("ClusterSegments: 4 groups of 3 to 8 tried, apart, stability ")
    assert repr(ClusterSegments(max_segments=5)) == "ClusterSegments: not fitted, 3 to 5 groups"
