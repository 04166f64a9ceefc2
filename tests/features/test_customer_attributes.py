import ibis
from tiny_tables import AS_OF, TINY

from crm_helpers.features.customer_attributes import customer_attributes, undated_attributes


def rows(**more):
    customers = TINY["customers"].table().mutate(**more)
    return customer_attributes(customers, as_of=AS_OF).to_pandas().set_index("customer_id")


def test_the_age_of_the_account_is_the_one_dated_attribute():
    found = rows()
    assert found.loc["b", "account_age_days"] == 121
    assert "account_age_days" not in undated_attributes(list(found.reset_index()))


def test_consent_names_ids_and_dates_are_no_attributes():
    found = rows(name=ibis.literal("x"), referrer_id=ibis.literal("z"))
    assert set(found) == {
        "birth_year",
        "gender",
        "region",
        "occupation",
        "channel",
        "account_age_days",
    }


def test_without_a_date_of_joining_all_customers_count():
    customers = TINY["customers"].table().drop("joined_on")
    assert len(customer_attributes(customers, as_of=AS_OF).to_pandas()) == 4
