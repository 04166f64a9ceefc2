"""Rows of several origins: feature functions at each origin -> one frame to learn from."""

from collections.abc import Callable, Iterable

import ibis.expr.types as ir
import pandas as pd

from crm_helpers.features.windows import Origin

FeatureFunction = Callable[..., ir.Table]


def origin_rows(
    features: Callable[..., pd.DataFrame],
    origins: Iterable[Origin],
    predictors: list[FeatureFunction],
    labels: FeatureFunction,
    **parameters: object,
) -> pd.DataFrame:
    """Predictors and outcome of each customer at each origin, and predictors at the scored one.

    Parameters
    ----------
    features : callable
        Takes a feature function and parameters, gives its rows: `report.features`.
    origins : iterable of Origin
    predictors : list of feature functions
        One row per customer each; joined to the customers of the first.
    labels : feature function
        One row per customer with the outcome; not asked at the origin of role score.
    **parameters
        For all of them, such as observation_days.

    Returns
    -------
    DataFrame, one row per customer and origin
        customer_id, origin_on : date, role : str, the outcome (missing where role is score),
        predictors
    """
    parts = [_at(features, origin, predictors, labels, parameters) for origin in origins]
    return pd.concat(parts, ignore_index=True)


def _at(
    features: Callable[..., pd.DataFrame],
    origin: Origin,
    predictors: list[FeatureFunction],
    labels: FeatureFunction,
    parameters: dict[str, object],
) -> pd.DataFrame:
    asked = {**parameters, "as_of": origin.as_of}
    rows = features(predictors[0], **asked)
    for function in predictors[1:]:
        rows = rows.merge(features(function, **asked), on="customer_id", how="left")
    if origin.role != "score":
        rows = rows.merge(features(labels, **asked), on="customer_id", how="inner")
    return rows.assign(origin_on=pd.Timestamp(origin.as_of), role=origin.role)
