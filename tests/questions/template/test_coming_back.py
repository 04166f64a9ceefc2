import pandas as pd
import pytest

from crm_helpers.questions.template.coming_back import bands, once_share


def rows(*orders):
    return pd.DataFrame({"frequency_orders": list(orders)})


def test_everybody_once():
    assert once_share(rows(1, 1)) == 1.0
    assert bands(rows(1, 1)).to_dict("list") == {"orders": [1], "share": [1.0]}


def test_many_orders_are_taken_together():
    found = bands(rows(1, 2, 6, 9)).set_index("orders")["share"]
    assert found.to_dict() == pytest.approx({1: 0.25, 2: 0.25, "6 or more": 0.5})
