"""Words of profitability by code: what profit was counted from, groups of customers, losses."""

from crm_helpers.measures.forecasts.losses import BELOW_COST, EARLIER_ORDERS, MORE_THAN_BOUGHT
from crm_helpers.measures.value.profit_basis import (
    ASKED_FOR,
    MOST_UNCOSTED,
    NO_COST,
    UNCOSTED,
    UNIT_COST,
    ProfitBasis,
)
from crm_helpers.measures.value.value_groups import GOLDEN, LOSS, LOWER_HALF, NEXT
from crm_helpers.page.numerals import percent

WHY = {
    ASKED_FOR: "asked for",
    NO_COST: "the data hold no cost",
    UNIT_COST: "revenue after returns less unit cost",
}
LOSSES = {
    BELOW_COST: "sold below cost",
    EARLIER_ORDERS: "sent back goods of earlier orders, bought nothing",
    MORE_THAN_BOUGHT: "sent back more than they bought",
}
GROUPS = {
    GOLDEN: "Golden: best",
    NEXT: "Next, down to the middle",
    LOWER_HALF: "Lower half",
    LOSS: "No profit or loss",
}


def counted_from(earned: ProfitBasis) -> str:
    """What profit was counted from.

    Parameters
    ----------
    earned : ProfitBasis

    Returns
    -------
    str
    """
    if earned.why == UNIT_COST and earned.uncosted_share:
        missing = percent(earned.uncosted_share, 1)
        taken = f"where cost is missing, {missing} of sales, the margin of all others is taken"
        return f"{WHY[UNIT_COST]}; {taken}"
    if earned.why != UNCOSTED:
        return WHY[earned.why]
    missing, limit = percent(earned.uncosted_share), percent(MOST_UNCOSTED, 0)
    return f"cost is missing for {missing} of sales (limit {limit})"


def group_in_words(group: str, golden_share: float) -> str:
    """Group of customers by what they bring.

    Parameters
    ----------
    group : str
        Code of `measures.value.value_groups`.
    golden_share : float in (0, 1)

    Returns
    -------
    str

    Examples
    --------
    >>> group_in_words(LOWER_HALF, 0.2)
    'Lower half'
    """
    words = GROUPS[group]
    return f"{words} {percent(golden_share)}" if group == GOLDEN else words
