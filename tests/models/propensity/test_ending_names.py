import pytest

from crm_helpers.models.propensity.ending_names import names_the_end

OF_THE_END = (
    "cancellation_fee exit_reason ChurnReason churn_category closed_on date_left end_date "
    "contract_ended_on terminationCode reason_for_leaving final_bill_amount is_closed exited "
    "cancel_date attrition_flag Kuendigungsgrund kuendigung_datum exit_survey_score"
).split()
OF_SOMETHING_ELSE = (
    "age weekend_calls tenure_months high_end_phone end_user_type closing_balance left_handed "
    "cancelled_orders support_tickets_closed previous_cancellation_date past_exit_reason plan "
    "days_since_last_login final_year_student gender_code friend_count pending_fee default_plan"
).split()


@pytest.mark.parametrize("name", OF_THE_END)
def test_day_reason_and_fee_of_the_end_say_so(name):
    assert names_the_end(name, "churned")


@pytest.mark.parametrize("name", OF_SOMETHING_ELSE)
def test_other_names_do_not(name):
    assert not names_the_end(name, "churned")


@pytest.mark.parametrize("name", ["response_date", "days_to_response_on", "respondedAt"])
def test_an_outcome_that_is_no_end_has_words_of_its_own(name):
    assert names_the_end(name, "responded")
    assert not names_the_end("cancellation_reason", "responded")


def test_a_default_before_is_no_reason_of_the_response():
    assert not names_the_end("default_flag", "responded")
    assert names_the_end("default_flag", "defaulted")
    assert not names_the_end("exit_reason", "bought")
