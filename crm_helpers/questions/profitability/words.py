"""Profit in words: measures of the profitability page -> its sentences."""

import pandas as pd
from scipy.stats import chi2_contingency

from crm_helpers.measures.value.concentration import FIFTH
from crm_helpers.measures.value.cooling import COOLING, STEADY, TO_WATCH
from crm_helpers.measures.value.profit_basis import MARGIN
from crm_helpers.measures.value.top_persistence import TopPersistence
from crm_helpers.measures.value.value_groups import GOLDEN, LOWER_HALF
from crm_helpers.page.numerals import (
    counted,
    interval,
    is_known,
    money,
    number,
    per_hundred,
    percent,
)

# 80/20 "holds" when the best fifth brings 80 % give or take five points.
NEAR = 0.05
EIGHTY = 0.80
# A fall of the share by less is not worth an explanation.
NOTICED_DROP = 0.03
NOISE_LEVEL = 0.05


def eighty_twenty(lasting: TopPersistence, basis: str) -> str:
    """Whether the best fifth bring about eighty per cent, when picked and next."""
    gap = lasting.share_then - EIGHTY
    verdict = "80/20 holds" if abs(gap) <= NEAR else f"80/20 does not hold ({_rather(gap)})"
    return (
        f"{verdict}: the best {percent(FIFTH)} brought {percent(lasting.share_then)} of the "
        f"{basis} when picked, and {percent(lasting.share_next)} in the period after"
    )


def _rather(gap: float) -> str:
    return "it is more even" if gap < 0 else "it is even steeper"


def persistence_doubt(lasting: TopPersistence, days: int) -> str:
    """How much of the difference is luck, and how much is newcomers."""
    return (
        f"Of the best {percent(FIFTH)} of the next {number(days)} days, "
        f"{per_hundred(lasting.already_picked)} had been among the "
        f"{counted(lasting.picked, 'customer')} picked. Among the customers who were there when "
        f"they were picked, these brought {percent(lasting.share_next_same)}: {_drop(lasting)}. "
        f"Picked in the second period itself, its best {percent(FIFTH)} brought "
        f"{percent(lasting.best_next)}."
    )


def _drop(lasting: TopPersistence) -> str:
    if lasting.share_then - lasting.share_next_same < NOTICED_DROP:
        newcomers = lasting.share_next_same - lasting.share_next >= NOTICED_DROP
        return "they kept their place" + ", all the rest is customers new since" * newcomers
    return "that drop is luck running out and habits changing, the rest customers new since"


def newcomers_title(newcomers_share: float, basis: str) -> str:
    """How much of the second period customers brought who were not there in the first."""
    if not newcomers_share:
        return f"All {basis} of the second period is from customers of the first"
    return f"Customers new since brought {percent(newcomers_share)} of the {basis}"


def worth_answer(groups: pd.DataFrame, currency: str) -> str:
    """What a golden customer brings, and one of the lower half, as far as they are shown."""
    golden = groups[groups["value_group"].str.startswith(GOLDEN)]["profit_mean"]
    lower = groups[groups["value_group"] == LOWER_HALF]["profit_mean"]
    if golden.empty:
        return "The golden customers are too few to be shown as a group"
    answer = f"A golden customer brings {money(golden.iloc[0], currency)}"
    if lower.empty:
        return answer
    return f"{answer}, one of the lower half {money(lower.iloc[0], currency)}"


def loss_answer(losses: pd.DataFrame, profit: pd.Series, currency: str) -> str:
    """How many customers cost money, and how much."""
    if losses.empty:
        return "No customer cost money"
    lost, customers = -losses["loss"].sum(), int(losses["customers"].sum())
    return (
        f"{counted(customers, 'customer')} ({per_hundred(customers / len(profit))}) cost "
        f"{money(lost, currency)}, {percent(lost / profit.sum())} of the profit"
    )


def cooling_answer(cooling: pd.DataFrame, days: int, basis: str, currency: str) -> str:
    """How many golden customers are silent for longer than usual, and what is at stake."""
    rows = cooling[cooling["cooling_level"].astype(str) != STEADY]
    if rows.empty:
        return "No golden customer has been silent for longer than usual"
    levels = rows["cooling_level"].astype(str).value_counts()
    stake = money(rows["profit_per_day"].sum() * days, currency)
    return (
        f"{counted(int(levels.get(COOLING, 0)), 'golden customer')} cooling and "
        f"{number(int(levels.get(TO_WATCH, 0)))} to watch; at their usual pace they bring {stake} "
        f"of {basis} in {number(days)} days"
    )


def rule_verdict(comparison: pd.DataFrame, earlier: str, currency: str) -> str:
    """Which rule caught more, the model of the usual pace or the plain one, and which is used."""
    model, plain = (row for _, row in comparison.iterrows())
    if not model["named_customers"]:
        return f"On {earlier} the rule named nobody, so it could not be tested."
    used = "is used" if model["is_used"] else "is not used: the plain rule takes its place"
    named = counted(model["named_customers"], "customer")
    return (
        f"Tested one quarter back, on {earlier}: of {named} named by their usual pace "
        f"{number(model['silent_customers'])} fell silent, worth "
        f"{money(model['silent_profit'], currency)} a quarter; of as many longest without an "
        f"order, the plain rule, {number(plain['silent_customers'])}, worth "
        f"{money(plain['silent_profit'], currency)}. So the usual pace {used}."
    )


def repeat_title(rates: pd.DataFrame) -> str:
    """Whether the latest month of new customers comes back otherwise than those before."""
    if len(rates) < 2:
        return "One month of new customers has been watched long enough"
    last, before = rates.iloc[-1], rates.iloc[:-1]
    counts = [_both(last), _both(before[["customers", "repeat_customers"]].sum())]
    name = f"{last['cohort_month']:%B %Y}"
    if min(map(min, counts)) < 1 or chi2_contingency(counts).pvalue > NOISE_LEVEL:
        return f"New customers of {name} came back no more and no less than those before"
    earlier = before["repeat_customers"].sum() / before["customers"].sum()
    change = "more" if last["repeat_rate"] > earlier else "less"
    return (
        f"New customers of {name} came back {change} often: {percent(last['repeat_rate'])} after "
        f"{percent(earlier)}"
    )


def _both(row: pd.Series) -> list[float]:
    return [row["repeat_customers"], row["customers"] - row["repeat_customers"]]


def again_answer(again: float, repeat_days: int) -> str:
    """Share of new customers who order again in time."""
    if not is_known(again):
        return f"No new customer has been watched for {number(repeat_days)} days yet"
    return f"{per_hundred(again, 'new customers')} order again within {number(repeat_days)} days"


def call_assumption(save_rate: float, margin_share: float, basis: str) -> str:
    """What the expected value of a call rests on."""
    worth = (
        "Profit is margin after returns."
        if basis == MARGIN
        else f"The data hold no cost: {percent(margin_share)} of revenue is taken for profit."
    )
    return (
        f"Assumed, not measured: a call keeps {per_hundred(save_rate)} of those who would fall "
        f"silent (save_rate {save_rate:g}). The control group will measure it. {worth} The churn "
        "report may list the same customers: contact each once, and let this call go first."
    )


def trust(lasting: TopPersistence, top_low: float, top_high: float) -> str:
    """Intervals of what the best fifth bring."""
    return (
        f"When customers are drawn again, the share of the best {percent(FIFTH)} lies between "
        f"{interval(top_low, top_high, percent).replace(' to ', ' and ')}; what they brought next "
        f"between {interval(*lasting.interval, percent).replace(' to ', ' and ')} (95 % intervals)."
    )
