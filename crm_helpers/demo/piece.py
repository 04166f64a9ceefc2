"""One piece of the demo company: some customers and all that is theirs -> delivered tables."""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa

from crm_helpers.demo import credit, delivered_events, delivered_people, leads, names
from crm_helpers.demo.attributes import attributes, consent
from crm_helpers.demo.baskets import Shelf
from crm_helpers.demo.campaign_effects import PURPOSES
from crm_helpers.demo.campaigns import campaigns
from crm_helpers.demo.clock import Clock
from crm_helpers.demo.customers import latents, with_types
from crm_helpers.demo.dirt import people as dirt_people
from crm_helpers.demo.dirt.tables import Dirt
from crm_helpers.demo.dirt.transactions import dirty_transactions
from crm_helpers.demo.draws import Draws
from crm_helpers.demo.feedback import feedback
from crm_helpers.demo.fraud import account_ring, examined, fraud_payments
from crm_helpers.demo.history import all_orders
from crm_helpers.demo.joining import paired, places
from crm_helpers.demo.payments import honest_payments, totals
from crm_helpers.demo.planted import LAWS
from crm_helpers.demo.purchases import orders
from crm_helpers.demo.quarters import QUARTERS, campaign_name
from crm_helpers.demo.subscriptions import contracts, lived
from crm_helpers.demo.transactions import order_lines, returned, transactions_table
from crm_helpers.demo.visits import visits


@dataclass(frozen=True)
class World:
    """What all pieces share.

    Attributes
    ----------
    customers : int
        Customers of the whole company.
    """

    draws: Draws
    clock: Clock
    goods: Shelf
    layers: Collection[str]
    customers: int
    dirt: bool


@dataclass
class Firsts:
    """Numbers that the next piece goes on from."""

    piece: int = 0
    order: int = 0
    payment: int = 0
    statement: int = 0
    extra_customer: int = 0


@dataclass
class Piece:
    """Frames of a piece, before they are delivered.

    Attributes
    ----------
    people, leads : DataFrame
        One row per customer, and per lead.
    frames : dict of DataFrame
        contracts, failures, base_orders, contacts, orders, sold, payments, ring (payments of the
        account ring), applications, statements, words, looks
    """

    people: pd.DataFrame
    leads: pd.DataFrame
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)

    def __getitem__(self, name: str) -> pd.DataFrame:
        """One of the frames."""
        return self.frames[name]


def build(world: World, number: np.ndarray, firsts: Firsts) -> Piece:
    """All frames of the customers with the given numbers."""
    people, prospects = _people(world, number)
    piece = Piece(people, prospects)
    _add_orders(piece, world)
    _add_money(piece, world, firsts)
    frames, draws = piece.frames, world.draws
    frames["statements"], frames["words"] = feedback(
        people, piece["orders"], piece["sold"], piece["failures"], draws, world.layers
    )
    frames["looks"] = visits(piece["sold"], piece["orders"], world.goods, draws)
    return piece


def _people(world: World, number: np.ndarray) -> tuple[pd.DataFrame, pd.DataFrame]:
    draws, layers = world.draws, world.layers
    per_customer = leads.LEADS_PER_CUSTOMER
    lead_number = np.arange(int(number[0] * per_customer), int((number[-1] + 1) * per_customer))
    prospects = leads.leads(draws, lead_number, layers)
    people = latents(draws, number)
    people = paired(people, places(draws, number, prospects, layers), draws)
    people["customer"] = number + 1
    spend = people["spend_z"].to_numpy()
    people = pd.concat([people, attributes(draws, people["number"].to_numpy(), spend)], axis=1)
    people = _with_names(people, draws)
    people = with_types(people, draws, layers)
    return people, _with_attributes(prospects, people, draws)


