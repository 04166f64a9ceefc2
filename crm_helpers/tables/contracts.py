"""What every table promises: type, key, range and allowed values of each column, in one place."""

from typing import Any

from crm_helpers.tables.contract import DATA_UNTIL, Column, Contract


def _id(name: str, description: str, references: str = "", **more: Any) -> Column:
    return Column(name, "text", description, references=references, **more)


_MUST = {"usual": True, "may_be_empty": False}
_CUSTOMER = _id("customer_id", "customer; empty: not known", "customers")
_PAST = {"maximum": DATA_UNTIL}

_CUSTOMERS = Contract(
    "customers",
    "one row per customer",
    (
        _id("customer_id", "customer", **_MUST),
        Column("joined_on", "date", "day the customer joined", **_PAST),
        Column("birth_year", "integer", "year of birth", minimum=1910, maximum=DATA_UNTIL),
        Column("gender", "text", "gender as stated by the customer"),
        Column("region", "text", "region or country of residence"),
        Column("occupation", "text", "occupation as stated by the customer"),
        Column("channel", "text", "channel that won the customer"),
        Column("may_contact", "boolean", "consent to be contacted; empty: not asked"),
        Column("may_profile", "boolean", "consent to be profiled; empty: not asked"),
    ),
    key=("customer_id",),
)

_TRANSACTIONS = Contract(
    "transactions",
    "one row per order line; a return is a negative quantity",
    (
        _id("order_id", "order", **_MUST),
        _id("product_id", "product", "products", **_MUST),
        _id("customer_id", "customer; empty: guest", "customers"),
        Column("ordered_at", "timestamp", "time of the order", may_be_empty=False, **_PAST),
        Column("quantity", "quantity", "units; negative: returned", may_be_empty=False),
        Column("unit_price", "money", "price per unit, in currency", may_be_empty=False, above=0),
        Column("unit_cost", "money", "cost per unit, in currency", minimum=0),
        Column("promotion", "text", "promotion that the line was sold under; empty: none"),
        _id("shop_id", "shop"),
        Column("is_product", "boolean", "false for postage, fees, adjustments and their kind"),
    ),
)

_PRODUCTS = Contract(
    "products",
    "one row per product",
    (
        _id("product_id", "product", **_MUST),
        Column("name", "text", "name of the product"),
        Column("category", "text", "category"),
        Column("tier", "text", "price level within the category"),
        Column("unit_cost", "money", "cost per unit, in currency", minimum=0),
        Column("is_product", "boolean", "false for postage, fees, adjustments and their kind"),
    ),
    key=("product_id",),
)

_SUBSCRIPTIONS = Contract(
    "subscriptions",
    "one row per contract; an undated snapshot has tenure_months and churned instead of dates",
    (
        _id("customer_id", "customer", "customers", **_MUST),
        Column("started_on", "date", "first day", may_be_empty=False, **_PAST),
        Column("ended_on", "date", "last day; empty: running"),
        Column(
            "end_reason",
            "text",
            "why it ended; empty: running",
            allowed=("voluntary", "involuntary"),
        ),
        Column("plan", "text", "plan"),
        Column("monthly_fee", "money", "fee per month, in currency", minimum=0),
        Column("tenure_months", "number", "months as a customer (snapshot)", minimum=0),
        Column("churned", "boolean", "contract ended (snapshot)", may_be_empty=False),
    ),
    in_order=(("started_on", "ended_on"),),
)

_CONTACTS = Contract(
    "contacts",
    "one row per person and campaign",
    (
        _id("person_id", "customer or lead", **_MUST),
        Column("campaign", "text", "campaign", **_MUST),
        Column("responded", "boolean", "the wanted outcome happened", **_MUST),
        Column("contacted_at", "timestamp", "time of the contact", **_PAST),
        Column("responded_at", "timestamp", "time of the response; empty: none"),
        Column("is_treated", "boolean", "false: control group"),
        Column("is_randomized", "boolean", "chance decided who was treated"),
        Column("offer", "text", "arm, where there are more than two; empty: none"),
        Column(
            "purpose",
            "text",
            "what the campaign was for",
            allowed=("acquisition", "cross_sell", "retention", "win_back"),
        ),
        Column("channel", "text", "channel of the contact"),
        Column("value", "money", "value of the response, in currency; empty: none"),
        Column("cost", "money", "cost of the contact, in currency", minimum=0),
        _CUSTOMER,
        _id("lead_id", "lead; empty: not a lead", "leads"),
    ),
    key=("person_id", "campaign"),
    in_order=(("contacted_at", "responded_at"),),
)

