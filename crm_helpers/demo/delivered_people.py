"""Persons as the sources deliver them: frames -> customers, subscriptions, leads, contacts."""

import numpy as np
import pandas as pd
import pyarrow as pa

from crm_helpers.demo import channels, leads
from crm_helpers.demo.campaign_effects import PURPOSES
from crm_helpers.demo.clock import DAYS, calendar, day_number, moments
from crm_helpers.demo.files import numbered, words
from crm_helpers.demo.quarters import QUARTERS, campaign_name
from crm_helpers.demo.subscriptions import (
    FEES,
    METHODS,
    PLANS,
    PRICE_RISE_ON,
    PRICE_RISE_PLAN,
    PRICE_RISE_TO,
)

REASONS = ("voluntary", "involuntary")
NOT_TREATED = "none"


def customer_ids(people: pd.DataFrame, row: np.ndarray) -> pa.Array:
    """Ids of customers by position, empty for -1."""
    number = people["customer"].to_numpy()
    return numbered("C", np.where(row >= 0, number[row], -1), 7)


def dates(day: np.ndarray) -> pa.Array:
    """Dates of day numbers; inf and nan give empty values."""
    known = np.isfinite(day)
    return pa.array(calendar(np.where(known, day, 0)), mask=~known)


def times(day: np.ndarray) -> pa.Array:
    """Times of fractional day numbers; inf and nan give empty values."""
    known = np.isfinite(day)
    return pa.array(moments(np.where(known, day, 0.0)), mask=~known)


def customers(people: pd.DataFrame) -> pa.Table:
    """The customers table, one row per customer."""
    text = people[["name", "email", "postcode", "gender", "region", "occupation"]]
    columns = {name: pa.array(text[name].to_numpy(dtype=object), pa.string()) for name in text}
    withdrawn = {
        f"{kind}_withdrawn_on": dates(people[f"{kind}_withdrawn_day"].to_numpy())
        for kind in ("contact", "profile")
    }
    return pa.table(
        {
            "customer_id": numbered("C", people["customer"].to_numpy(), 7),
            "joined_on": dates(people["joined_day"].to_numpy()),
            "birth_year": pa.array(people["birth_year"].to_numpy()),
            **columns,
            "channel": words(channels.NAMES, people["channel"].to_numpy()),
            "may_contact": pa.array(people["may_contact"].to_numpy()),
            "may_profile": pa.array(people["may_profile"].to_numpy()),
            **withdrawn,
        }
    )


def subscriptions(contracts: pd.DataFrame, people: pd.DataFrame) -> pa.Table:
    """The subscriptions table, one row per contract.

    monthly_fee is the fee agreed at the start; who then ran through the price rise has its date
    and the new fee beside it.
    """
    plan, start = contracts["plan"].to_numpy(), contracts["started_day"].to_numpy()
    rise, is_plus = day_number(PRICE_RISE_ON), plan == PLANS.index(PRICE_RISE_PLAN)
    fee = np.where(is_plus & (start >= rise), PRICE_RISE_TO, np.array(FEES)[plan])
    raised = is_plus & (start < rise) & (contracts["ended_day"].to_numpy() > rise)
    return pa.table(
        {
            "customer_id": customer_ids(people, contracts["row"].to_numpy()),
            "started_on": dates(start),
            "ended_on": dates(contracts["ended_day"].to_numpy()),
            "end_reason": words(REASONS, contracts["reason"].to_numpy()),
            "plan": words(PLANS, plan),
            "monthly_fee": pa.array(fee),
            "payment_method": words(METHODS, contracts["method"].to_numpy()),
            "fee_raised_on": dates(np.where(raised, rise, np.inf)),
            "fee_raised_to": pa.array(np.where(raised, PRICE_RISE_TO, 0.0), mask=~raised),
        }
    )


def leads_table(frame: pd.DataFrame, people: pd.DataFrame) -> pa.Table:
    """The leads table, one row per lead."""
    converted = frame["converted_day"].to_numpy()
    converted = np.where(frame["customer_row"] >= 0, converted, np.inf)
    columns = {
        name: pa.array(frame[name].to_numpy(dtype=object), pa.string())
        for name in ("region", "occupation")
    }
    return pa.table(
        {
            "lead_id": lead_ids(frame),
            "created_on": dates(frame["created_day"].to_numpy()),
            "channel": words(channels.NAMES, frame["channel"].to_numpy()),
            "converted_on": dates(converted),
            "customer_id": customer_ids(people, frame["customer_row"].to_numpy()),
            "cost": pa.array(channels.column("lead_cost")[frame["channel"]]),
            "asked_for": words(leads.ASKED_FOR, frame["asked_for"].to_numpy()),
            "pages_viewed": pa.array(frame["pages_viewed"].to_numpy()),
            "birth_year": pa.array(frame["birth_year"].to_numpy()),
            **columns,
        }
    )


