"""The assumed effect of a contact."""

import pandas as pd
import pytest

from crm_helpers.measures.value.contact_gain import contact_gain


def test_nothing_is_gained_where_nobody_or_everybody_orders():
    assert contact_gain(pd.Series([0.0, 1.0]), contact_lift=0.5).tolist() == [0, 0]


def test_most_is_gained_in_the_middle():
    gain = contact_gain(pd.Series([0.1, 0.5, 0.9]), contact_lift=0.2)
    assert gain.tolist() == pytest.approx([0.018, 0.05, 0.018])


def test_without_a_lift_nothing_is_gained():
    assert contact_gain(pd.Series([0.3]), contact_lift=0).tolist() == [0]


@pytest.mark.parametrize("lift", [-0.1, 5])
def test_a_lift_out_of_range_is_named(lift):
    with pytest.raises(ValueError, match=f"contact_lift: {lift:g} is not between.*write 0.10"):
        contact_gain(pd.Series([0.5]), contact_lift=lift)
