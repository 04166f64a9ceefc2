"""What to do, how far to trust it, and the summary of segments."""

import pandas as pd

from crm_helpers.page.section import Section
from crm_helpers.page.words import answer
from crm_helpers.questions.segmentation import page

PROFILES = pd.DataFrame(
    {"segment": ["Champions", "Loyal"], "customers_share": [0.3, 0.5], "revenue_share": [0.8, 0.1]}
)
BY_SEGMENT = pd.DataFrame(
    {
        "segment": ["Loyal", "Asleep"],
        "what": ["Show more", "Stop writing"],
        "net_value_mean": [0.456, -0.1],
        "worth_contacting": [1200, 0],
        "net_value": [547.2, 0.0],
    }
)


def plain(text):
    return text.replace("\u00a0", " ")


def test_what_to_do_is_shown_with_its_value(report):
    found = page.contact_worth(report, BY_SEGMENT)
    assert "0.46" in found.html
    assert "1,200" in found.html
    assert "EUR net per contact" in found.html
    pd.testing.assert_frame_equal(found.data, BY_SEGMENT)


def told(value, contact_lift=0.2):
    return plain(page.assumption(value, contact_lift=contact_lift, margin_share=0.3).parts[0].text)


def test_the_assumption_gives_examples_that_follow_from_it():
    text = told(pd.DataFrame(columns=["margin_sum"]))
    assert "from 10 to 11.8, from 50 to 55.0, from 90 to 91.8" in text
    assert "margin" in text


def test_a_contact_without_effect_lifts_nobody():
    assert "from 10 to 10.0, from 50 to 50.0" in told(pd.DataFrame(), contact_lift=0.0)


def test_without_cost_the_assumed_margin_is_stated():
    text = told(pd.DataFrame(columns=["net_revenue_sum"]))
    assert "The data hold no cost: 30 % of revenue is taken for margin." in text


def test_a_segment_where_no_contact_pays_gets_no_action(report):
    found = page.contact_worth(report, BY_SEGMENT, without_chance=12)
    html = plain(found.html)
    assert "No contact: it would cost more than it brings" in html
    assert "Stop writing" not in html
    assert "−0.10" in html
    assert "12 customers in segments that held too few a quarter ago" in html


def foretold(days, *columns):
    return plain(page.foretold(*columns, days).parts[0].text)


def test_rules_that_tell_all_and_groups_that_tell_nothing_are_told_apart(days):
    ordered = pd.Series([True, True, False, False])
    by_rules, by_clusters = pd.Series(list("aabb")), pd.Series([1, 2, 1, 2])
    told = foretold(days, ordered, by_rules, by_clusters)
    assert "the rules tell 100 % and the groups 0 %." in told
    assert "214 days, not 365, so that both days see equally much." in told


def test_a_window_as_long_as_asked_for_is_not_explained(days):
    whole = days.__class__(days.earlier, days.as_of, 365, 90, 365)
    none = pd.Series([True, False])
    assert foretold(whole, none, none, none).endswith("looks back 365 days.")


def test_guests_and_refusals_are_told(report):
    report.frames["sales_totals"] = pd.DataFrame({"guest_sales": [25.0], "gross_sales": [100.0]})
    told = plain(page.trust(report, "Nobody refused.").parts[0].text)
    assert "Nobody refused. Guests bought 25 % of all sales" in told


def test_a_segment_that_is_not_shown_has_no_share():
    found = page.findings(PROFILES, pd.DataFrame(index=range(10)))
    assert found == {
        "customers_grouped": {"value": 10, "unit": "customers"},
        "champions_share": {"value": 0.3, "unit": "share", "n": 10},
        "champions_revenue_share": {"value": 0.8, "unit": "share"},
    }


def test_each_card_tells_a_finding_that_was_kept(report):
    report.keep(page.findings(PROFILES, pd.DataFrame(index=range(10))))
    page.figures(report)
    assert [figure["finding"] for figure in report.figures] == list(report.findings)


MOVED = pd.DataFrame({"segment": ["Champions"], "stayed_share": [0.66]})
SLEEPERS = pd.DataFrame({"segment": ["Asleep"], "customers_share": [0.28], "revenue_share": [0.1]})


def summary(report, by_segment, *, listed, moved=MOVED):
    report.decision = {"to_contact": listed}
    shares = Section.of(answer("Champions bring most"))
    worth = page.contact_worth(report, by_segment)
    return [plain(s) for s in page.three_sentences(report, shares, SLEEPERS, moved, worth)]


def test_the_summary_says_who_brings_most_who_stays_and_what_to_do(report):
    assert summary(report, BY_SEGMENT, listed=9) == [
        "Champions bring most; 28 of 100 are asleep.",
        "Of 100 Champions of a quarter ago, 66 still are.",
        "A contact is worth most in Loyal, 0.46 EUR each: show more.",
    ]


def test_nothing_worthless_is_recommended(report):
    third = summary(report, BY_SEGMENT.iloc[1:], listed=0)[2]
    assert third == "No contact should bring more than it costs, in whatever segment."
    third = summary(report, BY_SEGMENT.iloc[1:], listed=3)[2]
    assert third == ("A contact pays for 3 customers of the list alone, not for a whole segment.")


def test_without_an_earlier_day_the_summary_says_what_is_not_known_yet(report):
    none = Section.absent("Nobody ordered in the 214 days to 2 July 2026.")
    shares = Section.of(answer("Champions bring most"))
    said = page.three_sentences(report, shares, PROFILES, none, none)
    assert said == (
        "Champions bring most.",
        "Whether customers stay in their segment is not known yet: nobody ordered in the 214 days "
        "to 2 July 2026.",
        "Where a contact pays is not known yet: nobody ordered in the 214 days to 2 July 2026.",
    )


def test_segments_too_small_to_be_shown_lose_no_page(report):
    none = page.contact_worth(report, BY_SEGMENT.head(0))
    assert none.reason.endswith("is large enough to be shown.")
    report.decision = {"to_contact": 2}
    shares = Section.of(answer("Loyal bring most"))
    third = page.three_sentences(report, shares, PROFILES, MOVED, none)[2]
    assert third == "A contact pays for the 2 customers of the list."
