import numpy as np
import pandas as pd

from crm_helpers.models.fraud.model import Periods, payment_roles
from crm_helpers.models.fraud.short_data import periods_within, roles_by_folds

ASKED = Periods(review_days=30, label_days=45, test_days=182)


def payments(days, labels_after, rows=3000):
    """Payments of so many days, a third of them examined, a tenth of these fraud."""
    rng = np.random.default_rng(4)
    age = rng.integers(0, days, rows)
    known = (rng.random(rows) < 0.33) & (age >= labels_after)
    fraud = pd.Series(np.where(known, rng.random(rows) < 0.1, None)).astype("boolean")
    label_age = np.where(known, age - labels_after, np.nan)
    return pd.DataFrame({"age_days": age, "label_age_days": label_age, "is_fraud": fraud})


def test_long_data_keep_the_periods_asked_for():
    assert periods_within(payments(1000, 5), ASKED, least=15) == ASKED


def test_sixty_days_get_shorter_periods_that_leave_something_to_learn_from():
    rows = payments(60, 3)
    found = periods_within(rows, ASKED, least=15)
    assert (found.label_days, found.test_days, found.asked) == (15, 15, (45, 182))
    assert found.in_time
    assert payment_roles(rows, found).isin(["train", "validation", "test"]).mean() > 0.4


def test_labels_that_come_too_late_for_short_periods_leave_folds():
    rows = payments(60, 40)
    found = periods_within(rows, ASKED, least=15)
    assert not found.in_time
    role = roles_by_folds(rows, found)
    assert (role == "test").equals(rows["is_fraud"].notna())
    assert rows.loc[role == "review", "age_days"].max() == 29


def test_no_payment_is_no_test():
    assert not periods_within(payments(60, 3).head(0), ASKED, least=15).in_time
