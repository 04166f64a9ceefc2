"""Applications that methods are compared on: all known ones -> all of few, some of many."""

import numpy as np
import pandas as pd

from crm_helpers.models.propensity.parts import fewest

# Cards and challengers are compared and tested on so many applications at most, drawn at random,
# unless fewer than 500 of the rarer outcome would be among them. The card in use knows all.
MOST_COMPARED, FEWEST_COMPARED = 10_000, 500


def compared(rows: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Applications on which cards and challengers are compared: all, or as many as are enough.

    Parameters
    ----------
    rows : DataFrame, one row per application with a known outcome
        defaulted : bool; [role].
    seed : int

    Returns
    -------
    DataFrame, one row per application, in the order of `rows`, indexed from 0
        10,000, drawn at random, of those before the test and as many of the test, or of all
        where there is no test in time; more where fewer than 500 of the rarer outcome are in.
    """
    role = rows["role"].to_numpy() if "role" in rows else np.full(len(rows), "all")
    parts = [np.flatnonzero(role == "test"), np.flatnonzero(role != "test")]
    happened, rng = rows["defaulted"].to_numpy(bool), np.random.default_rng(seed)
    drawn = [rng.permutation(part)[: _enough(happened[part])] for part in parts]
    return rows.iloc[np.sort(np.concatenate(drawn))].reset_index(drop=True)


def _enough(happened: np.ndarray) -> int:
    rarer = max(fewest(happened), 1)
    return max(MOST_COMPARED, int(np.ceil(FEWEST_COMPARED * len(happened) / rarer)))
