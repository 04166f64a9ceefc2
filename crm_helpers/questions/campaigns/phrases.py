"""Effects, verdicts and methods of campaigns, in words for a reader."""

from collections.abc import Callable

import pandas as pd

from crm_helpers.measures.effects.effect import Effect
from crm_helpers.measures.effects.policy_value import CHOSEN, EVERYBODY, ON_TRIAL
from crm_helpers.measures.statistics.claims import CLAIM_LEVEL
from crm_helpers.measures.value.contact_money import ContactMoney
from crm_helpers.models.propensity.conditions import WHOLE
from crm_helpers.models.uplift.learners import UpliftModel
from crm_helpers.models.uplift.study import UpliftStudy
from crm_helpers.models.uplift.worst_group import Condition, Group
from crm_helpers.page.conditions import conditions_in_words
from crm_helpers.page.names import column_words, value_words
from crm_helpers.page.numerals import number, percent, significant

METHOD_WORDS = {
    "t_logistic": "two logistic models, one per arm (T-learner)",
    "t_lightgbm": "two boosted-tree models, one per arm (T-learner)",
    "x_logistic": "imputed effects on logistic models (X-learner)",
    "x_lightgbm": "imputed effects on boosted trees (X-learner)",
    "class_transformation": "one model of the transformed class",
}


def points(difference: float) -> str:
    """Difference of rates as responses per 100 persons, with its sign."""
    rounded = round(100 * difference, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{number(abs(rounded), 1)}"


def group_in_words(group: Group) -> str:
    """The group that contacts seem to harm, as a reader says it.

    Parameters
    ----------
    group : Group

    Returns
    -------
    str

    Examples
    --------
    >>> old = Condition("age_years", "from", 60.0, WHOLE)
    >>> group_in_words(Group((Condition("won_by", "is", "store"), old)))
    'won by store and age 60 or more'
    """
    return " and ".join(map(_condition, group.conditions))


def _condition(one: Condition) -> str:
    name = column_words(one.column)
    if one.kind == "is":
        return f"{name} {value_words(one.column, one.value)}"
    if one.kind == "from":
        return f"{name} {significant(one.value)} or more"
    if one.scale == WHOLE:
        return f"{name} {significant(one.value - 1)} or less"
    return f"{name} below {significant(one.value)}"


def group_names(study: UpliftStudy, groups: pd.Series) -> pd.Series:
    """Group of each person, in words.

    Parameters
    ----------
    study : UpliftStudy
    groups : Series of int
        Leaves of its tree, as `EffectTree.groups` gives them.

    Returns
    -------
    Series of str, index of `groups`
    """
    names = {leaf: conditions_in_words(held) for leaf, held in study.tree.conditions.items()}
    return groups.map(names)


def effect_in_words(effect: Effect, *, what: str = "responses") -> str:
    """Sentence on an average effect at the level of a claim, with what could have been shown."""
    between = f"{points(effect.low)} to {points(effect.high)} at {percent(CLAIM_LEVEL)}"
    if effect.is_shown:
        verb = "brought" if effect.difference > 0 else "cost"
        return (
            f"A contact {verb} {number(100 * abs(effect.difference), 1)} {what} per 100 persons "
            f"({between})"
        )
    return (
        f"No effect on {what} is shown: {points(effect.difference)} per 100 persons ({between}); "
        f"{number(100 * effect.smallest_detectable, 1)} would have been seen"
    )


def verdict_in_words(verdict: str, values: pd.DataFrame, form: Callable[[float], str]) -> str:
    """Heading on whom to treat, from `policy_values` and `policy_verdict`."""
    rows = values.set_index("policy")
    chosen, everybody = rows.loc[CHOSEN], rows.loc[EVERYBODY]
    share = f"{100 * chosen['treated_share']:.0f} of 100"
    if verdict == CHOSEN:
        return (
            f"Contacting the {share} whom it pays to contact brings {form(chosen['gain'])} per "
            f"100 persons; contacting everybody brings {form(everybody['gain'])}"
        )
    if verdict == EVERYBODY:
        return (
            f"Choosing is not shown to beat contacting everybody, which brings "
            f"{form(everybody['gain'])} per 100 persons"
        )
    if verdict == ON_TRIAL:
        return (
            f"Contacting the {share} whom it should pay to contact is worth a trial: "
            f"{form(chosen['gain'])} per 100 persons expected, not yet beyond chance"
        )
    return "No way of contacting is shown to bring more than it costs"


def prices_in_words(money: ContactMoney, form: Callable[[float, int], str]) -> str:
    """Sentences on what a response is worth and a contact costs, and where both come from."""
    basis = "Value or cost is an assumption of the parameters."
    if money.is_measured:
        basis = "Both come from the contacts themselves."
    return (
        f"A response is worth {form(money.response_value, 2)} of margin; a contact costs "
        f"{form(money.contact_cost, 2)}, and {form(money.offer_cost, 2)} more when it works. "
        f"{basis}"
    )


def spread_in_words(model: UpliftModel) -> str:
    """Sentence on whether the effect differs between persons as the model says."""
    if model.slope_low > 0:
        return (
            f"The effect does differ between persons: where the model predicts one point more, "
            f"{number(model.slope, 2)} more were measured within the learning part "
            f"({number(model.slope_low, 2)} to {number(model.slope_high, 2)})."
        )
    return (
        "It is not shown that the effect differs between persons as the model says (slope "
        f"{number(model.slope, 2)}, {number(model.slope_low, 2)} to {number(model.slope_high, 2)})."
    )
