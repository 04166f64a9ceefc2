"""Priority of themes: volume, mood and value of the writers -> what to take up first."""

import pandas as pd


def theme_priority(texts: pd.DataFrame) -> pd.DataFrame:
    """Themes by how much they weigh: texts x extra unhappiness x value of the writers.

    The extra unhappiness of a theme is the mean chance to be unhappy in its texts less that in
    all other texts; a theme that people write about happily weighs nothing.

    Parameters
    ----------
    texts : DataFrame, one row per text
        theme : str; chance : float in [0, 1], to be unhappy; value : float, of the writer, in
        money; missing where he is not known.

    Returns
    -------
    DataFrame, one row per theme, heaviest first
        theme : str
        texts : int
        unhappy_share : float in [0, 1], mean chance to be unhappy
        unhappy_extra : float in [-1, 1], less that of all other texts
        writer_value : float, mean value of the known writers, money
        priority : float, money, texts x extra x value; 0 where the extra is not above 0

    Examples
    --------
    >>> rows = pd.DataFrame({"theme": ["a", "a", "b"], "chance": [0.9, 0.7, 0.2], "value": 10.0})
    >>> theme_priority(rows)[["theme", "unhappy_extra", "priority"]].round(2)
      theme  unhappy_extra  priority
    0     a            0.6      12.0
    1     b           -0.6       0.0
    """
    by_theme = texts.groupby("theme")
    size, total = by_theme["chance"].size(), by_theme["chance"].sum()
    share = total / size
    others = (total.sum() - total) / (size.sum() - size).clip(lower=1)
    extra = (share - others).where(size < size.sum(), 0.0)
    value = by_theme["value"].mean().fillna(texts["value"].mean())
    found = pd.DataFrame(
        {
            "texts": size,
            "unhappy_share": share,
            "unhappy_extra": extra,
            "writer_value": value,
            "priority": size * extra.clip(lower=0) * value.fillna(0.0),
        }
    )
    order = ["priority", "texts"]
    return found.reset_index().sort_values(order, ascending=False, ignore_index=True)
