"""Words of acquisition by code: how a model was tested, its plain rule, attributes of a rule."""

from collections.abc import Iterable

from crm_helpers.models.propensity.conditions import Condition
from crm_helpers.models.propensity.plain_rule import PlainRule
from crm_helpers.models.propensity.response import CROSS_VALIDATED, KEPT_APART, ResponseModel
from crm_helpers.models.rules.attribute_rules import Attribute
from crm_helpers.page.conditions import condition_in_words
from crm_helpers.page.names import column_words, value_words


def judged_on(model: ResponseModel) -> str:
    """What a response model was tested on, as it stands after "Tested on".

    Parameters
    ----------
    model : ResponseModel

    Returns
    -------
    str
    """
    if model.way == CROSS_VALIDATED:
        return "cross-validation, five parts; it could not be tested in time"
    if model.way == KEPT_APART:
        return f"'{model.campaigns[0]}', once, with the model fixed before"
    count = len(model.campaigns)
    latest = "latest campaign" if count == 1 else f"{count} latest campaigns"
    return f"the {latest}, after all others were over"


def plain_rule(rule: PlainRule) -> str:
    """The plain rule beside a model, by its column: 'days since the last order, low first'.

    Parameters
    ----------
    rule : PlainRule

    Returns
    -------
    str
    """
    return f"{column_words(rule.column)}, {rule.direction} first"


def attributes_in_words(attributes: Iterable[Attribute]) -> str:
    """Attributes of a rule, joined by "and".

    Parameters
    ----------
    attributes : iterable of Attribute

    Returns
    -------
    str

    Examples
    --------
    >>> attributes_in_words([Attribute("pages_viewed", above=30), Attribute("asked_for", "lamp")])
    'asked for lamp and pages viewed above 30'
    """
    return " and ".join(sorted(_attribute(one) for one in attributes))


def _attribute(one: Attribute) -> str:
    name = column_words(one.column)
    if one.above is None and one.up_to is None:
        return f"{name} {value_words(one.column, one.level)}"
    return condition_in_words(Condition(one.column, one.above, one.up_to, scale=one.scale))
