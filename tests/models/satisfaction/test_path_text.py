import pytest

from crm_helpers.models.satisfaction.path_text import path_arrows, path_blocks


@pytest.mark.parametrize("text", ["quality", "quality:", ": PERQ1"])
def test_block_without_name_or_questions_is_refused(text):
    with pytest.raises(ValueError, match=f"path_blocks: found '{text}'; expected a new name"):
        path_blocks([text])


def test_block_named_twice_is_refused():
    with pytest.raises(ValueError, match="path_blocks: found 'a: y'; expected a new name"):
        path_blocks(["a: x", "a: y"])


@pytest.mark.parametrize("text", ["quality", "a -> b -> c", "-> b", "a -> a"])
def test_arrow_that_is_none_is_refused(text):
    with pytest.raises(ValueError, match=f"path_links: found '{text}'; expected two blocks"):
        path_arrows([text])