def lead_ids(frame: pd.DataFrame) -> pa.Array:
    """Ids of leads."""
    return numbered("L", frame["number"].to_numpy() + 1, 7)


def lead_contacts(frame: pd.DataFrame, first_value: np.ndarray) -> pa.Table:
    """The contacts of acquisition campaigns; value is the first order of who was won by it."""
    frame = frame[(frame["campaign"] >= 0).to_numpy()]
    treated, responded = frame["is_treated"].to_numpy(), frame["responded"].to_numpy()
    value, cost = _worth_of_leads(frame, first_value)
    names = [campaign_name("acquisition", n) for n in range(len(QUARTERS))]
    arms = np.where(treated, frame["offer"].to_numpy(), len(leads.OFFERS))
    return pa.table(
        {
            "person_id": lead_ids(frame),
            "campaign": words(names, frame["campaign"].to_numpy()),
            "purpose": words(["acquisition"], np.zeros(len(frame), int)),
            "contacted_at": times(frame["contacted_day"].to_numpy()),
            "is_treated": pa.array(treated),
            "is_randomized": pa.array(np.ones(len(frame), bool)),
            "offer": words([*leads.OFFERS, NOT_TREATED], arms),
            "channel": words(["email"], np.zeros(len(frame), int)),
            "responded": pa.array(responded),
            "responded_at": times(frame["responded_day"].to_numpy()),
            "value": pa.array(np.round(value, 2), mask=~responded),
            "cost": pa.array(np.round(cost, 2)),
            "customer_id": pa.nulls(len(frame), pa.string()),
            "lead_id": lead_ids(frame),
        }
    )


def customer_contacts(frame: pd.DataFrame, people: pd.DataFrame, value: np.ndarray) -> pa.Table:
    """The contacts of campaigns to customers; value is the order that the response was."""
    treated, responded = frame["is_treated"].to_numpy(), frame["responded"].to_numpy()
    purpose = frame["purpose"].to_numpy()
    contact = np.array([p.contact_cost for p in PURPOSES])[purpose]
    offer = np.array([p.offer_cost for p in PURPOSES])[purpose]
    ids = customer_ids(people, frame["row"].to_numpy())
    names = [campaign_name(p.name, n) for p in PURPOSES for n in range(len(QUARTERS))]
    known = responded & (frame["responded_day"].to_numpy() < DAYS)
    return pa.table(
        {
            "person_id": ids,
            "campaign": words(names, purpose * len(QUARTERS) + frame["campaign"].to_numpy()),
            "purpose": words([p.name for p in PURPOSES], purpose),
            "contacted_at": times(frame["contacted_day"].to_numpy()),
            "is_treated": pa.array(treated),
            "is_randomized": pa.array(frame["is_randomized"].to_numpy()),
            "offer": words(["code", NOT_TREATED], np.where(treated, 0, 1)),
            "channel": words(["email", "letter"], (contact > 0.8).astype(int)),
            "responded": pa.array(known),
            "responded_at": times(np.where(known, frame["responded_day"], np.inf)),
            "value": pa.array(np.round(value, 2), mask=~known | ~np.isfinite(value)),
            "cost": pa.array(np.round(treated * (contact + responded * offer), 2)),
            "customer_id": ids,
            "lead_id": pa.nulls(len(frame), pa.string()),
        }
    )


def _worth_of_leads(frame: pd.DataFrame, first_value: np.ndarray) -> tuple:
    """First order of the leads won by the campaign, and what each contact cost."""
    row = frame["customer_row"].to_numpy()
    won = frame["is_won_by_campaign"].to_numpy() & (row >= 0)
    offer = np.array(leads.OFFER_COST)[frame["offer"]]
    cost = frame["is_treated"].to_numpy() * (leads.CONTACT_COST + won * offer)
    return np.where(won, first_value[row], 0.0), cost
