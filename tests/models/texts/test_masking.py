"""Masking of personal data in texts, by hand and against what the demo company planted."""

import time

import pandas as pd
import pytest

from crm_helpers.demo import company
from crm_helpers.models.texts.masking import TEXT_LIMIT, masked, masking, passes_luhn

REPLACED = [
    ("Dear Mr Smith, it came late.", "Dear Mr [name], it came late."),
    ("Sehr geehrte Frau Dr. Müller-Lohr, danke.", "Sehr geehrte Frau Dr. [name], danke."),
    ("hi eva, no answer yet", "hi [name], no answer yet"),
    ("Regards\nJohn O'Neill", "Regards\n[name]"),
    ("Viele Grüße\nKarl-Heinz von der Tann", "Viele Grüße\n[name]"),
    ("my name is peter parker and I wait", "my name is [name] and I wait"),
    ("Je m'appelle Luc Martin.", "Je m'appelle [name]."),
    ("IBAN DE89 3704 0044 0532 0130 00 bitte", "IBAN [account] bitte"),
    ("card 4111 1111 1111 1111 was charged", "card [card] was charged"),
    ("order 4111 1111 1111 1112", "order [account]"),
    ("Kundennummer: 12345678", "Kundennummer: [account]"),
    ("+49 (0)30 123-4567 or 0170/1234567", "[phone] or [phone]"),
    ("eva.holm@example.org", "[e-mail]"),
    ("eva (at) example (dot) org", "[e-mail]"),
    ("eva @ example.org", "[e-mail]"),
    ("ask @name123, or @eva.holm!", "ask [handle], or [handle]!"),
    ("my insta: eva_holm", "my insta: [handle]"),
    ("Telegram: evaholm.", "Telegram: [handle]."),
    ("u/evaholm wrote", "[handle] wrote"),
    ("see https://facebook.com/eva.holm.7 now", "see [link] now"),
    ("on www.linkedin.com/in/eva-holm", "on [link]"),
    ("xing.com/profile/Eva_Holm", "[link]"),
]
KEPT = [
    "Hello Team, thanks",
    "Dear Sir or Madam, no",
    "Guten Tag, Das Paket kam am 01.07.2026 um 10:30, 14 Euro.",
    "I am very happy. Thank you. Great service.",
    "Ich bin Stammkundin. Der Karton war leer.",
    "5 kg @ 3 EUR, 10/10 and/or 3.50/kg, open 9:00",
    "Instagram: nice ads. facebook is great",
    "😀😀😀",
    "مرحبا",
    "",
]


UNSEEN = ["<script>alert(1)</script>", "good\u202egnp.exe\u2066"]
ACROSS = "x" * (TEXT_LIMIT - 6) + " 4111 1111 1111 1111"


@pytest.fixture(scope="module")
def shown():
    """All of these texts masked at once: the patterns are compiled anew at every call."""
    texts = [text for text, _ in REPLACED] + KEPT + [*UNSEEN, ACROSS]
    return dict(zip(texts, masked(pd.Series(texts, dtype=object)), strict=True))


@pytest.mark.parametrize(("text", "expected"), REPLACED)
def test_personal_data_are_replaced(text, expected, shown):
    assert shown[text] == expected


@pytest.mark.parametrize("text", KEPT)
def test_other_words_stay(text, shown):
    assert shown[text] == text


def test_markup_is_left_for_the_page_to_escape(shown):
    assert shown["<script>alert(1)</script>"] == "<script>alert(1)</script>"


def test_marks_that_turn_the_direction_are_taken_out(shown):
    assert shown["good\u202egnp.exe\u2066"] == "goodgnp.exe"


def test_a_number_across_the_limit_is_masked_before_the_text_is_cut(shown):
    assert "4111" not in shown[ACROSS]


def test_missing_texts_stay_missing_and_the_index_stays():
    shown = masked(pd.Series([None, "fine"], index=[7, 9], dtype=object))
    assert list(shown.index) == [7, 9]
    assert shown.isna().tolist() == [True, False]


def test_texts_of_one_megabyte_are_cut_and_take_no_time():
    pieces = ["a", "1 ", "Hello ", "a@", "+1(", "Dear Anna ", "<b>"]
    begun = time.process_time()
    found = masking(pd.Series([piece * (1_000_000 // len(piece)) for piece in pieces]))
    assert time.process_time() - begun < 5
    assert (found.texts.str.len() <= TEXT_LIMIT).all()
    assert found.cut.all()


def test_luhn_holds_for_the_number_of_the_standard_and_for_no_neighbour():
    number = [4, 1, 1, 1] + [1] * 12
    assert passes_luhn(number)
    assert not passes_luhn([*number[:-1], 2])


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """Texts of a small company with the personal data planted in them."""
    folder = tmp_path_factory.mktemp("company")
    company.generate(folder, customers=3_000)
    feedback = pd.read_parquet(folder / "feedback.parquet").dropna(subset=["text"])
    rows = feedback.merge(pd.read_parquet(folder / "truth_feedback.parquet"), on="feedback_id")
    found = masking(rows["text"])
    return rows.assign(shown=found.texts, any_found=found.found.any(axis=1))


@pytest.mark.whole
def test_planted_personal_data_are_masked(planted):
    there = planted[planted["personal_kind"] != ""]
    parts = there.assign(part=there["personal_value"].str.split()).explode("part")
    left = [part in shown for part, shown in zip(parts["part"], parts["shown"], strict=True)]
    lost = parts.loc[left, "feedback_id"].nunique()
    assert len(there) > 50
    assert 1 - lost / len(there) >= 0.99


@pytest.mark.whole
def test_nine_in_ten_masked_texts_hold_personal_data(planted):
    assert (planted.loc[planted["any_found"], "personal_kind"] != "").mean() >= 0.9
