import pandas as pd
import pytest

from crm_helpers.measures.quality.likely_duplicates import duplicates, likely_duplicates, similarity


def people(*names, postcode="10115"):
    ids = [f"C{place}" for place in range(len(names))]
    return pd.DataFrame({"customer_id": ids, "name": names, "postcode": postcode})


def pairs(*names, **more):
    found = likely_duplicates(people(*names, **more), blocks=["postcode"])
    return list(zip(found["first"], found["second"], strict=True))


@pytest.mark.parametrize(
    "variant",
    ["Anna Berger", "Anna Beger", "Anna Bergger", "Anna Bregers", "A. Bergers", "anna bergers"],
)
def test_spelling_variants_of_a_name_are_found(variant):
    assert pairs("Anna Bergers", variant) == [("C0", "C1")]


def test_other_names_are_not_found():
    assert pairs("Anna Bergers", "Bruno Castell", "Anna Winterstein", "Hanna Bergers") == []


def test_the_same_name_at_another_postcode_is_another_person():
    assert pairs("Anna Berger", "Anna Berger", postcode=["10115", "80331"]) == []


def test_rows_without_a_name_are_not_compared():
    found = duplicates(people("Anna Berger", None), seed=1)
    assert found.compared == 1
    assert not found.is_beyond_chance


def test_a_source_without_names_has_nobody_to_compare():
    found = duplicates(pd.DataFrame(), seed=1)
    assert found.compared == 0
    assert len(found.pairs) == 0


def test_names_that_are_all_alike_are_explained_by_chance():
    found = duplicates(people(*["Anna Berger"] * 6), seed=1)
    assert len(found.pairs) == found.by_chance == 15
    assert found.precision == 0.0
    assert not found.is_beyond_chance


def test_similarity_of_a_name_with_itself_is_one():
    assert similarity("Anna Berger", "Anna Berger") == 1.0


def test_an_initial_needs_the_same_last_name():
    assert similarity("A. Berger", "Anna Castell") < 0.85
