import pandas as pd

from crm_helpers.measures.effects.response_kinds import response_kinds


def test_uplift_that_just_pays_for_the_contact_is_not_yet_persuadable():
    kinds = response_kinds(pd.Series([0.05, 0.051]), pd.Series([0.1, 0.1]), needed_uplift=0.05)
    assert kinds.tolist() == ["lost cause", "persuadable"]


def test_each_person_may_need_an_uplift_of_his_own():
    needed = pd.Series([0.1, 0.02])
    kinds = response_kinds(pd.Series([0.05, 0.05]), pd.Series([0.1, 0.1]), needed_uplift=needed)
    assert kinds.tolist() == ["lost cause", "persuadable"]


def test_harm_counts_whatever_the_control_rate():
    kinds = response_kinds(pd.Series([-0.2, -0.2]), pd.Series([0.0, 1.0]), needed_uplift=0.05)
    assert kinds.tolist() == ["better left alone"] * 2


def test_index_is_kept():
    kinds = response_kinds(pd.Series([0.0], index=["ann"]), pd.Series([0.9]), needed_uplift=0.1)
    assert kinds.to_dict() == {"ann": "sure thing"}
