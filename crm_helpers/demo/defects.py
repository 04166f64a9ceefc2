"""The planted defects: what each is, how often it occurs, and the columns it touches."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class Defect:
    """One kind of dirt.

    Attributes
    ----------
    kind, table, column : str
    per_1000_customers : float
        How many rows of the table have it; 0 where the number follows from something else.
    meaning : str
    """

    kind: str
    table: str
    column: str
    per_1000_customers: float
    meaning: str


DEFECTS = (
    Defect("missing product id", "transactions", "product_id", 6, "the product is empty"),
    Defect("missing order id", "transactions", "order_id", 3, "the order is empty"),
    Defect("orphan product", "transactions", "product_id", 8, "a product that products lacks"),
    Defect("orphan customer", "transactions", "customer_id", 5, "a customer customers lacks"),
    Defect("future date", "transactions", "ordered_at", 2.5, "in the year after the data end"),
    Defect("wrong sign", "transactions", "unit_price", 3, "a sale at a negative price"),
    Defect("duplicate line", "transactions", "", 6, "a line delivered twice, equal in all columns"),
    Defect("late row", "transactions", "recorded_on", 20, "recorded 30 to 75 days after the order"),
    Defect("missing day", "transactions", "ordered_at", 0, "no line of that day was delivered"),
    Defect("test line", "transactions", "", 0, "order lines of the test accounts"),
    Defect("duplicate customer", "customers", "name", 15, "again, name spelt otherwise"),
    Defect("impossible age", "customers", "birth_year", 2.5, "born before 1906 or after 2026"),
    Defect("test account", "customers", "name", 0.6, "a test account: orders of 999 for 0.01"),
    Defect("missing together", "customers", "birth_year", 40, "birth_year and occupation empty"),
    Defect("leak", "customers", "last_login_days", 0, "counted on the last day of the data"),
    Defect("end before start", "subscriptions", "ended_on", 0.5, "ends 30 days before its start"),
    Defect("duplicate contact", "contacts", "person_id", 1.5, "person and campaign twice"),
    Defect("converted before created", "leads", "converted_on", 1, "five days too early"),
    Defect("score off the scale", "feedback", "score", 1.5, "a score of 99"),
    Defect("changed meaning", "applications", "years_at_address", 0, "months from that day on"),
    Defect("negative amount", "payments", "amount", 1.2, "a payment with a minus sign"),
)
MISSING_DAY = dt.date(2026, 5, 13)
MEANING_CHANGED_ON = dt.date(2026, 7, 1)
LATE_DAYS = (30, 75)
TEST_LINES_PER_ACCOUNT = 10
BY_KIND = {defect.kind: defect for defect in DEFECTS}
