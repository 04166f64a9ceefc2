import datetime as dt

import ibis
import pytest

from crm_helpers.features.typical_amount import (
    CREDIT,
    FEE,
    ORDER,
    PAYMENT,
    RESPONSE,
    TypicalAmount,
    order_amounts,
    typical_amount,
)

AS_OF = dt.date(2026, 9, 30)
LINES = ibis.memtable(
    {
        "order_id": ["1", "1", "2", "3", "4", "5"],
        "is_return": [False, False, False, False, True, False],
        "revenue": [10.0, 5.0, 40.0, 20.0, -400.0, 900.0],
        "ordered_at": [dt.datetime(2026, 9, d, 12) for d in (1, 1, 2, 3, 4, 5)],
    }
)
FEES = ibis.memtable({"monthly_fee": [70.0, 80.0, 0.0], "churned": [True, False, False]})
PAID = ibis.memtable({"amount": [5.0, 7.0, 9.0]})


def test_an_order_is_the_sum_of_its_sale_lines_up_to_as_of():
    rows = order_amounts(LINES, as_of=dt.date(2026, 9, 4)).execute()
    assert rows["amount"].tolist() == [15.0, 40.0, 20.0]


def test_the_median_order_is_the_typical_amount_of_a_shop():
    found = typical_amount({"transactions": LINES, "payments": PAID}, until=dt.date(2026, 9, 4))
    assert found == TypicalAmount(ORDER, 20.0)


def test_without_orders_a_fee_then_a_payment_then_a_credit_takes_its_place():
    tables = {"subscriptions": FEES, "payments": PAID, "applications": PAID}
    assert typical_amount(tables, until=AS_OF) == TypicalAmount(FEE, 75.0)
    del tables["subscriptions"]
    assert typical_amount(tables, until=AS_OF) == TypicalAmount(PAYMENT, 7.0)
    assert typical_amount({"applications": PAID}, until=AS_OF) == TypicalAmount(CREDIT, 7.0)
    answers = ibis.memtable({"value": [0.0, 0.0, 12.0]})
    assert typical_amount({"contacts": answers}, until=AS_OF) == TypicalAmount(RESPONSE, 12.0)


@pytest.mark.parametrize("tables", [{}, {"transactions": LINES.drop("revenue")}])
def test_a_company_without_amounts_has_no_typical_one(tables):
    assert typical_amount(tables, until=AS_OF) is None
