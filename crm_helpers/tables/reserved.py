"""Names that the reports give to columns of their own -> a user's column steps aside."""

from collections.abc import Iterable

from crm_helpers.tables.contracts import CONTRACTS

OWN = "own_"
# Derived here, and the outcomes, scores and marks that features and models put beside attributes.
RESERVED = frozenset(
    """
    is_return revenue margin
    outcome lapsed converted is_converted is_lost is_first_month is_happy is_later is_open
    probability score_lift decile is_test prediction predicted expected_net_value
    recency_days frequency_orders monetary_mean tenure_days overdue_ratio
    orders_count lines_count products_count categories_count revenue_sum margin_sum returns_sum
    net_revenue_sum uncosted_revenue_sum revenue_per_order margin_per_order promotion_share
    first_order_age_days last_order_age_days gap_mean_days gap_median_days gap_last_days
    orders_trend recent_orders orders_before orders_after revenue_before revenue_after
    followed_orders followed_revenue followed_margin later_orders later_revenue later_margin
    age_days label_age_days lead_age_days answer_age_days text_age_days account_age_days
    contract_days entry_days exit_days ended ended_voluntary ended_involuntary ended_not_stated
    origin_on days_since_previous next_order_days watched_days away_days renewal_in_days
    is_new_card is_new_device is_new_shop is_refund is_repeat is_round is_promoted
    hour_of_day amount_ratio amount_score segment cluster role state vintage
    """.split()
)


def own_names(table: str, columns: Iterable[str]) -> dict[str, str]:
    """New name of each column of the user that would collide; columns of the contract stay.

    Names count as equal without their case, as they are to most engines; a leading ``_`` is
    kept for the suite.

    Examples
    --------
    >>> own_names("customers", ["customer_id", "Lapsed", "colour", "_row"])
    {'Lapsed': 'own_lapsed', '_row': 'own_row'}
    """
    known = set(CONTRACTS[table].names())
    return {
        name: OWN + name.lower().lstrip("_")
        for name in columns
        if name not in known and (name.lower() in RESERVED or name.startswith("_"))
    }