def _with_names(people: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    number = people["number"].to_numpy()
    name = names.full_names(draws, number, people["gender"].to_numpy(dtype=object))
    postcode = 10_000 + draws.integers("person.postcode", 600, number) * 137
    given = consent(draws, number, people["joined_day"].to_numpy())
    people = pd.concat([people, given], axis=1)
    mail = names.emails(draws, number, name)
    return people.assign(name=name, email=mail, postcode=postcode.astype(str))


def _with_attributes(prospects: pd.DataFrame, people: pd.DataFrame, draws: Draws) -> pd.DataFrame:
    """Leads have the attributes of the customers they became, or those of persons alike."""
    spend = draws.normal("lead.spend", prospects["number"].to_numpy())
    own = attributes(draws, (1 << 33) + prospects["number"].to_numpy(), spend)
    row = np.full(len(prospects), -1)
    won = np.flatnonzero(people["lead"].to_numpy() >= 0)
    row[people["lead"].to_numpy()[won]] = won
    became = people[list(own)].iloc[np.maximum(row, 0)].reset_index(drop=True)
    return pd.concat([prospects, own.where(pd.Series(row < 0), became, axis=0)], axis=1).assign(
        customer_row=row
    )


def _add_orders(piece: Piece, world: World) -> None:
    people, draws, layers = piece.people, world.draws, world.layers
    contract, failures = lived(contracts(people, draws), draws, layers)
    _join_membership(people, contract, layers)
    base = orders(people, draws, world.clock)
    contacts, extra = campaigns(people, base, draws, world.clock, layers)
    everything = all_orders(people, base, extra, world.goods, draws)
    sold = order_lines(everything, world.goods, draws, layers)
    sold["day"] = everything["day"].to_numpy()[sold["order"]]
    sold["promotion"] = promotions(sold, everything, world.goods)
    if "returns" in layers:
        sold = pd.concat([sold, returned(sold, everything, draws)], ignore_index=True)
    piece.frames.update(
        contracts=contract,
        failures=failures,
        base_orders=base,
        contacts=contacts,
        orders=everything,
        sold=sold,
    )


def _join_membership(people: pd.DataFrame, contract: pd.DataFrame, layers) -> None:
    start, end = np.full(len(people), np.inf), np.full(len(people), np.inf)
    if "membership" in layers:
        start[contract["row"]] = contract["started_day"]
        end[contract["row"]] = contract["ended_day"]
    people["member_from_day"], people["member_until_day"] = start, end


def promotions(sold: pd.DataFrame, everything: pd.DataFrame, goods: Shelf) -> pd.Categorical:
    """Name of the promotion of each line: the shop's, or the campaign that the order answers."""
    shop = [f"PROMO-{n:02d}" for n in range(1, len(goods.discount))]
    answers = [campaign_name(p.name, n) for p in PURPOSES for n in range(len(QUARTERS))]
    of = everything.iloc[sold["order"].to_numpy()]
    by_shop = np.where(sold["is_promoted"], of["regime"].to_numpy() - 1, -1)
    campaign = of["purpose"].to_numpy() * len(QUARTERS) + of["campaign"].to_numpy()
    code = np.where(of["purpose"].to_numpy() >= 0, len(shop) + campaign, by_shop)
    return pd.Categorical.from_codes(code, [*shop, *answers])


def _add_money(piece: Piece, world: World, firsts: Firsts) -> None:
    people, everything, draws = piece.people, piece["orders"], world.draws
    paid = totals(piece["sold"], everything["day"].to_numpy())
    payments = honest_payments(paid, everything, draws)
    if "fraud" in world.layers:
        mean = (LAWS.spend_shape / people["spend_rate"]).to_numpy()
        payments = pd.concat([payments, fraud_payments(people, mean, draws)], ignore_index=True)
    payments = payments.sort_values("day", kind="stable", ignore_index=True)
    piece.frames["payments"] = examined(payments, draws, firsts.payment)
    ring = account_ring(people, draws)
    piece.frames["ring"] = ring if "fraud" in world.layers else ring.head(0)
    piece.frames["applications"] = credit.applications(people, draws)


def delivered(piece: Piece, world: World, firsts: Firsts, dirt: Dirt) -> dict[str, pa.Table]:
    """The piece's tables as the sources deliver them, dirt included."""
    accounts = dirt_people.account_ids(dirt, world.customers + firsts.extra_customer + 1)
    lines = transactions_table(
        piece["sold"], piece["orders"], piece.people, world.goods, firsts.order
    )
    tables = {
        **_persons(piece, world, firsts, dirt, accounts),
        "transactions": dirty_transactions(lines, dirt, accounts),
        **_events(piece, world, firsts, dirt),
    }
    _go_on(firsts, piece, dirt)
    return tables


def _persons(
    piece: Piece, world: World, firsts: Firsts, dirt: Dirt, accounts: list[str]
) -> dict[str, pa.Table]:
    people, persons = piece.people, delivered_people
    last, first_value, answers = _order_facts(piece)
    login = dirt_people.login_days(people, last, world.draws)
    free = world.customers + firsts.extra_customer + len(accounts) + 1
    contacts = [
        persons.lead_contacts(piece.leads, first_value),
        persons.customer_contacts(piece["contacts"], people, answers),
    ]
    customers = persons.customers(people)
    contracts = persons.subscriptions(piece["contracts"], people)
    leads_table = persons.leads_table(piece.leads, people)
    return {
        "customers": dirt_people.dirty_customers(customers, dirt, login, accounts, free),
        "subscriptions": dirt_people.dirty_subscriptions(contracts, dirt),
        "leads": dirt_people.dirty_leads(leads_table, dirt),
        "contacts": dirt_people.dirty_contacts(pa.concat_tables(contacts), dirt),
    }


def _events(piece: Piece, world: World, firsts: Firsts, dirt: Dirt) -> dict[str, pa.Table]:
    people, events, goods = piece.people, delivered_events, world.goods
    statements = events.feedback_table(piece["statements"], people, goods, firsts.statement)
    applications = events.applications_table(piece["applications"], people)
    payments = events.payments_table(piece["payments"], people)
    ring = events.payments_table(piece["ring"], people)
    return {
        "feedback": dirt_people.dirty_feedback(statements, dirt),
        "applications": dirt_people.dirty_applications(applications, dirt),
        "payments": pa.concat_tables([dirt_people.dirty_payments(payments, dirt), ring]),
        "visits": events.visits_table(piece["looks"], people, goods),
    }


def _order_facts(piece: Piece) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Day of each customer's last order, value of the first one, value of each answer's order."""
    everything, count = piece["orders"], len(piece.people)
    known = everything[everything["row"] >= 0]
    last = np.full(count, -np.inf)
    np.maximum.at(last, known["row"].to_numpy(), known["day"].to_numpy())
    opened = known.drop_duplicates("row")
    first_value = np.zeros(count)
    first_value[opened["row"]] = opened["value"]
    keys = ["row", "campaign", "purpose"]
    of = known.loc[known["purpose"] >= 0, [*keys, "value"]]
    answers = piece["contacts"][keys].merge(of, on=keys, how="left")["value"]
    return last, first_value, answers.to_numpy()


def _go_on(firsts: Firsts, piece: Piece, dirt: Dirt) -> None:
    firsts.piece += 1
    firsts.order += len(piece["orders"])
    firsts.payment += len(piece["payments"])
    firsts.statement += len(piece["statements"])
    firsts.extra_customer += dirt.count("test account") + dirt.count("duplicate customer")
