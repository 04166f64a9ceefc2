"""Whether customers stay in their segment: segments of two days -> moves between them."""

import pandas as pd

from crm_helpers.features.data_span import TwoDays
from crm_helpers.measures.value.segment_moves import segment_moves
from crm_helpers.page.numerals import day, number, percent
from crm_helpers.page.section import Section, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.tables.needs import Skip


@unless_absent
def moves(
    before: pd.DataFrame,
    segment_before: pd.Series,
    customers: pd.DataFrame,
    segment: pd.Series,
    *,
    min_group: int,
) -> pd.DataFrame:
    """Where the customers of each segment of the earlier day are now.

    Parameters
    ----------
    before, customers : DataFrame, one row per customer of the earlier day, of now
        customer_id.
    segment_before, segment : Series of category, indexed as these
        By the same cut points.
    min_group : int
        Segments with fewer customers on the earlier day are left out.

    Returns
    -------
    DataFrame, one row per segment of the earlier day
        segment : str
        earlier_customers : int
        stayed_share, gone_share : float in [0, 1], still in it; no order left in the window
        most_moved_to : str, the segment that most of the others went to
        most_moved_share : float in [0, 1]
    Absent where no segment was large enough.
    """
    then = segment_before.set_axis(before["customer_id"])
    now = segment.set_axis(customers["customer_id"])
    found = segment_moves(then, now)
    shown = found[found["earlier_customers"] >= min_group]
    if shown.empty:
        raise Skip(f"No segment held {min_group:,} customers or more on the earlier day.")
    return shown


@unless_absent
def stayed(moved: pd.DataFrame, days: TwoDays) -> Section:
    """How many customers stayed in their segment, and where the others went.

    Parameters
    ----------
    moved : DataFrame, one row per segment of the earlier day
        As `moves` gives it.
    days : TwoDays

    Returns
    -------
    Section
        says : how many of the first segment stayed
        data : one row per segment, columns as `moves` gives them
    """
    first, earlier = moved.iloc[0], day(days.earlier)
    columns = {
        "segment": f"Segment on {earlier}",
        "earlier_customers": ("Customers", number),
        "stayed_share": ("Still in it", percent),
        "gone_share": (f"No order in {number(days.observation_days)} days", percent),
        "most_moved_to": "Most others are now",
        "most_moved_share": ("Share of them", percent),
    }
    says = f"Of 100 {first['segment']} of {earlier}, {first['stayed_share'] * 100:.0f} still are"
    return section(says, table(moved, columns))
