"""Lost customers who return by themselves, not contacted at random: orders -> model, bands."""

import pandas as pd

from crm_helpers.features import windows
from crm_helpers.features.data_span import data_span
from crm_helpers.features.lost_customers import came_back, lost_customers
from crm_helpers.features.origin_rows import origin_rows
from crm_helpers.measures.forecasts.evidence import Evidence
from crm_helpers.measures.forecasts.evidence import evidence as test_evidence
from crm_helpers.measures.statistics.claims import claim_level
from crm_helpers.measures.statistics.share_intervals import share_intervals
from crm_helpers.models.propensity.model import Propensity, fit_in_time
from crm_helpers.models.propensity.parts import PropensitySettings
from crm_helpers.page.needs import need
from crm_helpers.page.numerals import number
from crm_helpers.page.report import Report
from crm_helpers.page.section import Section, is_absent, section, unless_absent
from crm_helpers.page.words import table
from crm_helpers.questions.campaigns.list import COLUMNS
from crm_helpers.questions.retention.phrases import too_late_in_words
from crm_helpers.questions.retention.second_life import SecondLife
from crm_helpers.tables.needs import Skip

BANDS = FIFTHS = 5
MEASURED = "Lost customers were contacted at random, which tells more than who returns by himself."


def rows(
    report: Report,
    lost: pd.DataFrame | Section,
    *,
    lost_days: int,
    memory_days: int,
    outcome_days: int,
) -> pd.DataFrame | Section:
    """Lost customers at each origin with who of them returned, and those of today.

    Parameters
    ----------
    report : Report
    lost : DataFrame, one row per person and campaign
        From `win_back.contacted`; where there is one, the rows are absent without a word on the
        page.
    lost_days : int
        Days without an order from which a customer is lost.
    memory_days : int
        Days looked back at most.
    outcome_days : int
        Days in which they may return.

    Returns
    -------
    DataFrame, one row per lost customer and origin
        customer_id, origin_on, role (score: today), returned, recency_days, frequency_orders,
        active_days, gap_mean_days, [monetary_mean, revenue_sum, margin_sum]
    """
    if not is_absent(lost):
        return Section.absent(MEASURED, silent=True)
    return _rows(report, lost_days, memory_days, outcome_days)


@unless_absent
def _rows(report: Report, lost_days: int, memory_days: int, outcome_days: int) -> pd.DataFrame:
    need(report.tables, transactions=["customer_id", "ordered_at"])
    start = pd.Timestamp(report.features(data_span)["data_from"].iloc[0]).date()
    moments = windows.origins(
        report.as_of, outcome_days=outcome_days, data_from=start, observation_days=memory_days
    )
    if moments.observation_days <= lost_days:
        raise Skip(
            f"Lost customers are looked for {lost_days} days back and more, but the data "
            f"leave {moments.observation_days} days. Choose a shorter lost_days."
        )
    return origin_rows(
        report.features,
        moments,
        [lost_customers],
        came_back,
        lost_days=lost_days,
        memory_days=moments.observation_days,
        outcome_days=outcome_days,
    )


@unless_absent
def model(
    returns: pd.DataFrame, *, protected_columns: list[str], min_events: int, seed: int
) -> Propensity:
    """Chance to return by himself, tested in time.

    Parameters
    ----------
    returns : DataFrame, one row per lost customer and origin
        From `rows`.
    protected_columns : list of str
        Columns that the model may not use.
    min_events : int
        Fewer returns than this make no model.
    seed : int

    Returns
    -------
    Propensity
        .test : one row per customer of the last complete window: outcome, probability
    """
    exclude = tuple(protected_columns)
    settings = PropensitySettings(seed=seed, min_events=min_events, exclude_columns=exclude)
    return fit_in_time(returns, outcome="returned", settings=settings)


@unless_absent
def evidence(model: Propensity, *, bootstraps: int, seed: int) -> Evidence:
    """What the test shows of the model and of its plain rule, intervals from so many resamples."""
    return test_evidence(model.test, draws=bootstraps, seed=seed)


@unless_absent
def success(model: Propensity, evidence: Evidence, *, outcome_days: int) -> Section:
    """Who of the lost comes back by himself: expected beside seen, in fifths.

    Parameters
    ----------
    model : Propensity
    evidence : Evidence
        From `evidence`.
    outcome_days : int
        Days in which they could return.

    Returns
    -------
    Section
        data : one row per fifth, likeliest first: fifth, customers, expected, returned
    """
    says = (
        f"Of 100 lost customers {number(100 * evidence.base_rate, 1)} come back by themselves "
        f"within {outcome_days} days"
    )
    columns = {
        "fifth": "Fifth, likeliest first",
        "customers": "Customers",
        "expected": ("Expected back of 100", _of_100),
        "returned": ("Came back of 100", _of_100),
    }
    beside = (
        "No win-back campaign kept a control group drawn at random, so this says who returns, "
        "not what a contact changes. Tested on the last complete window."
    )
    return section(says, table(_fifths(model.test), columns), beside)


