"""Groups found by the data alone: in words beside all customers, and how they were chosen."""

from types import SimpleNamespace

import pandas as pd
import pytest

from crm_helpers.measures.value.segment_profiles import segment_profiles
from crm_helpers.models.segments.clusters import Stability
from crm_helpers.questions.segmentation import clusters


def fitted(apart=True):
    """What a fitted ClusterSegments holds."""
    choice = pd.DataFrame(
        {
            "clusters": [3, 4],
            "silhouette": [0.3, 0.4],
            "stability_ari": [0.9, 0.85],
            "is_chosen": [False, True],
        }
    )
    return SimpleNamespace(
        choice_=choice,
        clusters_=4,
        stability_=Stability(0.85, 0.7, 0.95, 30, 2000),
        reference_silhouette_=0.2,
        is_apart_=apart,
    )


def test_a_group_like_all_is_called_so():
    row = pd.DataFrame({"recency_median": [50.0], "orders_mean": [3.0], "order_value": [40.0]})
    assert clusters.cluster_words(row, row) == ["like all"]


@pytest.fixture
def found(report, customers):
    profiles = segment_profiles(pd.Series([1] * 3 + [2] * 7), customers)
    return clusters.groups(report, fitted(), profiles, customers)


def test_groups_are_described_beside_all_customers(found):
    words = found.data["words"].tolist()
    assert "more orders" in words[0]
    assert "fewer orders" in words[1]


def test_all_groups_together_hold_all_customers(found):
    assert found.data["customers_share"].sum() == pytest.approx(1)
    assert found.data["customers"].tolist() == [3, 7]


def test_number_and_stability_are_found_of_those_they_rest_on(found):
    assert found.findings == {
        "clusters": {"value": 4, "unit": "clusters", "n": 10},
        "stability_ari": {"value": 0.85, "unit": "", "low": 0.7, "high": 0.95, "n": 2000},
    }


def test_groups_that_are_cuts_through_a_cloud_are_not_called_apart(report, customers, found):
    profiles = segment_profiles(pd.Series([1] * 10), customers)
    blurred = clusters.groups(report, fitted(apart=False), profiles, customers)
    assert found.says == "4 groups, apart"
    assert blurred.says == "4 groups, without sharp borders: customers differ by degrees"


def test_one_group_of_all_is_like_all(report, customers):
    profiles = segment_profiles(pd.Series([1] * 10), customers)
    assert clusters.groups(report, fitted(), profiles, customers).data["words"].item() == "like all"


def test_the_chosen_number_of_groups_is_marked():
    section = clusters.choice(fitted())
    html = section.parts[0].html
    assert html.count("chosen") == 1
    assert html.index("0.400") < html.index("chosen")
    assert section.data["verdict"].tolist() == ["", "chosen"]


def test_stability_is_told_with_its_range_and_the_single_cloud():
    told = clusters.choice(fitted()).parts[1].text
    assert "0.85 (0.70 to 0.95 in 95 of 100 draws of 2,000 customers" in told
    assert "a silhouette of 0.200" in told