_LEADS = Contract(
    "leads",
    "one row per lead",
    (
        _id("lead_id", "lead", **_MUST),
        Column("created_on", "date", "day the lead came in", **_MUST, **_PAST),
        Column("channel", "text", "channel that brought the lead"),
        Column("converted_on", "date", "day the lead became a customer; empty: not yet"),
        _CUSTOMER,
        Column("cost", "money", "cost of the lead, in currency", minimum=0),
    ),
    key=("lead_id",),
    in_order=(("created_on", "converted_on"),),
)

_FEEDBACK = Contract(
    "feedback",
    "one row per statement",
    (
        _id("feedback_id", "statement", **_MUST),
        Column("given_at", "timestamp", "time of the statement", **_PAST),
        Column("invited_at", "timestamp", "time of the invitation; empty: came unasked"),
        _CUSTOMER,
        Column(
            "collected_by",
            "text",
            "how it was collected",
            allowed=("survey", "review", "ticket", "call"),
        ),
        Column("touchpoint", "text", "occasion it speaks of; empty: none in particular"),
        _id("product_id", "product; empty: about no product", "products"),
        Column("item", "text", "question of a survey; empty: no survey"),
        Column("score", "number", "answer on its scale; empty: not answered"),
        Column(
            "scale",
            "text",
            "scale of the score; empty: no score",
            allowed=("nps", "csat", "stars", "ces"),
        ),
        Column("text", "text", "words of the customer; empty: none"),
        Column("resolved_at", "timestamp", "time the matter was closed; empty: open"),
    ),
    key=("feedback_id",),
    in_order=(("invited_at", "given_at"), ("given_at", "resolved_at")),
)

_APPLICATIONS = Contract(
    "applications",
    "one row per credit application",
    (
        _id("application_id", "application", **_MUST),
        _CUSTOMER,
        Column("applied_on", "date", "day of the application", **_PAST),
        Column("amount", "money", "amount applied for, in currency", above=0),
        Column("term_months", "integer", "months until it is paid back", above=0),
        Column(
            "decision", "text", "what was decided; empty: pending", allowed=("approved", "declined")
        ),
        Column("decided_on", "date", "day of the decision; empty: pending"),
        Column("defaulted", "boolean", "not paid back; empty: not known yet or declined", True),
        Column("outcome_known_on", "date", "day the outcome was known; empty: not yet"),
    ),
    key=("application_id",),
    in_order=(("applied_on", "decided_on"), ("applied_on", "outcome_known_on")),
)

_PAYMENTS = Contract(
    "payments",
    "one row per payment or claim",
    (
        _id("payment_id", "payment or claim", **_MUST),
        _CUSTOMER,
        Column("paid_at", "timestamp", "time of the payment", **_PAST),
        Column("amount", "money", "amount, in currency", minimum=0),
        Column("kind", "text", "direction", allowed=("payment", "refund")),
        _id("shop_id", "shop"),
        _id("device_id", "device; empty: none used"),
        _id("card_id", "card; empty: none used"),
        Column("is_fraud", "boolean", "found to be fraud; empty: not examined", True),
        Column("labelled_on", "date", "day the label was known; empty: not examined"),
        Column("sampled_at_random", "boolean", "examined because chance picked it"),
    ),
    key=("payment_id",),
    in_order=(("paid_at", "labelled_on"),),
)

_VISITS = Contract(
    "visits",
    "one row per page or product looked at",
    (
        _id("person_id", "customer or visitor", **_MUST),
        _id("item_id", "page or product", **_MUST),
        Column("visited_at", "timestamp", "time of the visit", **_PAST),
    ),
)

CONTRACTS: dict[str, Contract] = {
    contract.table: contract
    for contract in (
        _CUSTOMERS,
        _PRODUCTS,
        _TRANSACTIONS,
        _SUBSCRIPTIONS,
        _LEADS,
        _CONTACTS,
        _FEEDBACK,
        _APPLICATIONS,
        _PAYMENTS,
        _VISITS,
    )
}