def _fifths(test: pd.DataFrame) -> pd.DataFrame:
    place = test["probability"].rank(method="first")
    fifth = FIFTHS - pd.qcut(place, FIFTHS, labels=False)
    shown = test.groupby(fifth).agg(
        customers=("outcome", "size"),
        expected=("probability", "mean"),
        returned=("outcome", "mean"),
    )
    return shown.rename_axis("fifth").reset_index()


@unless_absent
def bands(
    returns: pd.DataFrame, life: SecondLife, *, contact_lift: float, contact_cost: float
) -> pd.DataFrame:
    """Returns by days without an order, and what a contact should bring there.

    Parameters
    ----------
    returns : DataFrame, one row per lost customer and origin
    life : SecondLife
        What a return is worth.
    contact_lift : float
        Assumed rise of the chance to return by one contact, as a share of itself.
    contact_cost : float

    Returns
    -------
    DataFrame, one row per band, shortest away first
        group : str, days from and to; from_days : float; customers : int; rate : float;
        net, net_low, net_high : money per 100 contacts, expected, at least and at most
    """
    known = returns[returns["role"] != "score"]
    band = pd.qcut(known["recency_days"], BANDS, duplicates="drop")
    found = known.groupby(band, observed=True)["returned"].agg(["size", "sum"]).astype(int)
    low, high = share_intervals(found["sum"], found["size"], claim_level(max(1, len(found))))
    rate = found["sum"] / found["size"]
    value, cost = 100 * contact_lift * life.mean, 100 * contact_cost
    return pd.DataFrame(
        {
            "group": [f"{i.left:,.0f} to {i.right:,.0f}" for i in found.index],
            "from_days": [i.left for i in found.index],
            "customers": found["size"].to_numpy(),
            "rate": rate.to_numpy(),
            "net": rate.to_numpy() * value - cost,
            "net_low": low.to_numpy() * value - cost,
            "net_high": high.to_numpy() * value - cost,
        }
    )


@unless_absent
def too_late(report: Report, bands: pd.DataFrame, *, contact_lift: float) -> Section:
    """Returns by days without an order, with the assumed gain of a contact.

    Parameters
    ----------
    report : Report
    bands : DataFrame, one row per band
        From `bands`.
    contact_lift : float
        The rise that was assumed there.

    Returns
    -------
    Section
        data : one row per band: group, from_days, customers, rate, net, net_low,
        net_high
    """
    columns = {
        "group": "Days without an order",
        "customers": "Customers",
        "rate": ("Came back of 100", _of_100),
        "net": (f"Net per 100 contacts, {report.currency}", number),
    }
    beside = (
        f"Assumption: a contact raises the chance to return by {number(100 * contact_lift)} % of "
        "itself. Net: that rise x worth of a second life, less the cost of the contact."
    )
    return section(too_late_in_words(bands), table(bands, columns), beside)


@unless_absent
def candidates(
    returns: pd.DataFrame,
    model: Propensity,
    evidence: Evidence,
    life: SecondLife,
    *,
    contact_lift: float,
    contact_cost: float,
) -> pd.DataFrame:
    """Lost customers of today; nobody where the order is no better than chance.

    Parameters
    ----------
    returns : DataFrame, one row per lost customer and origin
    model : Propensity
        Its plain rule where it lost to that.
    evidence : Evidence
    life : SecondLife
    contact_lift, contact_cost : float
        As for `bands`.

    Returns
    -------
    DataFrame, one row per lost customer
        customer_id, what, why, probability (that the contact is the reason), value, cost,
        expected_net_value, if_left_alone (chance to return by himself)
    """
    now = returns[returns["role"] == "score"]
    if not evidence.finds_something or now.empty:
        return pd.DataFrame(columns=["customer_id", *COLUMNS])
    used = model.by_rule() if evidence.loses_to_rule else model
    chance = pd.Series(used.probability(now), index=now.index)
    of_100 = (100 * chance).round().astype(int).astype(str)
    return pd.DataFrame(
        {
            "customer_id": now["customer_id"],
            "what": "win-back contact",
            "why": "returns of customers like this one: " + of_100 + " of 100; gain assumed",
            "probability": (chance * contact_lift).clip(0, 1),
            "value": life.mean,
            "cost": contact_cost,
            "expected_net_value": chance * contact_lift * life.mean - contact_cost,
            "if_left_alone": chance,
        }
    )


def _of_100(share: float) -> str:
    return number(100 * share, 1)
