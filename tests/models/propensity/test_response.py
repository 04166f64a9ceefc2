import numpy as np
import pandas as pd
import pytest

from crm_helpers.measures.forecasts.auc import auc
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.models.propensity.response import (
    CROSS_VALIDATED,
    KEPT_APART,
    LATEST,
    campaign_roles,
    in_file_order,
    response_model,
)

SETTINGS = PropensitySettings(method="logistic", min_events=20)
RNG = np.random.default_rng(4)
SIZE, COUNT = 500, 6
NEED = RNG.normal(size=SIZE * COUNT)
ROWS = pd.DataFrame(
    {
        "person_id": [f"p{i}" for i in range(SIZE * COUNT)],
        "campaign": np.repeat([f"c{n}" for n in range(COUNT)], SIZE),
        "contacted_at": pd.Timestamp("2024-01-20")
        + pd.to_timedelta(91 * np.repeat(np.arange(COUNT), SIZE), unit="D"),
        "need": NEED,
        "responded": RNG.uniform(size=SIZE * COUNT) < 1 / (1 + np.exp(1.5 - NEED)),
    }
)


def roles(days: int = 30) -> dict[str, str]:
    found = campaign_roles(ROWS, days)["role"]
    return dict(zip(ROWS["campaign"], found, strict=True))


def test_latest_campaign_is_the_test_and_those_before_it_the_validation():
    assert roles() == {"c0": "train", "c1": "train", "c2": "train", "c3": "validation",
                       "c4": "validation", "c5": "test"}  # fmt: skip


def test_campaigns_not_over_in_time_have_no_role():
    assert roles(100)["c4"] == "unused"


def test_test_takes_as_many_campaigns_as_hold_enough_responses():
    one = int(ROWS.loc[ROWS["campaign"] == "c5", "responded"].sum())
    found = campaign_roles(ROWS, 30, min_events=one + 1)["role"]
    assert set(ROWS.loc[found == "test", "campaign"]) == {"c4", "c5"}


def test_undated_or_few_campaigns_have_no_roles():
    assert campaign_roles(ROWS.drop(columns="contacted_at"), 30) is None
    assert campaign_roles(ROWS[ROWS["campaign"].isin(["c0", "c1"])], 30) is None


def test_model_is_tested_on_the_latest_campaign():
    tested = response_model(ROWS, settings=SETTINGS)
    assert len(tested.test) == SIZE
    assert (tested.way, tested.campaigns) == (LATEST, ("c5",))
    assert auc(tested.test["outcome"], tested.test["probability"]) > 0.65


def test_a_campaign_named_is_judged_once_and_never_learned_from():
    swapped = ROWS.assign(responded=ROWS["responded"] ^ (ROWS["campaign"] == "c2"))
    tested = response_model(swapped, settings=SETTINGS, test_campaign="c2")
    assert (tested.way, tested.campaigns) == (KEPT_APART, ("c2",))
    # its outcomes are turned round: a model that had learned from it would not be wrong so far
    assert auc(tested.test["outcome"], tested.test["probability"]) < 0.35


def test_undated_rows_are_cross_validated_and_that_is_said():
    tested = response_model(ROWS.drop(columns="contacted_at"), settings=SETTINGS)
    assert tested.way == CROSS_VALIDATED
    assert len(tested.test) == len(ROWS)


def test_order_of_the_file_is_time_for_the_last_third():
    test = in_file_order(ROWS.drop(columns="contacted_at"), SETTINGS)
    assert test["person_id"].tolist() == ROWS["person_id"].tolist()[-SIZE * COUNT // 3 :]


def test_coil_2000_finds_at_least_108_of_238_owners_among_the_best_800(shared_data, monkeypatch):
    from crm_helpers.features.compute import compute
    from crm_helpers.features.contact_profiles import contact_profiles
    from crm_helpers.tables.checked import open_tables

    monkeypatch.setenv("CRM_DATA_DIR", str(shared_data))
    tables = open_tables("coil2000")
    asked = tables["contacts"].select("person_id", "campaign", "responded").to_pandas()
    rows = compute(contact_profiles, tables, {"as_of": tables.source.data_until})
    rows = asked.merge(rows, on=["person_id", "campaign"])
    protected = tuple(tables.source.parameters["acquisition"]["protected_columns"])
    settings = PropensitySettings(method="lightgbm", exclude_columns=protected)
    # auto chooses lightgbm too (log loss within the training file), but takes three times as long
    test = response_model(rows, settings=settings, test_campaign="evaluation file").test
    best = test["order"].rank(ascending=False, method="first") <= 800
    assert test["outcome"].sum() == 238
    assert test["outcome"][best].sum() >= 108


@pytest.mark.parametrize("missing", ["train", "validation"])
def test_roles_need_all_three(missing):
    keep = {"train": ["c4", "c5"], "validation": ["c5"]}[missing]
    assert campaign_roles(ROWS[ROWS["campaign"].isin(keep)], 30) is None
