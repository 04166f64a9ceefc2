"""Raking: answers and shares of the customer base -> a weight for each answer."""

import numpy as np
import pandas as pd

STEPS, STILL, SMALLEST, LARGEST = 500, 1e-12, 0.2, 5.0


def raking_weights(answers: pd.DataFrame, base: pd.DataFrame) -> pd.Series:
    """Weights with which the answers have the shares of the customer base, column by column.

    Iterative proportional fitting; a group of the base without any answer cannot be made up
    for and is left out of the shares. Fitted until no weight moves by more than 1e-12, or 500
    times where the groups cannot be met together. Weights are kept between 0.2 and 5.

    Parameters
    ----------
    answers : DataFrame, one row per answer
        Columns to weight by, as texts.
    base : DataFrame, one row per customer
        The same columns.

    Returns
    -------
    Series of float, shape (n_answers,), mean 1

    Raises
    ------
    ValueError
        If there is no answer or no customer.

    References
    ----------
    .. [1] Deming & Stephan (1940), On a Least Squares Adjustment of a Sampled Frequency Table,
       Annals of Mathematical Statistics 11.

    Examples
    --------
    Half of the customers are old, but three of four answers come from them.

    >>> answers = pd.DataFrame({"age": ["old", "old", "old", "young"]})
    >>> base = pd.DataFrame({"age": ["old", "young"]})
    >>> raking_weights(answers, base).round(2).tolist()
    [0.67, 0.67, 0.67, 2.0]
    """
    if answers.empty or base.empty:
        raise ValueError(
            f"raking: {len(answers):,} answers and {len(base):,} customers; expected both. "
            "Show the plain figure alone."
        )
    targets = {name: base[name].value_counts(normalize=True) for name in answers.columns}
    weight = pd.Series(1.0, index=answers.index)
    for _ in range(STEPS):
        before = weight
        for name, target in targets.items():
            weight = weight * _factors(answers[name], weight, target)
        if np.allclose(weight, before, rtol=STILL, atol=0):
            break
    bounded = (weight / weight.mean()).clip(SMALLEST, LARGEST)
    return bounded / bounded.mean()


def _factors(column: pd.Series, weight: pd.Series, target: pd.Series) -> np.ndarray:
    held = weight.groupby(column).sum()
    wanted = target.reindex(held.index)
    known = wanted.notna()
    factor = (wanted / wanted.sum() * held[known].sum() / held).fillna(1.0)
    return column.map(factor).to_numpy(dtype=float)
