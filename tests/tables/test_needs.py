from types import SimpleNamespace

from crm_helpers.tables.needs import unmet_needs

SALES = {"transactions": SimpleNamespace(columns=("order_id", "product_id"))}


def test_needs_that_are_met_say_nothing():
    assert unmet_needs([{"transactions": ["order_id"]}], SALES) == ""


def test_one_alternative_is_enough():
    needs = [{"subscriptions": ["started_on"]}, {"transactions": ["product_id"]}]
    assert unmet_needs(needs, SALES) == ""


def test_missing_columns_are_named():
    assert unmet_needs([{"transactions": ["customer_id", "ordered_at"]}], SALES) == (
        "The source has no customer_id and ordered_at in transactions. Map them under `columns:` "
        "of transactions in the source file."
    )


def test_all_alternatives_are_named_when_none_holds():
    needs = [{"transactions": ["ordered_at"]}, {"subscriptions": ["started_on"]}]
    assert unmet_needs(needs, SALES) == (
        "The source has no ordered_at in transactions; or no subscriptions (started_on). Map "
        "ordered_at under `columns:` of transactions; or add subscriptions under `tables:` in the "
        "source file."
    )


def test_one_table_asked_for_in_two_ways_is_to_be_added_once():
    needs = [{"feedback": ["score", "scale"]}, {"feedback": ["text"]}]
    assert unmet_needs(needs, SALES) == (
        "The source has no feedback (score, scale); or no feedback (text). Add feedback under "
        "`tables:` in the source file."
    )


def test_a_table_and_a_column_are_asked_for_where_each_is_written():
    needs = [{"transactions": ["ordered_at"], "customers": ["customer_id"]}]
    assert unmet_needs(needs, SALES).endswith(
        "Add customers under `tables:` and map ordered_at under `columns:` of transactions in the "
        "source file."
    )
