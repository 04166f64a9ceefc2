import numpy as np
import pytest

from crm_helpers.demo import names
from crm_helpers.demo.draws import Draws


@pytest.mark.parametrize(
    ("how", "variant"),
    [(0, "Anna Ekhorn"), (1, "Anna Ecckhorn"), (2, "Anna Ekchorn"), (3, "A. Eckhorn")],
)
def test_spelling_variants_lose_double_swap_or_shorten(how, variant):
    assert names._variant("Anna Eckhorn", how, 0.0) == variant


def test_names_go_with_the_gender_and_hang_on_the_number():
    number, gender = np.arange(50), np.array(["female", "male"] * 25, dtype=object)
    found = names.full_names(Draws(1), number, gender)
    assert all(name.split()[0] in names.FIRST[g] for name, g in zip(found, gender, strict=True))
    assert names.full_names(Draws(1), number[7:8], gender[7:8])[0] == found[7]


def test_phones_are_of_ranges_kept_for_fiction():
    found = names.phones(Draws(1), np.arange(200))
    bare = [phone.replace(" ", "").replace("+44", "0").replace("+49", "0") for phone in found]
    assert {phone[:8] for phone in bare} <= {"01632960", "03023125"}


def test_last_names_are_made_up_of_stem_and_ending_without_repeats():
    assert len(names.LAST) == len(set(names.LAST)) > 500
    assert "Stein" + "stein" not in names.LAST
