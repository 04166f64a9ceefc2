import pytest

from crm_helpers.questions.fraud.phrases import telling


@pytest.mark.parametrize(
    ("reasons", "said"),
    [
        (
            "earlier payments by the device: 0; amount of 90; paid at 3:00",
            "amount of 90; paid at 3:00",
        ),
        ("device in use for 0 hours", "device in use for less than an hour"),
        ("1 hours after the customer's last payment", "1 hour after the customer's last payment"),
        (
            "2,156 hours after the customer's last payment",
            "90 days after the customer's last payment",
        ),
        ("earlier payments by the card in two hours: 0", ""),
        (
            "earlier payments by the card in two hours: 10",
            "earlier payments by the card in two hours: 10",
        ),
    ],
)
def test_reasons_tell_what_happened_and_long_times_in_days(reasons, said):
    assert telling(reasons, 2) == said
