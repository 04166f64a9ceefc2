"""Groups of words: split where texts fall apart, whole where they do not."""

import numpy as np
import scipy.sparse as sp

from crm_helpers.models.texts.word_groups import groups_of_place, stable_groups, together


def drawn(groups, *, texts=400, words=20, seed=3):
    """Texts of four words; each draws them from one of the groups of words alone."""
    rng = np.random.default_rng(seed)
    size = words // groups
    counted = np.zeros((texts, words))
    for n in range(texts):
        counted[n, (n % groups) * size + rng.choice(size, 4, replace=False)] = 1.0
    return sp.csr_matrix(counted)


def test_two_kinds_of_texts_are_two_groups():
    found = groups_of_place(drawn(2), (2, 3, 4))
    assert found.weights.shape == (2, 20)
    assert set(found.weights.argmax(axis=0)[:10]) != set(found.weights.argmax(axis=0)[10:])


def test_words_that_all_go_together_are_one_group():
    assert len(groups_of_place(drawn(1), (2, 3, 4)).weights) == 1


def test_the_stable_number_is_the_planted_one():
    found = stable_groups(drawn(4, words=40), (2, 3, 4, 6))
    assert len(found.weights) == 4
    assert found.tried[4] > 0.95


def test_words_of_one_text_are_near_and_others_not():
    near = together(drawn(2)).toarray()
    assert np.allclose(near.sum(axis=1), 1.0)
    assert (near[:10, 10:] == 0).all()
    assert (near[:10, :10] > 0).any()


def test_a_handful_of_texts_is_one_group():
    assert len(groups_of_place(drawn(2, texts=3), (2, 3)).weights) == 1
