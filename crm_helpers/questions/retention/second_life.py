"""Worth of winning a customer back: orders after a return -> margin, with its interval."""

from dataclasses import dataclass

from crm_helpers.features.lost_customers import second_lives
from crm_helpers.measures.statistics.mean_interval import mean_interval
from crm_helpers.page.report import Report
from crm_helpers.page.section import unless_absent
from crm_helpers.tables.needs import Skip

FEWEST_LIVES = 30


@dataclass(frozen=True)
class SecondLife:
    """Margin of a customer who came back, over the days followed: mean and its interval."""

    mean: float
    low: float
    high: float


@unless_absent
def second_life(
    report: Report, *, lost_days: int, follow_days: int, margin_share: float
) -> SecondLife:
    """Mean margin of customers who came back, over the days followed, with its interval.

    Parameters
    ----------
    report : Report
    lost_days : int
        Days without an order from which a customer was lost.
    follow_days : int
        Days followed from the return on.
    margin_share : float
        Share of revenue that stays as margin, where no cost is known.

    Returns
    -------
    SecondLife
        mean, low, high; absent where too few came back, or the source has no prices
    """
    if "transactions" not in report.tables:
        raise Skip("What a second life is worth is not known. Add transactions to the source.")
    lives = report.features(second_lives, lost_days=lost_days, follow_days=follow_days)
    column = next((c for c in ("second_margin", "second_revenue") if c in lives), "")
    if not column or len(lives) < FEWEST_LIVES:
        raise Skip(
            f"{len(lives):,} customers came back and could be followed for "
            f"{follow_days} days; at least {FEWEST_LIVES} with prices are needed. "
            "Choose a shorter follow_days or add history."
        )
    share = 1.0 if column == "second_margin" else margin_share
    amounts = lives[column].astype(float) * share
    return SecondLife(*mean_interval(amounts, person=lives["customer_id"]))
