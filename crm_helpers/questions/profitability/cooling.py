"""Which golden customers are cooling: pace and profit -> levels, and how earlier ones ended."""

from dataclasses import dataclass

import pandas as pd

from crm_helpers.features.customer_value import customer_value
from crm_helpers.features.data_span import TwoDays, data_span
from crm_helpers.features.order_pace import order_pace
from crm_helpers.measures.value.cooling import (
    COOLING,
    STEADY,
    TO_WATCH,
    compare_rules,
    silent_chances,
    silent_shares,
    used_rule,
)
from crm_helpers.measures.value.profit_basis import ProfitBasis, profit_basis
from crm_helpers.models.survival.cooling import cooling_customers
from crm_helpers.page.numerals import counted, day, money, number, percent
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import Html, paragraph, table
from crm_helpers.questions import consents
from crm_helpers.tables.needs import Skip


@dataclass(frozen=True, repr=False, eq=False)
class RuleTest:
    """What became of golden customers of the earlier day, by the level each rule gave them.

    Attributes
    ----------
    comparison : DataFrame, one row per rule
        rule, named_customers, silent_customers, silent_profit, is_used.
    silent : DataFrame, one row per level of the rule used
        cooling_level, customers, silent_customers, silent_share, silent_low, silent_high.
    rule : str
        Column of the rule that caught more profit: pace_level or silence_level.
    days : TwoDays
    """

    comparison: pd.DataFrame
    silent: pd.DataFrame
    rule: str
    days: TwoDays

    @property
    def chances(self) -> pd.Series:
        """Chance to fall silent at each level, indexed by cooling_level."""
        return silent_chances(self.silent)

    def __repr__(self) -> str:
        """Which rule is used, and what it caught, in one line."""
        used = self.comparison[self.comparison["is_used"]].iloc[0]
        return (
            f"RuleTest on {self.days.earlier}: {self.rule} is used, "
            f"{used['silent_customers']:,} of {used['named_customers']:,} it named fell silent"
        )


@unless_absent
def two_days(report: Report, *, observation_days: int, outcome_days: int) -> TwoDays:
    """as_of and the day outcome_days before it, with the longest window that both can have.

    Absent where four weeks do not remain before the earlier day.

    Returns
    -------
    TwoDays
    """
    span = report.features(data_span)
    length = {"observation_days": observation_days, "outcome_days": outcome_days}
    return TwoDays.of_outcome(span, as_of=report.as_of, **length)


@unless_absent
def golden_before(
    report: Report, agreed: pd.DataFrame, days: TwoDays, *, basis: str, golden_share: float
) -> pd.DataFrame:
    """Golden customers of the earlier day with their usual pace and silence on that day.

    Parameters
    ----------
    report : Report
    agreed : DataFrame, one row per customer
        As `consents.consents` gives it; who refused to be profiled is left out.
    days : TwoDays
    basis : str
        What profit is counted from now: "margin" or "revenue".
    golden_share : float in (0, 1)

    Returns
    -------
    DataFrame, one row per golden customer with a pace
        customer_id, recency_days, profit, usual_gap_days, cooling_chance, pace_level,
        silence_level, profit_per_day, as `models.survival.cooling.cooling_customers` gives them

    Absent where nobody had bought by then, or nobody twice.
    """
    window = {"as_of": days.earlier, "observation_days": days.observation_days}
    values = report.features(customer_value, **window)
    if values.empty:
        raise Skip(
            f"Nobody bought in the {number(days.observation_days)} days to {day(days.earlier)}, so "
            "no rule could be tested."
        )
    profit = profit_basis(values, basis).profit
    pace = consents.who_may_be_grouped(report.features(order_pace, **window), agreed)
    return cooling_customers(pace, profit, golden_share=golden_share)


@unless_absent
def rule_test(before: pd.DataFrame, later: pd.DataFrame, days: TwoDays) -> RuleTest:
    """Both rules judged by who placed no order in the days that followed.

    Parameters
    ----------
    before : DataFrame, one row per golden customer of the earlier day
        As `golden_before` gives it.
    later : DataFrame, one row per customer with a sale or a return in the days after
        customer_id, frequency_orders.
    days : TwoDays

    Returns
    -------
    RuleTest
        comparison (DataFrame, one row per rule), silent (DataFrame, one row per level), rule,
        days; chances (Series by level) follows from silent
    """
    has_ordered = later.set_index("customer_id")["frequency_orders"] > 0
    comparison = compare_rules(before, has_ordered, days=days.outcome_days)
    rule = used_rule(comparison)
    silent = silent_shares(before.set_index("customer_id")[rule], has_ordered)
    return RuleTest(comparison, silent, rule, days)


