"""Figures by period -> control chart: centre, limits and the periods outside of them."""

import numpy as np
import pandas as pd

SIGMAS = 3.0


def control_chart(answers: pd.DataFrame, *, min_group: int = 2) -> pd.DataFrame:
    """Figure of each period with the limits within which chance alone would keep it.

    Centre and spread come from the periods before the last one, so that the last one is judged
    by what was usual before; limits widen where a period has few answers.

    Parameters
    ----------
    answers : DataFrame, one row per answer
        Columns period (0 is the last), answer_value.
    min_group : int, default 2
        Periods with fewer answers are left out.

    Returns
    -------
    DataFrame, one row per period, oldest first
        period : int
        mean : float
        n : int, answers
        centre, lower_limit, upper_limit : float
        is_outside : bool

    Raises
    ------
    ValueError
        If there are fewer than two periods before the last one.

    References
    ----------
    .. [1] Montgomery (2009), Introduction to Statistical Quality Control, section 6.3
       (variable sample size).
    """
    groups = answers.groupby("period")["answer_value"]
    table = groups.agg(mean="mean", n="size", spread="var").reset_index()
    table = table[table["n"] >= max(2, min_group)].sort_values("period", ascending=False)
    usual = table[table["period"] > 0]
    if len(usual) < 2:
        raise ValueError(
            f"control chart: {len(usual)} periods with {max(2, min_group)} answers or more before "
            "the last one; expected two or more. Wait for more surveys or take shorter periods."
        )
    centre = float(np.average(usual["mean"], weights=usual["n"]))
    spread = float(np.average(usual["spread"], weights=usual["n"] - 1))
    reach = SIGMAS * np.sqrt(spread / table["n"])
    outside = (table["mean"] - centre).abs() > reach
    shown = table.drop(columns="spread").assign(
        centre=centre, lower_limit=centre - reach, upper_limit=centre + reach, is_outside=outside
    )
    return shown.reset_index(drop=True)
