"""Fraud among payments of which some were examined -> how much is known, and how much there is."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import hypergeom


@dataclass(frozen=True)
class FraudCount:
    """How much fraud some payments hold.

    Parameters
    ----------
    payments : int
    known : int
        Fraud found among them, whoever picked what was examined.
    honest : int
        Payments examined and found honest.
    audited, audited_fraud : int
        Payments that chance picked and that were examined, and fraud among these.
    low, high : int
        Frauds that all these payments may hold, known and not known.
    """

    payments: int
    known: int
    honest: int
    audited: int
    audited_fraud: int
    low: int
    high: int

    @property
    def is_estimated(self) -> bool:
        """True where chance picked at least one payment, or every payment was examined."""
        return self.audited > 0 or self.known + self.honest == self.payments

    @property
    def estimate(self) -> float:
        """Frauds that the payments hold; missing where nobody can say.

        Each audited payment stands for as many as one over its chance to be audited; what is
        known bounds it on both sides.
        """
        if not self.is_estimated:
            return float("nan")
        if not self.audited:
            return float(self.known)
        weighted = self.audited_fraud * self.payments / self.audited
        return float(min(max(weighted, self.known), self.payments - self.honest))

    @property
    def share(self) -> float:
        """Estimated frauds per payment; missing where nobody can say."""
        return self.estimate / self.payments if self.payments else float("nan")

    @property
    def known_share(self) -> float:
        """Known frauds per payment: the share of fraud is at least this."""
        return self.known / self.payments if self.payments else float("nan")


def fraud_count(
    is_fraud: pd.Series, sampled_at_random: pd.Series, *, level: float = 0.95
) -> FraudCount:
    """Frauds among payments, estimated from those that chance picked for examination.

    Who is examined because he looks suspicious stands for himself alone: his chance to be
    examined is not known, and those not examined are no honest ones. A payment of the random
    audit stands for all (Horvitz and Thompson, with Hajek's denominator): the audit's chance is
    the same for each. The interval is exact for a sample without replacement, and ends where what
    is known for certain ends: at the known frauds below, at the known honest above.

    Parameters
    ----------
    is_fraud : Series of bool, shape (n_payments,)
        Missing where not examined.
    sampled_at_random : Series of bool, shape (n_payments,)
        True where chance picked the payment for examination.
    level : float in (0, 1), default 0.95

    Returns
    -------
    FraudCount

    References
    ----------
    .. [1] Horvitz & Thompson (1952), A Generalization of Sampling Without Replacement From a
       Finite Universe, JASA 47.
    .. [2] Konijn (1973), Statistical Theory of Sample Survey Design and Analysis (limits of a
       count by inverting the hypergeometric test).

    Examples
    --------
    Ten payments, two audited, one of them fraud; another is known to be fraud.

    >>> fraud = pd.Series([True, False, True] + [None] * 7, dtype="boolean")
    >>> one = fraud_count(fraud, pd.Series([True, True] + [False] * 8))
    >>> one.known, one.estimate, one.low, one.high
    (2, 5.0, 2, 9)
    """
    fraud = is_fraud.eq(True).fillna(False).to_numpy(dtype=bool)
    honest = is_fraud.eq(False).fillna(False).to_numpy(dtype=bool)
    drawn = sampled_at_random.eq(True).fillna(False).to_numpy(dtype=bool) & (fraud | honest)
    total, known, clean = len(fraud), int(fraud.sum()), int(honest.sum())
    sample, hits = int(drawn.sum()), int((drawn & fraud).sum())
    low, high = frauds_between(total, sample, hits, level=level)
    ends = max(low, known), min(high, total - clean)
    return FraudCount(total, known, clean, sample, hits, *ends)


def frauds_between(total: int, sample: int, hits: int, *, level: float = 0.95) -> tuple[int, int]:
    """Exact limits of the frauds among all, by the hits of a random sample without replacement.

    Parameters
    ----------
    total, sample, hits : int
        Payments, those drawn by chance, and fraud among these.
    level : float in (0, 1), default 0.95

    Returns
    -------
    (int, int)
        From 0 to all of them where none was drawn.

    Examples
    --------
    >>> frauds_between(100, 0, 0), frauds_between(100, 100, 7)
    ((0, 100), (7, 7))
    """
    tail = (1 - level) / 2
    least, most = hits, total - (sample - hits)
    low = _first(lambda n: hypergeom.sf(hits - 1, total, n, sample) > tail, least, most)
    # The largest count that may still be true lies just before the first that may not.
    over = _first(lambda n: hypergeom.cdf(hits, total, n, sample) <= tail, least, most + 1)
    return low, over - 1


def _first(holds: Callable[[int], np.bool_], low: int, high: int) -> int:
    """First whole number from low to high for which it holds; high where none before does."""
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low
