import numpy as np
import pandas as pd

from crm_helpers.measures.fraud.refund_clusters import below_limit, cluster_members, refund_clusters


def refunds(ring=20, seed=4):
    """Honest refunds of five shops, and a ring at one of them just below 200."""
    rng = np.random.default_rng(seed)
    honest = pd.DataFrame(
        {
            "shop_id": rng.choice(list("abcde"), 1000),
            "amount": rng.gamma(2.0, 40.0, 1000),
            "customer_id": [f"h{n}" for n in range(1000)],
        }
    )
    members = pd.DataFrame(
        {
            "shop_id": "c",
            "amount": 181.0 + np.arange(ring) * 18 / max(ring, 1),
            "customer_id": [f"r{n % 4}" for n in range(ring)],
        }
    )
    return pd.concat([honest, members], ignore_index=True)


def test_the_ring_is_found_without_labels():
    found = refund_clusters(refunds())
    assert found[["shop_id", "limit"]].to_numpy().tolist() == [["c", 200.0]]
    assert found["excess_share"].iloc[0] > 0.5


def test_honest_refunds_are_no_cluster():
    assert all(refund_clusters(refunds(ring=0, seed=seed)).empty for seed in range(20))


def test_members_have_two_or_more_of_them():
    rows = refunds()
    chance = cluster_members(rows, refund_clusters(rows))
    assert set(rows.loc[chance > 0, "customer_id"]) == {"r0", "r1", "r2", "r3"}


def test_the_limit_itself_is_not_below_it():
    assert below_limit(pd.Series([180.0, 199.99, 200.0])).tolist()[:2] == [200.0, 200.0]
    assert np.isnan(below_limit(pd.Series([200.0])).iloc[0])


def test_no_refund_near_a_limit_gives_no_cluster():
    rows = pd.DataFrame({"shop_id": ["a"], "amount": [20.0], "customer_id": ["k"]})
    assert refund_clusters(rows).empty


def test_refunds_without_a_shop_belong_to_no_cluster():
    rows = refunds().assign(shop_id=None)
    assert refund_clusters(rows).empty
