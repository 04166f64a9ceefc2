import subprocess

import pytest

from crm_helpers.page import colophon


def test_every_package_named_is_installed() -> None:
    assert list(colophon.versions()) == ["Python", *colophon.PACKAGES]


def test_without_version_control_no_commit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise FileNotFoundError("git")

    monkeypatch.setattr(subprocess, "run", fail)
    colophon.commit.cache_clear()
    assert colophon.commit() == ""
    colophon.commit.cache_clear()


@pytest.mark.parametrize(
    ("value", "shown"), [([], "(empty)"), (["a", "b"], "a, b"), ("", "(empty)")]
)
def test_empty_parameters_are_said(value: object, shown: str) -> None:
    assert f"<dd>{shown}</dd>" in colophon._parameters({"segments": value})
