"""Words of acquisition by code: how a model was tested, its plain rule, attributes of a rule."""

from collections.abc import Iterable

from crm_helpers.models.propensity.plain_rule import PlainRule
from crm_helpers.models.propensity.response import CROSS_VALIDATED, KEPT_APART, ResponseModel
from crm_helpers.models.rules.attribute_rules import Attribute


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
    """The plain rule beside a model, by its column: 'recency_days, low first'.

    Parameters
    ----------
    rule : PlainRule

    Returns
    -------
    str
    """
    return f"{rule.column}, {rule.direction} first"


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
    name = one.column.replace("_", " ")
    if one.above is None and one.up_to is None:
        return f"{name} {one.level}"
    if one.above is None:
        return f"{name} up to {one.up_to:,.4g}"
    if one.up_to is None:
        return f"{name} above {one.above:,.4g}"
    return f"{name} {one.above:,.4g} to {one.up_to:,.4g}"
