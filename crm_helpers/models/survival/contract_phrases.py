"""Phrases about contracts: which predictors tell one story, and how it is said."""

from crm_helpers.models.propensity.reasons import LAPSE_PHRASES, Phrase

CONTRACT_PHRASES = (
    Phrase(
        "time under contract and the next renewal",
        ("contract_days", "renewal_in_days", "tenure_months"),
        (
            (
                "renewal_in_days",
                "renewal in {renewal_in_days:.0f} days, {contract_days:.0f} days under contract",
            ),
            ("tenure_months", "{tenure_months:.0f} months under contract"),
        ),
    ),
    Phrase(
        "trouble reported lately",
        ("trouble_count",),
        (("trouble_count", "tickets or calls in the last quarter: {trouble_count:.0f}"),),
    ),
    Phrase(
        "price",
        ("monthly_fee", "days_since_fee_raised", "fees_to_date"),
        (
            ("days_since_fee_raised", "fee raised {days_since_fee_raised:.0f} days ago"),
            ("monthly_fee", "pays {monthly_fee:.2f} a month"),
        ),
    ),
    Phrase("plan", ("plan",), (("plan", "plan {plan}"),)),
    *LAPSE_PHRASES,
)
