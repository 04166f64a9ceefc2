"""Words of the page of truth that are no numbers: how truth is made, and what it does not say."""

OPENING = """
# What is planted in the demo company

A fictional retailer with memberships, store credit, campaigns and a service desk: three years
from 2023-10-01 to 2026-09-30, EUR. `make quarterly-report` makes it the first time; by hand:
`CUSTOMERS=20000 DEMO_SEED=20260930 python -m crm_helpers.demo.company`, with `LAYERS="season
growth"` for some of the layers (`LAYERS=""`: the laws alone) and `DIRT=0` for clean tables.

This page is written by `python -m crm_helpers.demo.truth.page` from the modules that draw tables,
so it says what they do; a test holds it to the page, the tables and the contracts. `truth.json`
beside the tables has the same numbers and those that depend on the draws (lift, mean effects,
counts).

## How truth is made

- **Latents first.** Rate and dropout (BG/NBD) and spend (Gamma-Gamma) of each customer are
  drawn before anything else. Type, channel, age and occupation are drawn given them, so the
  laws of all customers together stay exact. Channels get better or worse customers by pairing
  ranks within small blocks of joining time: latents do not depend on the day of joining.
- **Draws with names.** Each draw hangs on the seed, a name and the number of its customer,
  order or line (`draws.py`). A layer switched off leaves the other draws as they are. Two
  layers decide who joins by which channel, `campaigns` (leads won by them) and `new_channel`;
  with them the customers are paired anew.
- **Potential outcomes** with and without a contact share one uniform per person and campaign;
  every person is in one campaign a quarter at most, and answers within 30 days.
- **Season and growth** are a change of time: the purchase law holds in cumulative intensity
  (`calendar.intensity` of `truth.json`, one unit = one average day), not in calendar days. Who
  fits BG/NBD to calendar days at the end of September sees fewer orders than intensity promises
  for the quarter to come: November and December carry factors of 1.22 and 1.42.
- **A cohort untouched** by campaigns, membership and promotions (`is_untouched`) follows the
  laws in the full company as well, where its rate does not change (`changes_rate`).
"""
AFTER_LAWS = """
`rate_shape`, `rate_scale`, `dropout_a`, `dropout_b`: BG/NBD (r, alpha, a, b of Fader, Hardie
and Lee 2005) in cumulative intensity, counted from the first order. `spend_shape`, `spend_q`,
`spend_scale`: Gamma-Gamma (p, q, gamma) of order values in deflated prices, first order
included; in tables of the laws alone revenue is the value up to the rounding of unit prices to
cents (and 0.01 at least). Members order 1.25 times as often while their contract runs. Who
answers a win-back starts the law anew with the same rate and dropout. `p_lapse_90` of
`truth_customers` is the chance of no order in the 90 units of intensity after the last day,
given the base orders (not those of campaigns). Guests (no customer_id) and payments of fraud
stand outside the laws.
"""
AFTER_LEADS = """
Log odds of a conversion: those of the channel's conversion, plus CONVERSION_PAGES per standard
deviation of log(1 + pages viewed), plus the effect of what was asked for. Days to it are
log-normal. Log odds to respond to a campaign: RESPONSE_...; a contact adds EFFECT points of
probability, more for the voucher to those who asked for one, and takes some away at the trade
fair (better left alone). Of the responders who would not have converted,
CONVERSION_OF_RESPONDERS do.
"""
AFTER_CAMPAIGNS = """
Log odds to respond without a contact: base + orders x log(1 + orders so far) + recency x days
since the last order / 100 + online; a contact adds the points of the customer's group. Left
alone: OLD and older and won in the store. Young: under YOUNG. Good and recent: WIN_BACK_ORDERS
or more, last order less than WIN_BACK_RECENT days ago. Campaigns of the NOT_RANDOMIZED number
(counted from 2024Q1) went to those who order most: the plain difference of its arms misleads.
Each response is an order with the campaign as its promotion.
"""
AFTER_SUBSCRIPTIONS = """
VOLUNTARY and INVOLUNTARY are hazards per month of tenure, (from month, hazard); effects are on
the log of the hazard. Weeks are the grain: what holds on the first day of a week of the
contract holds for that week. The price rise counts for PRICE_RISE_DAYS for contracts of that
plan running before; a service failure counts for FAILURE_DAYS from the week after it, and each
one is a ticket with the touchpoint membership in `feedback`. Unhappy: satisfaction below
UNHAPPY_BELOW standard deviations (`is_unhappy` of `truth_subscriptions`). `p_..._91` counts
failures still to come as expected.
"""
AFTER_CREDIT = """
Log odds of default within six months of the decision. INCOME_GAP makes women's incomes lower,
so approval rates differ by gender though gender has no effect; the card's design gives gender
away. The old policy declined by the same log odds seen through noise (POLICY_NOISE,
POLICY_CUT), and clerks turned OVERRIDE_SHARE of its decisions round. Outcomes are known
OUTCOME_KNOWN_DAYS after the decision, for approved applications alone; `would_default` is the
potential outcome of all.
"""
AFTER_FRAUD = """
EXAMINED is the share examined by pattern (the honest EXAMINED_MORE times as often above
EXAMINED_MORE_ABOVE EUR); RANDOM_AUDIT_SHARE of all payments are examined whatever they are.
Labels are true and known 3 to LABEL_DAYS days later. Payments of fraud have no order in
`transactions`. ACCOUNT_RING: in the last weeks some customers pay in the web shop with the same
few cards and devices; nobody has examined any of it, and whatever the size of the company there
is one such ring. Its payments are numbered from ACCOUNT_RING_FIRST on.
"""
AFTER_VOICE = """
Mean of `overall` given the five answers: CONSTANT + the weights below and above 3; the answer
is 1 + Binomial(4, ...), so least squares on the answers finds the weights without bias.
`recommend`: the same, times NPS_SLOPE. NEGATIVE: share of complaints by theme for customers of
average satisfaction, in reviews; tickets and calls are mostly complaints. Members' service
failures are tickets on membership. All persons, addresses and numbers are fictional: domains
and numbers from ranges kept for examples.
"""
