import pytest

from crm_helpers.demo import bench
from crm_helpers.demo.bench import measured_generation

pytestmark = pytest.mark.whole


def test_a_small_generation_is_measured():
    taken = measured_generation(60)
    assert taken.customers == 60
    assert taken.order_lines > 300
    assert 0.02 < taken.peak_gb < 4
    assert 0 < taken.processor_seconds


def test_a_generation_that_fails_is_named(monkeypatch):
    monkeypatch.setattr(bench, "__package__", "crm_helpers.demo.nowhere")
    with pytest.raises(RuntimeError, match="generation of 60 customers ended with code 1"):
        measured_generation(60)
