"""Contacts of campaigns whose outcome is known: contacts -> one row per person and campaign."""

import datetime as dt

import ibis
import ibis.expr.types as ir

from crm_helpers.features import windows

PLAIN = {
    "is_treated": True,
    "is_randomized": False,
    "offer": "contact",
    "purpose": "not stated",
    "channel": "not stated",
}


def campaign_contacts(contacts: ir.Table, *, as_of: dt.date, response_days: int = 30) -> ir.Table:
    """Everyone assigned in a campaign whose time to respond was over by as_of.

    A response counts from the day it came (`responded_at`), and only within `response_days`
    of the contact, so that every campaign is judged by the same time. The same holds for its
    value. A table without dates counts whole, as it stands.

    Parameters
    ----------
    contacts : Table, one row per person and campaign
        Columns person_id, campaign, responded and whatever else the source has.
    as_of : date
        Last day whose knowledge counts, inclusive.
    response_days : int, default 30
        Days after the contact in which a response counts.

    Returns
    -------
    Table, one row per person and campaign, sorted by both
        person_id, campaign, offer, purpose, channel : str
        responded, is_treated, is_randomized : bool
        value : decimal, value of the response; 0 without one; absent where the source has none
        [contacted_at], [cost], [customer_id], [lead_id], and attributes as they stand
    """
    seen = contacts
    if "contacted_at" in contacts.columns:
        last = as_of - response_days * windows.ONE_DAY
        seen = windows.up_to(contacts, last, "contacted_at")
    responded = _in_time(seen, response_days)
    filled = {
        name: seen[name].fill_null(plain) if name in seen.columns else ibis.literal(plain)
        for name, plain in PLAIN.items()
    }
    if "value" in seen.columns:
        filled["value"] = ibis.ifelse(responded, seen.value, 0).fill_null(0)
    rows = seen.mutate(responded=responded, **filled)
    dropped = [name for name in ("responded_at",) if name in rows.columns]
    return rows.drop(*dropped).order_by("person_id", "campaign")


def _in_time(seen: ir.Table, response_days: int) -> ir.BooleanValue:
    if not {"contacted_at", "responded_at"} <= set(seen.columns):
        return seen.responded.fill_null(False)
    waited = windows.days_between(seen.contacted_at, seen.responded_at)
    return (seen.responded & waited.between(0, response_days)).fill_null(False)
