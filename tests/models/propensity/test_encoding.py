import numpy as np
import pandas as pd

from crm_helpers.models.propensity.encoding import (
    Encoding,
    category_columns,
    numeric_columns,
    with_categories,
)


def frame():
    return pd.DataFrame(
        {
            "amount": [1.0, 2.0, np.nan] * 20,
            "is_member": [True, False, True] * 20,
            "plan": ["a", "b", None] * 20,
        }
    )


def test_numbers_and_flags_are_numbers_words_are_categories():
    assert numeric_columns(frame()) == ["amount", "is_member"]
    assert category_columns(frame()) == ["plan"]


def test_a_level_never_seen_is_other_and_a_missing_one_is_missing():
    encoding = Encoding.learned(frame())
    later = frame().head(3).assign(plan=["a", "zebra", None])
    assert encoding.code_array(later)[:, 0].tolist() == [2, 1, 0]


def test_a_rare_level_is_other():
    rare = pd.DataFrame({"plan": ["a"] * 2000 + ["z"] * 3})
    assert Encoding.learned(rare).levels == {"plan": ["a"]}


def test_categoricals_give_the_same_codes_as_words():
    encoding = Encoding.learned(frame())
    assert (encoding.code_array(frame()) == encoding.code_array(with_categories(frame()))).all()


def test_linear_array_has_no_holes_and_a_flag_for_them():
    array = Encoding.learned(frame()).linear_array(frame())
    assert np.isfinite(array).all()
    assert array[:, 2].tolist() == [0, 0, 1] * 20


def test_a_column_without_any_value_is_harmless():
    empty = pd.DataFrame({"amount": [np.nan] * 5, "other": [1.0, 2, 3, 4, 5]})
    assert np.isfinite(Encoding.learned(empty).linear_array(empty)).all()


def test_input_is_left_unchanged():
    before = frame()
    Encoding.learned(before).linear_array(before)
    pd.testing.assert_frame_equal(before, frame())
