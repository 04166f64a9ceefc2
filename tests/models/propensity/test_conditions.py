import numpy as np
import pandas as pd
import pytest
from sklearn.tree import DecisionTreeClassifier

from crm_helpers.models.propensity.conditions import (
    FLAG,
    NUMBER,
    WHOLE,
    cut_at,
    leaf_conditions,
    scale_of,
    scales,
)
from crm_helpers.models.propensity.encoding import Encoding


@pytest.mark.parametrize(
    ("values", "scale"),
    [
        ([True, False], FLAG),
        ([0.0, 1.0, None], FLAG),
        ([0, 2], WHOLE),
        ([38.0, None], WHOLE),
        ([38.5], NUMBER),
        ([None, None], NUMBER),
    ],
)
def test_the_scale_of_a_column_is_that_of_its_values(values, scale):
    assert scale_of(pd.Series(values, dtype=None if scale == FLAG else float)) == scale


def test_a_cut_between_whole_numbers_parts_the_same_rows_when_it_is_whole():
    ages = np.arange(18, 80)
    for limit in (38.5, 38.0, 38.99):
        assert ((ages <= limit) == (ages <= cut_at(limit, WHOLE))).all()
    assert cut_at(38.5, NUMBER) == 38.5


def test_every_row_meets_the_conditions_of_its_leaf():
    frame = pd.DataFrame({"age": np.arange(18, 78), "spent": np.linspace(0.1, 6, 60)})
    encoding = Encoding.learned(frame)
    array = encoding.number_array(frame)
    tree = DecisionTreeClassifier(max_leaf_nodes=4, random_state=0)
    tree.fit(array, (frame["age"] % 20 > 9).astype(int))
    held = leaf_conditions(tree, encoding, scales(frame))
    for place, leaf in enumerate(tree.apply(array)):
        for one in held[leaf]:
            value = frame.at[place, one.column]
            assert one.low is None or value > one.low
            assert one.high is None or value <= one.high
            assert one.scale == (WHOLE if one.column == "age" else NUMBER)
