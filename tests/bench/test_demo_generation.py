"""Generation of the demo company at three sizes; run with `make bench`."""

import pytest

from crm_helpers.demo.bench import SIZES, measured_generation

LIMIT_SECONDS = {20_000: 15, 1_000_000: 600}
LIMIT_GB = 8


@pytest.mark.bench
def test_generation_grows_no_faster_than_linearly_and_keeps_its_limits(capsys):
    found = [measured_generation(customers) for customers in SIZES]
    with capsys.disabled():
        for taken in found:
            line = (
                f"{taken.customers:>9,} customers {taken.order_lines:>12,} lines "
                f"{taken.seconds:7.1f} s {taken.peak_gb:5.2f} GB"
            )
            print(line)  # noqa: T201
    for taken in found:
        assert taken.seconds < LIMIT_SECONDS.get(taken.customers, 600)
        assert taken.peak_gb < LIMIT_GB
    per_customer = [taken.processor_seconds / taken.customers for taken in found]
    assert max(per_customer[1:]) < 1.15 * per_customer[0]
