"""The truth of each row: frames of a piece -> truth_<table>.parquet beside the tables."""

import numpy as np
import pandas as pd
import pyarrow as pa

from crm_helpers.demo import channels
from crm_helpers.demo.assortment import TYPES
from crm_helpers.demo.campaign_effects import PURPOSES, better_left_alone, chances
from crm_helpers.demo.campaigns import OrdersSoFar
from crm_helpers.demo.clock import DAYS
from crm_helpers.demo.delivered_events import application_ids, feedback_ids, payment_ids
from crm_helpers.demo.delivered_people import (
    customer_contacts,
    customer_ids,
    dates,
    lead_contacts,
    lead_ids,
)
from crm_helpers.demo.dirt.tables import Dirt
from crm_helpers.demo.files import words
from crm_helpers.demo.piece import Firsts, Piece, World
from crm_helpers.demo.planted import LAWS
from crm_helpers.demo.subscriptions import churn_chances
from crm_helpers.demo.texts import THEMES

LAPSE_DAYS = 90


def truth_tables(piece: Piece, world: World, firsts: Firsts, dirt: Dirt) -> dict[str, pa.Table]:
    """All truths of a piece, by name of their file."""
    return {
        "truth_customers": _customers(piece, world),
        "truth_subscriptions": _subscriptions(piece, world),
        "truth_contacts": _contacts(piece),
        "truth_leads": _leads(piece),
        "truth_applications": _applications(piece),
        "truth_payments": _payments(piece),
        "truth_feedback": _feedback(piece, firsts),
        "truth_dirt": pa.Table.from_pandas(dirt.listed().astype("str"), preserve_index=False),
    }


def forecasts(piece: Piece, world: World, days: int = LAPSE_DAYS) -> pd.DataFrame:
    """What the purchase law says of each customer on the last day, given the orders so far.

    Exact under the law, with exposure in cumulative intensity; campaigns, membership and changes
    of rate are not in it.

    Returns
    -------
    DataFrame, one row per customer; NaN where one never ordered
        p_alive : float, chance not to have left for good
        p_lapse : float, chance of no order in as many units of intensity as days

    References
    ----------
    .. [1] Fader, Hardie & Lee (2008), Computing P(alive) using the BG/NBD model.
    """
    order, x, recency, exposure = _histories(piece, world)
    r, alpha, a, b = LAWS.rate_shape, LAWS.rate_scale, LAWS.dropout_a, LAWS.dropout_b
    ratio = ((alpha + exposure) / (alpha + recency)) ** (r + x)
    alive = np.where(x > 0, 1 / (1 + a / (b + np.maximum(x, 1) - 1) * ratio), 1.0)
    silent = ((alpha + exposure) / (alpha + exposure + days)) ** (r + x)
    frame = pd.DataFrame({"p_alive": alive, "p_lapse": 1 - alive * (1 - silent)}, index=order)
    return frame.reindex(range(len(piece.people)))


def _histories(piece: Piece, world: World) -> tuple:
    """Row, repeat orders, first-to-last and first-to-end intensity of each who ever ordered."""
    base, clock = piece["base_orders"], world.clock
    days = base.groupby("row")["day"].agg(["min", "max", "size"])
    start = clock.to_intensity(days["min"].to_numpy())
    recency = clock.to_intensity(days["max"].to_numpy()) - start
    exposure = clock.to_intensity(np.full(len(days), float(DAYS))) - start
    return days.index, days["size"].to_numpy() - 1, recency, exposure


def _customers(piece: Piece, world: World) -> pa.Table:
    people, base = piece.people, piece["base_orders"]
    gone = base[base["is_last_ever"]]
    gone_day = np.full(len(people), np.inf)
    gone_day[gone["row"]] = gone["day"]
    touched = np.zeros(len(people), bool)
    touched[piece["contacts"]["row"]] = True
    columns = ["rate", "dropout", "spend_rate", "satisfaction", "is_untouched", "changes_rate"]
    effects, law = _effects(piece, world), forecasts(piece, world)
    return pa.table(
        {
            "customer_id": customer_ids(people, np.arange(len(people))),
            **{name: pa.array(people[name].to_numpy()) for name in columns},
            "mean_order_value": pa.array((LAWS.spend_shape / people["spend_rate"]).to_numpy()),
            "type_first": words(TYPES, people["type_first"].to_numpy()),
            "type_last": words(TYPES, people["type_last"].to_numpy()),
            "type_changed_on": dates(people["type_changed_day"].to_numpy()),
            "gone_on": dates(gone_day),
            "was_in_campaign": pa.array(touched),
            "p_alive": pa.array(law["p_alive"].to_numpy()),
            "p_lapse_90": pa.array(law["p_lapse"].to_numpy()),
            **effects,
        }
    )


