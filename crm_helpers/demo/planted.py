"""Every planted number of purchases and baskets, in one place: the tables are drawn from these."""

import datetime as dt
from dataclasses import dataclass

LAYERS = {
    "season": "months and weekdays differ in intensity",
    "growth": "intensity grows by a fixed share a year",
    "inflation": "prices rise every January",
    "price_change": "two categories get dearer on one day",
    "promotions": "two weeks of lower prices and higher demand for some products",
    "affinities": "products that draw other products into the basket",
    "type_change": "some customers change type, a flagged few their rate as well",
    "returns": "some lines come back",
    "membership": "members buy more often while their contract runs",
    "campaigns": "contacts change who responds, and responses are orders",
    "new_channel": "from one day on some customers and leads come by a new channel",
    "service_failures": "failed service makes members leave",
    "price_rise": "a dearer plan makes members leave",
    "delivery_trouble": "a change of courier makes deliveries worse",
    "fraud": "four patterns of fraud among the payments, and one ring of accounts",
}


@dataclass(frozen=True)
class PurchaseLaws:
    """BG/NBD in cumulative intensity (one unit = one average day) and Gamma-Gamma spend."""

    rate_shape: float = 1.05
    rate_scale: float = 55.0
    dropout_a: float = 0.75
    dropout_b: float = 4.6
    spend_shape: float = 6.0
    spend_q: float = 4.2
    spend_scale: float = 29.0


@dataclass(frozen=True)
class Affinity:
    """With this probability the antecedents draw the consequent into the basket."""

    name: str
    antecedents: tuple[str, ...]
    consequent: str
    probability: float
    months: tuple[int, ...] = ()


LAWS = PurchaseLaws()
AFFINITIES = (
    Affinity("coffee", ("ground coffee",), "coffee filters", 0.35),
    Affinity("pasta", ("spaghetti",), "tomato sauce", 0.40),
    Affinity("pets", ("dog food",), "dog treats", 0.30),
    Affinity("hair", ("shampoo",), "conditioner", 0.25),
    Affinity("baby", ("nappies",), "baby wipes", 0.30),
    Affinity("gift", ("gift wrap",), "gift ribbon", 0.30),
    Affinity("mexican pair", ("tortillas",), "salsa", 0.40),
    Affinity("mexican", ("tortillas", "salsa"), "guacamole mix", 0.45),
    Affinity("laundry pair", ("laundry powder",), "fabric softener", 0.35),
    Affinity("laundry", ("laundry powder", "fabric softener"), "dish soap", 0.40),
    Affinity("advent", ("gingerbread",), "mulled wine spice", 0.40, (11, 12)),
    Affinity("summer", ("sun cream",), "after sun", 0.40, (6, 7, 8)),
)
# Two products that are only ever together because both are on promotion in the same weeks.
PROMOTION_PAIR = ("paper towels", "dark chocolate")

PROMOTION_WEEKS = 2
PROMOTION_EVERY_WEEKS = 9
PROMOTION_PRODUCTS = 24
PROMOTION_DEMAND = 2.5
PROMOTION_PAIR_DEMAND = 14.0
PROMOTION_DISCOUNTS = (0.10, 0.15, 0.20, 0.30)

INFLATION_PER_YEAR = 0.03
PRICE_CHANGE_ON = dt.date(2026, 7, 1)
PRICE_CHANGE = 0.20
PRICE_CHANGE_CATEGORIES = ("coffee and tea", "household")

TYPE_CHANGE_SHARE = 0.12
RATE_CHANGE_SHARE = 0.25
RATE_CHANGE_FACTOR = 0.4
UNTOUCHED_SHARE = 0.15

RETURN_SHARE = 0.03
GUEST_ORDERS_PER_CUSTOMER = 0.18
SHOPS = 24
