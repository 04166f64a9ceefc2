"""Fraud: four patterns among the payments and one ring of accounts, and who was examined."""

import numpy as np
import pandas as pd

from crm_helpers.demo.clock import DAYS
from crm_helpers.demo.draws import Draws
from crm_helpers.demo.planted import SHOPS

PATTERNS = ("stolen card", "account takeover", "refund abuse", "collusion", "account ring")
BURSTS_PER_CUSTOMER, BURST_PAYMENTS = 0.004, (4, 8)
TAKEOVERS_PER_CUSTOMER, TAKEOVER_PAYMENTS = 0.007, (1, 3)
TAKEOVER_AMOUNT = 4.0  # times the mean order of the victim
ABUSERS_PER_CUSTOMER, ABUSE_REFUNDS = 0.003, (5, 9)
RING_PER_CUSTOMER, RING_REFUNDS = 0.0012, (7, 12)
COLLUSION_SHOP, COLLUSION_LIMIT, COLLUSION_FROM = 7, 200.0, DAYS - 420
# One ring in the whole company: customers who pay with the same few cards and devices.
ACCOUNT_RING = {"customers": 6, "devices": 2, "cards": 3, "payments": 24, "days": 24}
ACCOUNT_RING_AMOUNTS = (70.0, 190.0)
# Its payments are numbered apart, so that the ring changes no other payment and no other label.
ACCOUNT_RING_FIRST = 900_000_000
# Share examined: of the honest, and of each pattern; collusion hides until chance picks it.
EXAMINED = {
    "": 0.012,
    "stolen card": 0.75,
    "account takeover": 0.65,
    "refund abuse": 0.40,
    "collusion": 0.0,
    "account ring": 0.0,
}
EXAMINED_MORE_ABOVE, EXAMINED_MORE = 250.0, 5.0
RANDOM_AUDIT_SHARE = 0.01
LABEL_DAYS = 45
# Devices and cards of fraudsters are numbered far above those of customers.
_FOREIGN = 1 << 40


def fraud_payments(people: pd.DataFrame, mean_value: np.ndarray, draws: Draws) -> pd.DataFrame:
    """Payments and refunds of all four patterns, in the columns of honest payments."""
    frames = [
        _stolen_cards(people, draws),
        _takeovers(people, mean_value, draws),
        _refund_abuse(people, mean_value, draws),
        _collusion(people, draws),
    ]
    frame = pd.concat(frames, ignore_index=True).assign(order=-1)
    return frame[frame["day"] < DAYS - 0.001].round({"amount": 2})


def _repeated(count: int, name: str, sizes: tuple, draws: Draws, base: int) -> tuple:
    """Cases, each with some payments: case number and place within the case, one per payment."""
    case = base + np.arange(count)
    size = sizes[0] + draws.integers(f"fraud.{name} size", sizes[1] - sizes[0] + 1, case)
    place = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    return np.repeat(case, size), place


def _cases(people: pd.DataFrame, share: float) -> tuple[int, int]:
    return max(2, round(len(people) * share)), int(people["number"].min())


