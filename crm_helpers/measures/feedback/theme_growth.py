"""Growth of themes: texts by theme and period -> share now and before, with a verdict."""

import numpy as np
import pandas as pd
from scipy.stats import norm
from statsmodels.stats.multitest import multipletests

FALSE_DISCOVERIES = 0.05


def theme_growth(theme: pd.Series, period: pd.Series) -> pd.DataFrame:
    """Share of each theme in the last period against the periods before it.

    Two-sided test of two shares; over all themes at most 5 of 100 changes called real are
    expected to be noise (Benjamini and Hochberg).

    Parameters
    ----------
    theme : Series of str, one per text
    period : Series of int, same rows
        Periods before the last one; 0 is the last.

    Returns
    -------
    DataFrame, one row per theme, largest growth first
        theme : str
        texts_now, texts_before : int
        share_now, share_before : float in [0, 1], of the texts of that time
        p_value : float in [0, 1]
        verdict : str, new, grown, shrunk, gone or steady

    References
    ----------
    .. [1] Benjamini & Hochberg (1995), Controlling the False Discovery Rate, JRSS B 57.

    Examples
    --------
    >>> found = theme_growth(pd.Series(["a"] * 80 + ["b"] * 120), pd.Series([0] * 80 + [1] * 120))
    >>> found[["theme", "texts_now", "texts_before", "verdict"]]
      theme  texts_now  texts_before verdict
    0     a         80             0     new
    1     b          0           120    gone
    """
    counts = pd.crosstab(theme, period == 0).reindex(columns=[False, True], fill_value=0)
    now, before = counts[True].to_numpy(), counts[False].to_numpy()
    size_now, size_before = max(now.sum(), 1), max(before.sum(), 1)
    share_now, share_before = now / size_now, before / size_before
    pooled = (now + before) / (size_now + size_before)
    error = np.sqrt(pooled * (1 - pooled) * (1 / size_now + 1 / size_before))
    z = np.divide(share_now - share_before, error, out=np.zeros(len(now)), where=error > 0)
    p_value = 2 * norm.sf(np.abs(z)) if now.sum() and before.sum() else np.ones(len(now))
    real = multipletests(p_value, FALSE_DISCOVERIES, "fdr_bh")[0] if len(now) else []
    verdict = np.select(
        [~np.asarray(real, dtype=bool), before == 0, now == 0, share_now > share_before],
        ["steady", "new", "gone", "grown"],
        default="shrunk",
    )
    told = {"p_value": p_value, "verdict": verdict}
    shares = {"share_now": share_now, "share_before": share_before}
    texts = {"theme": counts.index.astype(str), "texts_now": now, "texts_before": before}
    found = pd.DataFrame({**texts, **shares, **told})
    order = (found["share_now"] - found["share_before"]).sort_values(ascending=False).index
    return found.loc[order].reset_index(drop=True)
