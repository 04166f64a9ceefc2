import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.propensity.leads import chance_ahead, with_enough_training
from crm_helpers.models.survival.conversion import ConversionTime

TIME = ConversionTime(0.3, 30.0, 1.0)


def leads(events: dict[str, tuple[str, int]]) -> pd.DataFrame:
    parts = [
        pd.DataFrame({"origin_on": day, "role": role, "converted": [True] * n + [False] * 100})
        for day, (role, n) in events.items()
    ]
    return pd.concat(parts, ignore_index=True)


def test_a_new_lead_keeps_its_own_chance_within_the_window():
    chance = chance_ahead(np.array([0.1, 0.4]), np.zeros(2), TIME, window=90, ahead=90)
    assert chance == pytest.approx([0.1, 0.4])


def test_an_old_lead_has_little_chance_left_whatever_its_score():
    chance = chance_ahead(np.array([0.4]), np.array([300.0]), TIME, window=90, ahead=90)
    assert chance[0] < 0.001


def test_origins_from_before_conversions_were_recorded_are_left_out():
    rows = leads(
        {"a": ("train", 0), "b": ("train", 60), "c": ("validation", 60), "d": ("test", 60)}
    )
    assert set(with_enough_training(rows, 50)["origin_on"]) == {"b", "c", "d"}


def test_with_few_conversions_the_validation_origin_is_learned_from():
    rows = leads({"b": ("train", 10), "c": ("validation", 60), "d": ("test", 60)})
    assert set(with_enough_training(rows, 50)["role"]) == {"train", "test"}
    assert "validation" in set(with_enough_training(rows, 5)["role"])
