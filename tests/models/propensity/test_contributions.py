import numpy as np
import pytest

from crm_helpers.models.propensity.contributions import contributions
from crm_helpers.models.propensity.model import fit_undated
from crm_helpers.models.propensity.parts import PropensitySettings


@pytest.fixture(scope="module")
def rows(customers):
    return customers(800).drop(columns="truth")


def fitted(rows, method):
    settings = PropensitySettings(method=method, folds=2, trusted_columns=("days", "plan"))
    return fit_undated(rows, outcome="lapsed", settings=settings)


def test_boosted_trees_explain_themselves(rows):
    found = contributions(fitted(rows, "lightgbm"), rows)
    assert not found.is_surrogate
    assert found.values["days"].abs().mean() > found.values["noise"].abs().mean()


def test_another_method_is_imitated_and_says_how_well(rows):
    found = contributions(fitted(rows, "logistic"), rows)
    assert found.is_surrogate
    assert found.faithfulness > 0.9
    assert np.corrcoef(found.values["days"], rows["days"])[0, 1] > 0.8