def _effects(piece: Piece, world: World) -> dict[str, pa.Array]:
    """True effect of a contact by each purpose on the day after the last one."""
    people = piece.people
    rows = np.arange(len(people))
    known = piece["orders"][piece["orders"]["row"] >= 0]
    count, last = OrdersSoFar(len(people), known).at(rows, float(DAYS))
    state = pd.DataFrame(
        {
            "orders": count,
            "recency_days": np.minimum(DAYS - 1 - np.floor(last), 5000),
            "age": 2026 - people["birth_year"].to_numpy(),
            "channel": people["channel"].to_numpy(),
        }
    )
    found = {"better_left_alone": pa.array(better_left_alone(state))}
    for purpose in PURPOSES:
        control, treated, _ = chances(state, purpose, world.layers)
        found[f"effect_{purpose.name}"] = pa.array(treated - control)
    return found


def _subscriptions(piece: Piece, world: World) -> pa.Table:
    contracts = piece["contracts"]
    chance = churn_chances(contracts, world.layers)
    return pa.table(
        {
            "customer_id": customer_ids(piece.people, contracts["row"].to_numpy()),
            "is_unhappy": pa.array(contracts["is_unhappy"].to_numpy()),
            "p_voluntary_91": pa.array(chance["p_voluntary"].to_numpy()),
            "p_involuntary_91": pa.array(chance["p_involuntary"].to_numpy()),
        }
    )


def _contacts(piece: Piece) -> pa.Table:
    contacts = piece["contacts"]
    own = piece.leads[(piece.leads["campaign"] >= 0).to_numpy()]
    nothing = np.zeros(max(len(contacts), len(piece.people)))
    tables = [
        lead_contacts(piece.leads, nothing),
        customer_contacts(contacts, piece.people, nothing[: len(contacts)]),
    ]
    keys = pa.concat_tables([t.select(["person_id", "campaign"]) for t in tables])
    group = np.concatenate([np.full(len(own), "lead"), contacts["group"].to_numpy(dtype=object)])
    chance = pd.concat([own, contacts])[["p_control", "p_treated"]]
    table = keys.append_column("p_control", pa.array(chance["p_control"].to_numpy()))
    table = table.append_column("p_treated", pa.array(chance["p_treated"].to_numpy()))
    return table.append_column("group", pa.array(group, pa.string()))


def _leads(piece: Piece) -> pa.Table:
    frame = piece.leads
    return pa.table(
        {
            "lead_id": lead_ids(frame),
            "p_convert": pa.array(frame["p_convert"].to_numpy()),
            "is_won_by_campaign": pa.array(frame["is_won_by_campaign"].to_numpy()),
        }
    )


def _applications(piece: Piece) -> pa.Table:
    frame = piece["applications"]
    return pa.table(
        {
            "application_id": application_ids(frame),
            "p_default": pa.array(frame["p_default"].to_numpy()),
            "would_default": pa.array(frame["defaults"].to_numpy()),
        }
    )


def _payments(piece: Piece) -> pa.Table:
    frame = pd.concat([piece["payments"], piece["ring"]], ignore_index=True)
    frame = frame[(frame["pattern"] != "").to_numpy()]
    pattern = pa.array(frame["pattern"].to_numpy(dtype=object), pa.string())
    return pa.table({"payment_id": payment_ids(frame), "pattern": pattern})


def _feedback(piece: Piece, firsts: Firsts) -> pa.Table:
    said = piece["words"]
    columns = ("language", "personal_kind", "personal_value")
    text = {name: pa.array(said[name].to_numpy(dtype=object), pa.string()) for name in columns}
    return pa.table(
        {
            "feedback_id": feedback_ids(said["statement"].to_numpy(), firsts.statement),
            "theme": words(THEMES, said["theme"].to_numpy()),
            "second_theme": words(THEMES, said["second_theme"].to_numpy()),
            "is_negative": pa.array(said["is_negative"].to_numpy().astype(bool)),
            **text,
        }
    )


def channel_quality(people: pd.DataFrame) -> pd.DataFrame:
    """Sums of true rate, dropout and order value of the customers of each channel."""
    value = LAWS.spend_shape / people["spend_rate"]
    frame = people[["rate", "dropout"]].assign(value=value, customers=1)
    frame["yearly_value"] = 365.25 * frame["rate"] * value * (1 - frame["dropout"])
    return frame.groupby(people["channel"]).sum().reindex(range(len(channels.NAMES)), fill_value=0)
