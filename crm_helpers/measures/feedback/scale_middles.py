"""Middle of the scale of each question: answers -> one middle per question."""

import pandas as pd

from crm_helpers.tables.contract import SCALES


def on_own_scale(answers: pd.DataFrame) -> pd.DataFrame:
    """Answers to each question on the scale it was answered on most often.

    A question asked once in five steps and once in seven has no mean over both.

    Parameters
    ----------
    answers : DataFrame, one row per answer
        item, scale, score; without the column scale all stay.

    Returns
    -------
    DataFrame, some of the rows

    Examples
    --------
    >>> answers = pd.DataFrame(
    ...     {"item": ["app"] * 3, "scale": ["csat", "csat", "ces"], "score": [2, 5, 7]})
    >>> on_own_scale(answers)["score"].tolist()
    [2, 5]
    """
    if "scale" not in answers:
        return answers
    scale = answers["scale"].fillna("")
    counts = answers.assign(scale=scale).groupby(["item", "scale"]).size().reset_index(name="size")
    most = counts.sort_values(["size", "scale"], ascending=[False, True]).drop_duplicates("item")
    return answers[scale == answers["item"].map(most.set_index("item")["scale"])]


def scale_middles(answers: pd.DataFrame) -> pd.Series:
    """Middle of the scale of each question, whatever was answered on it.

    A named scale has its own ends (csat and stars 1 to 5, ces 1 to 7, nps 0 to 10), used or not.
    Without one, the ends are those seen: questions with the same highest answer are taken to
    share a scale, from the lowest answer that any of them got.

    Parameters
    ----------
    answers : DataFrame, one row per answer
        item, score, [scale].

    Returns
    -------
    Series of float, by item

    Examples
    --------
    Nobody answered 1 to the first question; the second has seven steps.

    >>> answers = pd.DataFrame({"item": ["price", "price", "app", "app"],
    ...     "scale": ["csat", "csat", "ces", "ces"], "score": [2, 5, 1, 7]})
    >>> scale_middles(answers).to_dict()
    {'app': 4.0, 'price': 3.0}
    """
    rows = on_own_scale(answers)
    by_item = rows.groupby("item")
    ends = by_item["score"].agg(low="min", high="max")
    scale = by_item["scale"].first() if "scale" in rows else pd.Series("", index=ends.index)
    unnamed = ends[~scale.isin(list(SCALES))]
    lowest = unnamed.groupby("high")["low"].transform("min")
    seen = (lowest + unnamed["high"]) / 2
    declared = scale.map({name: sum(bounds) / 2 for name, bounds in SCALES.items()})
    return declared.astype(float).fillna(seen).rename("middle")
