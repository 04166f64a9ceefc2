"""Jobs of a run -> the same with example values for the amounts that nobody set."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from crm_helpers.page.examples import Scale, examples, in_words
from crm_helpers.runner.plan import Job


def with_examples(jobs: Mapping[str, Job], scale: Scale, *, currency: str) -> dict[str, Job]:
    """Jobs whose amounts that nobody set for this company have its size, and the line on them.

    Parameters
    ----------
    jobs : mapping of name to Job
        As `plan.plan` gives them.
    scale : Scale
        Of the company.
    currency : str
    """
    return {stem: _with_examples(job, scale, currency) for stem, job in jobs.items()}


def _with_examples(job: Job, scale: Scale, currency: str) -> Job:
    found = examples(job.parameters, job.own, scale)
    if not found:
        return job
    words = in_words(found, scale, currency=currency, stem=job.stem)
    # A page that says more, or takes other amounts, is another page.
    key = hashlib.sha256(f"{job.key} {words}".encode()).hexdigest()[: len(job.key)]
    values = {one.name: one.value for one in found}
    return replace(
        job, parameters=job.parameters | values, examples=found, example_words=words, key=key
    )
