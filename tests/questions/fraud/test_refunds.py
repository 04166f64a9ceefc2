import pandas as pd
import pytest

from crm_helpers.page.section import is_absent
from crm_helpers.questions.fraud.refunds import RefundClusters, clusters, new_patterns, top_shop
from tests.questions.fraud.fraud_rows import REPORT, no_clusters, rows


def test_without_shops_no_refund_is_compared():
    found = clusters(rows(), refund_limits=[])
    assert found.refunds.empty
    assert is_absent(new_patterns(REPORT, found))
    assert top_shop(REPORT, found) == ""


def test_a_year_of_refunds_is_looked_at():
    refunds = rows().assign(is_refund=True, shop_id="S1", age_days=[10] * 9 + [400])
    found = clusters(refunds, refund_limits=["100"])
    assert len(found.refunds) == 9
    assert found.members.empty


def test_the_shop_that_stands_out_is_shown():
    shops = pd.DataFrame(
        {
            "shop_id": ["S7"],
            "limit": [200.0],
            "near_refunds": [30],
            "expected_refunds": [2.5],
            "near_sum": [5800.0],
        }
    )
    refunds = rows().head(4)
    found = RefundClusters(refunds, shops, pd.Series([0.9, 0.9], index=refunds.index[:2]))
    assert new_patterns(REPORT, found).data["shop_id"].tolist() == ["S7"]
    assert "S7" in top_shop(REPORT, found)
    assert repr(found) == "Clusters of refunds: 1 shops, 2 of 4 refunds in them"


def test_limits_are_numbers():
    with pytest.raises(ValueError, match="could not convert"):
        clusters(rows(), refund_limits=["hundred"])
    assert no_clusters().shops.empty
