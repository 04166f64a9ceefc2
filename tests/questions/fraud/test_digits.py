import numpy as np
import pandas as pd
import pytest

from crm_helpers.page.section import is_absent
from crm_helpers.questions.fraud.digits import digits


def test_amounts_that_follow_the_law_show_their_digits():
    amount = 10 ** np.linspace(0, 4, 5_000)
    shown = digits(pd.DataFrame({"amount": amount})).data
    assert shown["digit"].tolist() == list(range(1, 10))
    assert shown["digit_share"].iloc[0] == pytest.approx(np.log10(2), abs=0.01)


def test_equal_amounts_tell_nothing():
    said = digits(pd.DataFrame({"amount": [50.0] * 100}))
    with pytest.raises(ValueError, match="it shows words alone"):
        _ = said.data


def test_without_amounts_there_is_no_answer():
    assert is_absent(digits(pd.DataFrame({"payment_id": ["a"]})))
