import datetime as dt

import pandas as pd
from tiny_tables import TINY

from crm_helpers.features.compute import compute
from crm_helpers.features.customer_attributes import customer_attributes
from crm_helpers.features.first_day import first_order_day
from crm_helpers.features.origin_rows import origin_rows
from crm_helpers.features.outcomes import lapse_labels
from crm_helpers.features.predictors import customer_predictors
from crm_helpers.features.windows import Origin

TABLES = {name: TINY[name].table() for name in ("transactions", "products", "customers")}


def features(function, **parameters):
    return compute(function, TABLES, parameters)


def test_each_origin_has_its_own_rows_and_the_scored_one_no_outcome():
    days = [Origin(dt.date(2024, 4, 30), "train"), Origin(dt.date(2024, 6, 30), "score")]
    rows = origin_rows(
        features, days, [customer_predictors, customer_attributes], lapse_labels, outcome_days=30
    )
    assert rows.groupby("role")["customer_id"].agg(list).to_dict() == {
        "train": ["a", "b"],
        "score": ["a", "b", "c", "d"],
    }
    assert rows.loc[rows["role"] == "score", "lapsed"].isna().all()
    assert rows.loc[rows["role"] == "train", "lapsed"].tolist() == [True, True]
    assert rows["origin_on"].tolist()[0] == pd.Timestamp("2024-04-30")


def test_first_day_is_that_of_a_known_customer():
    assert str(features(first_order_day)["first_day"][0])[:10] == "2024-01-15"
