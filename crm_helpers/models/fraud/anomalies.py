"""Anomalies without labels: payments of the past -> isolation forest and local outlier factor."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.ensemble import IsolationForest
from sklearn.neighbors import LocalOutlierFactor

from crm_helpers.models.propensity.encoding import Encoding, with_categories

FOREST_ROWS, NEIGHBOUR_ROWS, NEIGHBOURS = 20_000, 5_000, 20
FOREST, NEIGHBOURHOOD = "isolation forest", "local outlier factor"


@dataclass(frozen=True)
class Anomalies:
    """Two detectors learned from earlier payments, none of which had a label.

    Parameters
    ----------
    columns : list of str
        Predictors looked at.
    encoding : Encoding
        Levels, centres and scales of the earlier payments.
    detectors : dict of str to fitted scikit-learn detector
    """

    columns: list[str]
    encoding: Encoding
    detectors: dict[str, object]

    def score(self, rows: pd.DataFrame) -> pd.DataFrame:
        """How unusual each payment is; higher is more unusual, scales differ by detector.

        Parameters
        ----------
        rows : DataFrame, one row per payment

        Returns
        -------
        DataFrame of float, one row per payment, index of `rows`, one column per detector
        """
        array = self.encoding.linear_array(with_categories(rows[self.columns]))
        found = {name: -one.score_samples(array) for name, one in self.detectors.items()}
        return pd.DataFrame(found, index=rows.index)


def anomalies(rows: pd.DataFrame, *, columns: list[str], seed: int = 0) -> Anomalies:
    """Isolation forest and local outlier factor learned from a bounded sample of payments.

    The local outlier factor keeps every row it learned from and compares each new one with
    them, so it learns from 5,000 at most; it is asked only about rows it may not have seen
    (novelty), which are never those of the sample when it is tested later in time.

    Parameters
    ----------
    rows : DataFrame, one row per payment
        Payments before the period that will be judged.
    columns : list of str
        Predictors.
    seed : int, default 0
        For the samples and the forest.

    Returns
    -------
    Anomalies

    Raises
    ------
    ValueError
        If there are too few payments for a neighbourhood.

    References
    ----------
    .. [1] Liu, Ting & Zhou (2008), Isolation Forest, ICDM.
    .. [2] Breunig, Kriegel, Ng & Sander (2000), LOF: Identifying Density-Based Local
       Outliers, SIGMOD.
    """
    if len(rows) <= NEIGHBOURS:
        raise ValueError(
            f"payments: {len(rows):,} earlier rows; expected more than {NEIGHBOURS}, the size of a "
            "neighbourhood. Choose a later as_of or shorter test_days."
        )
    frame = with_categories(rows[columns])
    encoding = Encoding.learned(frame)
    picked = np.random.default_rng(seed).permutation(len(frame))[:FOREST_ROWS]
    array = encoding.linear_array(frame.iloc[picked])
    forest = IsolationForest(n_estimators=100, max_samples="auto", random_state=seed, n_jobs=1)
    factor = LocalOutlierFactor(n_neighbors=NEIGHBOURS, novelty=True, n_jobs=1)
    detectors = {FOREST: forest.fit(array), NEIGHBOURHOOD: factor.fit(array[:NEIGHBOUR_ROWS])}
    return Anomalies(columns, encoding, detectors)
