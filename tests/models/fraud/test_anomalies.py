import numpy as np
import pandas as pd
import pytest

from crm_helpers.models.fraud.anomalies import FOREST, NEIGHBOURHOOD, anomalies


def payments(count, seed):
    rng = np.random.default_rng(seed)
    return pd.DataFrame({"amount": rng.normal(50, 5, count), "count": rng.normal(3, 1, count)})


def test_a_payment_far_away_is_the_most_unusual_to_both():
    found = anomalies(payments(500, 1), columns=["amount", "count"])
    later = pd.concat([payments(100, 2), pd.DataFrame({"amount": [200.0], "count": [30.0]})])
    scores = found.score(later.reset_index(drop=True))
    assert scores.idxmax().to_dict() == {FOREST: 100, NEIGHBOURHOOD: 100}


def test_the_same_seed_gives_the_same_scores():
    one, two = (anomalies(payments(200, 1), columns=["amount"], seed=5) for _ in range(2))
    pd.testing.assert_frame_equal(one.score(payments(20, 3)), two.score(payments(20, 3)))


def test_too_few_payments_make_no_neighbourhood():
    with pytest.raises(ValueError, match="payments: 20 earlier rows; expected more than 20"):
        anomalies(payments(20, 1), columns=["amount"])
