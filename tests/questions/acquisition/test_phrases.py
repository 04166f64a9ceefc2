import pytest

from crm_helpers.models.propensity.plain_rule import PlainRule
from crm_helpers.models.propensity.response import (
    CROSS_VALIDATED,
    KEPT_APART,
    LATEST,
    ResponseModel,
)
from crm_helpers.models.rules.attribute_rules import Attribute
from crm_helpers.questions.acquisition.phrases import attributes_in_words, judged_on, plain_rule


@pytest.mark.parametrize(
    ("way", "campaigns", "words"),
    [
        (KEPT_APART, ("judged",), "'judged', once, with the model fixed before"),
        (LATEST, ("c5",), "the latest campaign, after all others were over"),
        (LATEST, ("c4", "c5"), "the 2 latest campaigns, after all others were over"),
        (CROSS_VALIDATED, (), "cross-validation, five parts; it could not be tested in time"),
    ],
    ids=["kept apart", "latest", "two latest", "cross-validated"],
)
def test_each_way_of_testing_has_its_words(way, campaigns, words):
    assert judged_on(ResponseModel(None, None, way, campaigns)) == words


def test_a_rule_is_said_by_its_column_and_direction():
    assert (
        plain_rule(PlainRule("recency_days", "low", None)) == "days since the last order, low first"
    )


@pytest.mark.parametrize(
    ("attribute", "words"),
    [
        (Attribute("asked_for", "voucher"), "asked for voucher"),
        (Attribute("pages_viewed", up_to=3.0), "pages viewed up to 3"),
        (Attribute("pages_viewed", above=0.0, up_to=3.0), "pages viewed above 0 up to 3"),
        (Attribute("pages_viewed", above=0.0, up_to=3.0, scale="whole"), "pages viewed 1 to 3"),
        (Attribute("income", above=12345.6), "income above 12,346"),
    ],
    ids=["level", "lowest band", "band from zero", "whole numbers", "highest band"],
)
def test_an_attribute_is_a_level_or_a_band(attribute, words):
    assert attributes_in_words([attribute]) == words


def test_attributes_of_a_rule_are_said_in_the_order_of_their_words():
    later, first = Attribute("region", "north"), Attribute("age_years", up_to=30.0)
    assert attributes_in_words([later, first]) == "age up to 30 and region north"
