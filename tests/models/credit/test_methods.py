"""Methods behind one interface."""

import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.credit.methods import METHODS, CreditSettings, new_method
from crm_helpers.page.parameters import DECLARED

RNG = np.random.default_rng(1)
FRAME = pd.DataFrame({"income": RNG.normal(size=600), "home": RNG.choice(["a", "b"], 600)})
# Rough sets need enough attributes to tell single applicants apart.
FRAME = FRAME.assign(**{f"years{i}": RNG.normal(size=600) for i in range(5)})
BAD = pd.Series(RNG.random(600) < 1 / (1 + np.exp(1.5 + FRAME["income"])))


@pytest.mark.parametrize("name", METHODS)
def test_every_method_orders_a_plain_world_better_than_chance(name):
    said = new_method(name, CreditSettings()).fit(FRAME, BAD).probability(FRAME)
    assert said[BAD].mean() > said[~BAD].mean()
    assert ((said >= 0) & (said <= 1)).all()


def test_an_unknown_method_is_named_with_the_known_ones():
    with pytest.raises(ValueError, match="credit method: 'svm' is unknown; expected one of score"):
        new_method("svm", CreditSettings())


def test_methods_a_parameter_may_name_are_those_there_are():
    assert ("scorecard", *DECLARED["challengers"].choices) == METHODS
