"""What one contact changes: chance to order anyway -> rise of that chance."""

import pandas as pd


def contact_gain(order_chance: pd.Series, *, contact_lift: float) -> pd.Series:
    """Rise of the chance to order by one contact, under an assumption.

    The rise is contact_lift of the chance itself, for those who would not order anyway: small
    where few are reachable, small again where most order without being asked. It is an
    assumption until a control group has measured it.

    Parameters
    ----------
    order_chance : Series of float in [0, 1]
        Chance to order without the contact.
    contact_lift : float, 0 or more
        Rise relative to the chance, where nobody would order anyway.

    Returns
    -------
    Series of float in [0, 1]

    Raises
    ------
    ValueError
        If contact_lift is negative, or so large that a chance would exceed 1.

    Examples
    --------
    >>> contact_gain(pd.Series([0.0, 0.5, 1.0]), contact_lift=0.2).tolist()
    [0.0, 0.05, 0.0]
    """
    gain = contact_lift * order_chance * (1 - order_chance)
    if contact_lift < 0 or (order_chance + gain > 1).any():
        raise ValueError(
            f"contact_lift: {contact_lift:g} is not between 0 and 1, or lifts a chance above 1. "
            "For ten per cent write 0.10."
        )
    return gain
