"""Every code of the measures has its words."""

import pandas as pd

from crm_helpers.measures.forecasts.losses import REASONS
from crm_helpers.measures.value.profit_basis import UNCOSTED, UNIT_COST, ProfitBasis
from crm_helpers.measures.value.value_groups import VALUE_GROUPS
from crm_helpers.questions.profitability import phrases


def basis(why, share=0.0):
    return ProfitBasis("margin", pd.Series([1.0]), why, share)


def test_every_code_has_words():
    assert set(phrases.LOSSES) == set(REASONS)
    assert set(phrases.GROUPS) == set(VALUE_GROUPS)


def test_the_golden_group_is_named_with_its_share():
    assert phrases.group_in_words("golden", 0.2) == "Golden: best 20\u00a0%"


def test_profit_says_what_it_was_counted_from():
    assert phrases.counted_from(basis(UNIT_COST)) == "revenue after returns less unit cost"
    assert phrases.counted_from(basis(UNIT_COST, 0.05)).replace("\u00a0", " ") == (
        "revenue after returns less unit cost; where cost is missing, 5.0 % of sales, the margin "
        "of all others is taken"
    )
    assert phrases.counted_from(basis(UNCOSTED, 0.06)).replace("\u00a0", " ") == (
        "cost is missing for 6.0 % of sales (limit 5 %)"
    )
    some = phrases.counted_from(basis(UNIT_COST, 0.04)).replace("\u00a0", " ")
    assert some.endswith("where cost is missing, 4.0 % of sales, the margin of all others is taken")
