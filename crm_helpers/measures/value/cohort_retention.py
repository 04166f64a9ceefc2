"""Retention of cohorts: activity by month -> share of customers still ordering."""

import pandas as pd

from crm_helpers.measures.statistics.share_intervals import share_intervals

# A month of life that fewer of the customers have reached is about other customers.
WATCHED_SHARE = 0.5


def retention_curve(activity: pd.DataFrame) -> pd.DataFrame:
    """Share of customers who ordered in the n-th month after their first order, over all cohorts.

    Each month of life is counted over the cohorts old enough to have seen it, so
    young cohorts do not pull the curve down. A month without an order counts as zero.
    The first month of the data is left out where others remain: it mixes new customers
    with old ones. The curve ends where fewer than half of the customers were watched.

    Parameters
    ----------
    activity : DataFrame, one row per cohort and month with an order
        cohort_month, months_since, customers, active_customers, is_first_month, as
        `features.cohorts.cohort_activity` gives them.

    Returns
    -------
    DataFrame, one row per month of life from 1 on
        months_since : int
        cohorts : int, cohorts old enough
        customers, active_customers : int, over those cohorts
        retention_share : float in [0, 1]
        retention_low, retention_high : float, Wilson interval at 95 %
    """
    whole = _with_empty_months(new_cohorts(activity))
    by_month = whole[whole["months_since"] > 0].groupby("months_since")
    rows = by_month[["customers", "active_customers"]].sum()
    rows.insert(0, "cohorts", by_month.size())
    rows["retention_share"] = rows["active_customers"] / rows["customers"]
    rows["retention_low"], rows["retention_high"] = share_intervals(
        rows["active_customers"], rows["customers"]
    )
    return rows[rows["customers"] >= WATCHED_SHARE * rows["customers"].max()].reset_index()


def repeat_rates(repeat: pd.DataFrame) -> pd.DataFrame:
    """Share of each cohort's customers who ordered a second time in time.

    Parameters
    ----------
    repeat : DataFrame, one row per whole cohort
        As `features.cohorts.cohort_repeat` gives it.

    Returns
    -------
    DataFrame, one row per cohort, the first month of the data left out where others remain
        cohort_month, customers, repeat_customers
        repeat_rate : float in [0, 1]
        repeat_low, repeat_high : float, Wilson interval at 95 %
    """
    rows = new_cohorts(repeat).reset_index(drop=True)
    rows["repeat_rate"] = rows["repeat_customers"] / rows["customers"]
    rows["repeat_low"], rows["repeat_high"] = share_intervals(
        rows["repeat_customers"], rows["customers"]
    )
    return rows


def overall_repeat(rates: pd.DataFrame) -> float:
    """Share of all new customers who ordered again in time; not a number without customers."""
    customers = rates["customers"].sum()
    return float(rates["repeat_customers"].sum() / customers) if customers else float("nan")


def new_cohorts(cohorts: pd.DataFrame) -> pd.DataFrame:
    """Cohorts without the first month of the data, unless it is the only one."""
    later = cohorts[~cohorts["is_first_month"]]
    return later if len(later) else cohorts


def _with_empty_months(activity: pd.DataFrame) -> pd.DataFrame:
    month = activity["cohort_month"].dt.year * 12 + activity["cohort_month"].dt.month
    last = int((month + activity["months_since"]).max()) if len(activity) else 0
    sizes = activity.groupby(month)["customers"].first()
    pairs = [(cohort, since) for cohort in sizes.index for since in range(last - cohort + 1)]
    every = pd.DataFrame(pairs, columns=["cohort", "months_since"])
    seen = activity.assign(cohort=month)[["cohort", "months_since", "active_customers"]]
    whole = every.merge(seen, how="left", on=["cohort", "months_since"])
    whole["active_customers"] = whole["active_customers"].fillna(0).astype(int)
    return whole.assign(customers=whole["cohort"].map(sizes))
