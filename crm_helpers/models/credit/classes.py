"""Credit classes: points + limits of the default probability -> a letter per application."""

import numpy as np
import pandas as pd

from crm_helpers.models.credit.scorecard import Scale

LETTERS = "ABCDEFGH"


def class_floors(limits: list[float], scale: Scale) -> pd.Series:
    """Least points of each class, the best first; the last class has none.

    Parameters
    ----------
    limits : list of float in (0, 1), rising
        Highest probability of default in each class but the last.
    scale : Scale

    Returns
    -------
    Series of float, indexed by class
        -inf for the last class.

    Raises
    ------
    ValueError
        If limits do not rise, lie outside 0 to 1, or give more than eight classes.
    """
    inside = all(0 < limit < 1 for limit in limits)
    if not limits or not inside or list(limits) != sorted(set(limits)) or len(limits) > 7:
        raise ValueError(
            f"class_limits: found {', '.join(f'{limit:g}' for limit in limits) or 'none'}; "
            "expected one to seven probabilities that rise, each between 0 and 1. Write for "
            'example ["0.05", "0.10", "0.20", "0.35"].'
        )
    floors = [float(scale.points_at(limit)) for limit in limits]
    return pd.Series([*floors, -np.inf], index=list(LETTERS[: len(limits) + 1]), name="floor")


def credit_classes(points: np.ndarray, floors: pd.Series) -> pd.Series:
    """Class of each application.

    Parameters
    ----------
    points : ndarray of int, shape (n_applications,)
    floors : Series of float, indexed by class
        As `class_floors` gives them.

    Returns
    -------
    Series of ordered category, shape (n_applications,), A first
    """
    edges = -floors.to_numpy()
    place = np.searchsorted(edges, -np.asarray(points, dtype=float), side="left")
    return pd.Series(pd.Categorical.from_codes(place, categories=floors.index, ordered=True))
