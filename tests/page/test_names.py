import pytest

from crm_helpers.page import names
from crm_helpers.page.names import (
    COLUMN_WORDS,
    column_words,
    use_labels,
    value_words,
    values_in_words,
)
from crm_helpers.tables.labels import Labels


@pytest.fixture
def labels(monkeypatch):
    monkeypatch.setattr(names, "_in_force", Labels())
    return lambda **words: use_labels(Labels(**words))


@pytest.mark.parametrize("column", sorted(COLUMN_WORDS))
def test_a_column_is_said_without_its_unit_of_code(column):
    assert "_" not in column_words(column)


def test_a_column_without_words_is_said_by_its_name(labels):
    assert column_words("shoe_size") == "shoe size"


def test_the_words_of_the_source_come_first(labels):
    labels(columns={"recency_days": "days of silence", "shoe_size": "size of shoe"})
    assert column_words("recency_days") == "days of silence"
    assert column_words("shoe_size") == "size of shoe"
    assert column_words("hat_size") == "hat size"


def test_values_have_words_of_the_source_or_lose_their_underscores(labels):
    labels(values={"channel": {"coupon_portal": "the voucher page"}})
    assert value_words("channel", "coupon_portal") == "the voucher page"
    assert value_words("offer", "coupon_portal") == "coupon portal"
    assert values_in_words("channel", ["social_ads", "A_1 plus", 7]) == [
        "social ads",
        "A_1 plus",
        "7",
    ]


def test_a_missing_and_a_rare_value_are_said():
    assert values_in_words("plan", ["(missing)", "(other)"]) == ["not known", "another one"]
