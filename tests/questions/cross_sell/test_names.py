import ibis
import pandas as pd

from crm_helpers.questions.cross_sell.names import named_rules, product_names


def test_rules_are_named_by_products(rule, products):
    named = named_rules(rule, products)
    assert named["rule_name"].tolist() == ["Tea → Milk"]
    assert named["verdict_name"].tolist() == ["held"]


def test_ids_stand_for_products_without_a_name(rule):
    assert named_rules(rule, pd.Series(dtype=object))["rule_name"].tolist() == ["1 → 2"]


def test_a_long_name_is_cut_to_a_line(rule, products):
    long = named_rules(rule.assign(consequent_id="3"), products)["consequent_name"][0]
    assert long.endswith("…")
    assert len(long) <= 34


def test_rules_that_were_never_checked_have_no_verdict_in_words(rule, products):
    assert "verdict_name" not in named_rules(rule.drop(columns="verdict"), products)


def test_no_rules_keep_their_columns(rule, products):
    assert "rule_name" in named_rules(rule.head(0), products)


def test_a_source_without_products_has_no_names():
    assert product_names({}).empty


def test_products_without_a_name_column_have_no_names():
    products = ibis.memtable(pd.DataFrame({"product_id": ["1"]}))
    assert product_names({"products": products}).empty


def test_the_first_of_two_names_of_a_product_counts():
    rows = pd.DataFrame({"product_id": ["1", "1", "2"], "name": ["Tea", "Tea", None]})
    assert product_names({"products": ibis.memtable(rows)}).to_dict() == {"1": "Tea"}
