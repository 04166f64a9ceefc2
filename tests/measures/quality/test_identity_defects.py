import pandas as pd

from crm_helpers.measures.quality import identity_defects
from crm_helpers.questions.data_quality.phrases import remedy, what

COUNTS = pd.DataFrame({"table": ["transactions"], "rows_read": [300], "rows_excluded": [0]})


def told(found):
    return [(defect["severity"], what(defect), remedy(defect)) for defect in found]


def test_ids_alike_say_how_many_and_how_to_write_them():
    found = pd.DataFrame([["transactions", "customer_id", 268, 2907, 3146]])
    found.columns = ["table", "column", "ids", "rows", "of_rows"]
    assert told(identity_defects.ids_alike_defects(found)) == [
        (
            "serious",
            "268 customer_id are written in several ways (capitals, blanks or .0)",
            "counted as several; write them in one way (`lower(...)` under `columns:`)",
        )
    ]


def shared(rows, by_shop):
    return pd.DataFrame(
        [["customer_id", 1124, rows, 8889, by_shop]],
        columns=["column", "orders", "rows", "of_rows", "shop_tells_apart"],
    )


def test_a_shared_order_number_names_the_remedy():
    assert told(identity_defects.order_number_defects(shared(8852, by_shop=True))) == [
        (
            "serious",
            "1,124 order_id stand for several customers each",
            "used as one order; write `order_id: shop_id || '-' || order_id` under `columns:`",
        )
    ]
    ((_, _, other),) = told(identity_defects.order_number_defects(shared(8852, by_shop=False)))
    assert other == "used as one order; make the number unique under `columns:`"


def test_a_slip_or_two_in_a_customer_number_is_no_defect():
    assert identity_defects.order_number_defects(shared(8, by_shop=False)) == []


def test_an_implausible_share_is_serious_and_names_no_id():
    found = pd.DataFrame([["transactions", "customer_id", 1043, 3146, 41.2]])
    found.columns = ["table", "column", "rows", "of_rows", "times_next"]
    assert told(identity_defects.implausible_share_defects(found)) == [
        (
            "serious",
            "one customer_id holds 33% of the rows, 41 times as many as the next",
            "used like others; if it stands for customers who are not known, name it under "
            "`missing:` of the table",
        )
    ]


def test_words_for_nothing_are_told_most_frequent_first():
    emptied = pd.DataFrame(
        [["transactions", "customer_id", "-", 1], ["transactions", "customer_id", "NULL", 9]],
        columns=["table", "column", "word", "rows"],
    )
    assert told(identity_defects.emptied_defects(emptied, COUNTS)) == [
        (
            "serious",
            "customer_id holds words for nothing (NULL, -)",
            "read as empty; none of them, if that is meant",
        )
    ]