@unless_absent
def golden_now(pace: pd.DataFrame, earned: ProfitBasis, *, golden_share: float) -> pd.DataFrame:
    """Golden customers with their usual pace and silence now.

    Absent where no customer has ordered twice while watched: nobody has a pace.

    Parameters
    ----------
    pace : DataFrame, one row per customer
        As `features.order_pace.order_pace` gives it, those who refused left out.
    earned : ProfitBasis
    golden_share : float in (0, 1)

    Returns
    -------
    DataFrame, one row per golden customer with a pace
        As `golden_before` gives it.
    """
    if not (pace["order_days"] > 0).any():
        raise Skip(
            "No customer has ordered on a second day in the window, so there is no usual pace "
            "from which a silence could differ."
        )
    return cooling_customers(pace, earned.profit, golden_share=golden_share)


@unless_absent
def chances(test: RuleTest) -> pd.DataFrame:
    """Chance to fall silent at each level, and the low end of the share that was seen.

    Returns
    -------
    DataFrame, indexed by cooling_level
        silent_chance, silent_low : float in [0, 1]; silent_low is empty without customers
    """
    low = test.silent.set_index("cooling_level")["silent_low"]
    return pd.DataFrame({"silent_chance": test.chances, "silent_low": low})


@unless_absent
def with_level(golden: pd.DataFrame, test: RuleTest) -> pd.DataFrame:
    """Golden customers with the level that the rule used gives them.

    Returns
    -------
    DataFrame, one row per golden customer, the columns it had and
        cooling_level : category, cooling, to watch or steady
    """
    return golden.assign(cooling_level=golden[test.rule])


@unless_absent
def who_cools(
    report: Report, golden: pd.DataFrame, test: RuleTest, earned: ProfitBasis, *, min_group: int
) -> Section:
    """Golden customers silent for longer than usual, and how far such silences led before.

    Parameters
    ----------
    report : Report
    golden : DataFrame, one row per golden customer
        As `with_level` gives it.
    test : RuleTest
    earned : ProfitBasis
    min_group : int
        Levels with fewer customers on the earlier day are not shown.

    Returns
    -------
    Section
        says : how many are cooling and to watch, and what is at stake
        data : one row per level of the earlier day, columns cooling_level, customers,
        silent_customers, silent_share, silent_low, silent_high; words alone where none is shown
        findings : golden_cooling, golden_to_watch
    """
    currency, levels = report.currency, golden["cooling_level"].value_counts()
    found = section(
        cooling_answer(golden, test.days.outcome_days, earned.basis, currency),
        silent_table(test.silent, test.days, min_group=min_group),
        rule_verdict(test.comparison, day(test.days.earlier), currency),
    )
    n, cools, to_watch = len(golden), int(levels[COOLING]), int(levels[TO_WATCH])
    found = found.finds("golden_cooling", cools, unit="customers", n=n)
    return found.finds("golden_to_watch", to_watch, unit="customers", n=n)


def cooling_answer(golden: pd.DataFrame, days: int, basis: str, currency: str) -> str:
    """How many golden customers are silent for longer than usual, and what is at stake."""
    rows = golden[golden["cooling_level"].astype(str) != STEADY]
    if rows.empty:
        return "No golden customer has been silent for longer than usual"
    levels = rows["cooling_level"].astype(str).value_counts()
    stake = money(rows["profit_per_day"].sum() * days, currency)
    return (
        f"{counted(int(levels.get(COOLING, 0)), 'golden customer')} cooling and "
        f"{number(int(levels.get(TO_WATCH, 0)))} to watch; at their usual pace they bring {stake} "
        f"of {basis} in {number(days)} days"
    )


def silent_table(silent: pd.DataFrame, days: TwoDays, *, min_group: int) -> Html:
    """What became of golden customers who were called cooling one quarter back."""
    shown, earlier = silent[silent["customers"] >= min_group], day(days.earlier)
    if shown.empty:
        return paragraph(
            f"On {earlier} fewer than {number(min_group)} golden customers were known long enough "
            "to test the rule."
        )
    return table(
        shown,
        {
            "cooling_level": f"Golden customers on {earlier}",
            "customers": ("Customers", number),
            "silent_share": (f"No order in the {number(days.outcome_days)} days after", percent),
            "silent_low": ("at least", percent),
            "silent_high": ("at most", percent),
        },
        caption="At least and at most: 95 % interval.",
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
