import pandas as pd
import pytest

from crm_helpers.measures.value.net_value import expected_net_value


def test_only_the_difference_between_kept_and_lost_counts():
    chance, kept = pd.Series([0.5]), pd.Series([100.0])
    net = expected_net_value(chance, save_rate=0.2, value_if_kept=kept, value_if_lost=40.0, cost=1)
    assert net[0] == pytest.approx(0.5 * 0.2 * 60 - 1, rel=1e-12)


def test_a_contact_that_saves_nobody_costs_its_price():
    net = expected_net_value(pd.Series([0.9]), save_rate=0, value_if_kept=pd.Series([1e6]), cost=4)
    assert net[0] == -4


def test_save_rate_in_percent_is_refused():
    with pytest.raises(ValueError, match=r"save_rate: 10 is not between 0 and 1\. .* 0\.10"):
        expected_net_value(pd.Series([0.5]), save_rate=10, value_if_kept=pd.Series([1.0]), cost=1)
