"""Columns of the demo company's tables, with the meaning of those beyond the contracts."""

# Empty meaning: the contract of the table (crm_helpers/tables/contracts.py) says it.
COLUMNS = {
    "customers": {
        "customer_id": "", "joined_on": "", "birth_year": "",
        "name": "full name, fictional",
        "email": "address at a domain kept for examples",
        "postcode": "five digits",
        "gender": "protected: enters no law",
        "region": "", "occupation": "", "channel": "",
        "may_contact": "", "may_profile": "",
        "contact_withdrawn_on": "day the consent to be contacted was withdrawn",
        "profile_withdrawn_on": "day the consent to be profiled was withdrawn",
        "last_login_days": "days since the last login, counted on the last day (dirt: a leak)",
    },
    "products": {"product_id": "", "name": "", "category": "", "tier": "", "unit_cost": ""},
    "transactions": {
        "order_id": "O: order, R: return of that order, T: test account",
        "customer_id": "", "ordered_at": "", "product_id": "", "quantity": "",
        "unit_price": "", "unit_cost": "",
        "promotion": "PROMO-…: promotion of the shops; else the campaign that the order answers",
        "shop_id": "WEB or S01 to S24",
        "recorded_on": "day the line reached the data; the day of the order or the next",
    },
    "subscriptions": {
        "customer_id": "", "started_on": "", "ended_on": "", "end_reason": "", "plan": "",
        "monthly_fee": "fee agreed at the start",
        "payment_method": "card, direct debit or invoice",
        "fee_raised_on": "day the fee rose, for contracts running then (known from that day on)",
        "fee_raised_to": "fee from that day on",
    },
    "contacts": {
        "person_id": "customer_id, or lead_id for acquisition",
        "campaign": "PURPOSE-year-quarter", "purpose": "", "contacted_at": "",
        "is_treated": "", "is_randomized": "",
        "offer": "arm; none: control", "channel": "email or letter",
        "responded": "used the code of the offer, which is public, within 30 days",
        "responded_at": "",
        "value": "value of the order that the response was; of a lead won by it: its first order",
        "cost": "", "customer_id": "", "lead_id": "",
    },
    "leads": {
        "lead_id": "", "created_on": "", "channel": "", "converted_on": "", "customer_id": "",
        "cost": "", "asked_for": "what the lead asked for",
        "pages_viewed": "pages looked at before",
        "birth_year": "year of birth", "region": "region", "occupation": "occupation",
    },
    "feedback": {
        "feedback_id": "", "given_at": "empty: invited, not answered", "invited_at": "",
        "customer_id": "", "collected_by": "", "touchpoint": "", "product_id": "",
        "item": "quality, service, delivery, price, app, overall (csat), recommend (nps)",
        "score": "", "scale": "", "text": "", "resolved_at": "",
        "survey_id": "joins the answers of one survey",
    },
    "applications": {
        "application_id": "", "customer_id": "", "applied_on": "", "amount": "",
        "term_months": "", "decision": "", "decided_on": "",
        "decided_by": "policy, or clerk: an override",
        "defaulted": "", "outcome_known_on": "",
        "monthly_income": "EUR", "debt_share": "monthly obligations over income, 0 to 1",
        "bureau_inquiries": "inquiries at the credit bureau in the last year",
        "years_employed": "years with the employer", "housing": "rents, owns, with family",
        "years_at_address": "years (dirt: months from one day on)",
        "card_design": "stands in for gender; no effect of its own",
    },
    "payments": {
        "payment_id": "", "customer_id": "", "paid_at": "", "amount": "", "kind": "",
        "shop_id": "", "device_id": "empty: shop terminal", "card_id": "empty: cash",
        "is_fraud": "", "labelled_on": "", "sampled_at_random": "",
    },
    "visits": {"person_id": "customer_id", "item_id": "product_id", "visited_at": ""},
}  # fmt: skip

TRUTHS = {
    "customers": "customer_id, latents (rate, dropout, spend_rate, satisfaction), types, gone_on, "
    "p_alive, p_lapse_90, better_left_alone, effect of a contact by purpose on the last day",
    "subscriptions": "p_voluntary_91, p_involuntary_91 of running contracts, is_unhappy",
    "contacts": "p_control, p_treated (true chances to respond), group",
    "leads": "p_convert (chance to convert without a campaign), is_won_by_campaign",
    "applications": "p_default, would_default (also of the declined)",
    "payments": "pattern of each fraudulent payment; the others are honest",
    "feedback": "theme, second_theme, is_negative, language, personal_kind, personal_value",
    "dirt": "table, kind, key and detail of every defective row",
}