def _stolen_cards(people: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """Many payments within two hours: one new card, one new device, no or fresh accounts."""
    count, base = _cases(people, BURSTS_PER_CUSTOMER)
    case, place = _repeated(count, "burst", BURST_PAYMENTS, draws, base)
    start = 20 + (DAYS - 21) * draws.uniform("fraud.burst day", case)
    growing = np.exp(0.45 * place) * (8 + 25 * draws.uniform("fraud.burst amount", case, place))
    return pd.DataFrame(
        {
            "row": -1,
            "day": start + 0.012 * (place + draws.uniform("fraud.burst wait", case, place)),
            "amount": np.minimum(growing, 900.0),
            "is_refund": False,
            "shop": 0,
            "device": _FOREIGN + case * 8,
            "card": _FOREIGN + case * 8,
            "pattern": PATTERNS[0],
        }
    )


def _takeovers(people: pd.DataFrame, mean_value: np.ndarray, draws: Draws) -> pd.DataFrame:
    """A customer's account and card, a device never seen, amounts far above the usual."""
    count, base = _cases(people, TAKEOVERS_PER_CUSTOMER)
    case, place = _repeated(count, "takeover", TAKEOVER_PAYMENTS, draws, base)
    row = draws.integers("fraud.victim", len(people), case)
    joined = people["joined_day"].to_numpy()[row]
    day = joined + (DAYS - joined) * draws.uniform("fraud.takeover day", case)
    level = (
        TAKEOVER_AMOUNT * mean_value[row] * np.exp(0.3 * draws.normal("fraud.high", case, place))
    )
    return pd.DataFrame(
        {
            "row": row,
            "day": day + 0.03 * place,
            "amount": np.maximum(level, 60.0),
            "is_refund": False,
            "shop": 0,
            "device": _FOREIGN + case * 8 + 1,
            "card": people["number"].to_numpy()[row] * 4,
            "pattern": PATTERNS[1],
        }
    )


def _refund_abuse(people: pd.DataFrame, mean_value: np.ndarray, draws: Draws) -> pd.DataFrame:
    """One customer, refund after refund within four months."""
    count, base = _cases(people, ABUSERS_PER_CUSTOMER)
    case, place = _repeated(count, "abuse", ABUSE_REFUNDS, draws, base)
    row = draws.integers("fraud.abuser", len(people), case)
    joined = people["joined_day"].to_numpy()[row]
    start = joined + 20 + (DAYS - 120 - joined) * draws.uniform("fraud.abuse day", case)
    start = np.maximum(start, joined + 2)
    spread = 0.6 + 0.9 * draws.uniform("fraud.abuse amount", case, place)
    return pd.DataFrame(
        {
            "row": row,
            "day": start + 110 * draws.uniform("fraud.abuse wait", case, place),
            "amount": np.maximum(mean_value[row] * spread, 5.0),
            "is_refund": True,
            "shop": 1 + draws.integers("fraud.abuse shop", SHOPS, case, place),
            "device": -1,
            "card": people["number"].to_numpy()[row] * 4,
            "pattern": PATTERNS[2],
        }
    )


def _collusion(people: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """Refunds at one shop to a small ring, each just below the limit that needs a signature."""
    count, base = _cases(people, RING_PER_CUSTOMER)
    case, place = _repeated(count, "ring", RING_REFUNDS, draws, base)
    row = draws.integers("fraud.ring member", len(people), case)
    start = np.maximum(people["joined_day"].to_numpy()[row] + 1, COLLUSION_FROM)
    day = start + (DAYS - start) * draws.uniform("fraud.ring day", case, place)
    closing = np.floor(day) + 0.93 + 0.02 * draws.uniform("fraud.ring hour", case, place)
    return pd.DataFrame(
        {
            "row": row,
            "day": closing,
            "amount": COLLUSION_LIMIT - 1 - 19 * draws.uniform("fraud.ring amount", case, place),
            "is_refund": True,
            "shop": COLLUSION_SHOP,
            "device": -1,
            "card": people["number"].to_numpy()[row] * 4,
            "pattern": PATTERNS[3],
        }
    )


def account_ring(people: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """Payments of the ring in the last weeks, examined by nobody; none in later pieces.

    Its own named draws decide on them, and no payment of it is audited: so it changes nothing
    else in the company.
    """
    member, count = _ring_members(people, draws), ACCOUNT_RING["payments"]
    place = np.arange(count if len(member) else 0)
    low, high = ACCOUNT_RING_AMOUNTS
    since = ACCOUNT_RING["days"] * (place + draws.uniform("account ring.day", place)) / count
    frame = pd.DataFrame(
        {
            "row": member[place % max(len(member), 1)],
            "day": DAYS - 0.5 - ACCOUNT_RING["days"] + since,
            "amount": low + (high - low) * draws.uniform("account ring.amount", place),
            "is_refund": False,
            "shop": 0,
            "device": _shared("devices", "account ring.device", place, draws),
            "card": _shared("cards", "account ring.card", place, draws),
            "pattern": PATTERNS[4],
            "order": -1,
            "number": ACCOUNT_RING_FIRST + place,
            "sampled_at_random": False,
            "labelled_day": np.inf,
            "is_known": False,
        }
    )
    return frame.round({"amount": 2})


def _shared(kind: str, name: str, place: np.ndarray, draws: Draws) -> np.ndarray:
    return _FOREIGN + 8 * draws.integers(name, ACCOUNT_RING[kind], place) + 2


def _ring_members(people: pd.DataFrame, draws: Draws) -> np.ndarray:
    """Rows of customers of the first piece whose payments may be looked at, drawn at random."""
    if people["number"].min() > 0:
        return np.array([], dtype=int)
    can = people["may_profile"] & (people["joined_day"] < DAYS - 2 * ACCOUNT_RING["days"])
    row = np.flatnonzero(can.to_numpy())
    order = draws.uniform("account ring.member", people["number"].to_numpy()[row])
    return row[np.argsort(order, kind="stable")[: ACCOUNT_RING["customers"]]]


def examined(payments: pd.DataFrame, draws: Draws, first: int) -> pd.DataFrame:
    """Payments with their labels: known only for those examined by the last day.

    Parameters
    ----------
    first : int
        Number of the first payment of this piece.
    """
    number = first + np.arange(len(payments))
    amount = payments["amount"].to_numpy()
    chance = payments["pattern"].map(EXAMINED).to_numpy(dtype=float)
    honest_large = (payments["pattern"] == "").to_numpy() & (amount > EXAMINED_MORE_ABOVE)
    chance = np.where(honest_large, EXAMINED_MORE * chance, chance)
    at_random = draws.happens("payment.audit", RANDOM_AUDIT_SHARE, number)
    picked = at_random | draws.happens("payment.examined", chance, number)
    wait = 3 + draws.integers("payment.label days", LABEL_DAYS - 3, number)
    day = np.floor(payments["day"].to_numpy()) + wait
    known = picked & (day < DAYS)
    return payments.assign(
        number=number,
        sampled_at_random=at_random,
        labelled_day=np.where(known, day, np.inf),
        is_known=known,
    )
