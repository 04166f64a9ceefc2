"""All reports of a run: jobs and a workshop -> outcomes, several kernels at a time."""

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

from crm_helpers.runner.making import (
    Outcome,
    Workshop,
    in_words,
    kept,
    make,
    publish_failed,
    publish_skipped,
    without_kernel,
)
from crm_helpers.runner.plan import OVERVIEW, Job
from crm_helpers.runner.progress import Progress

PUBLISH = {"skipped": publish_skipped, "failed": publish_failed}


class Suite:
    """Makes the reports of a run; the overview comes last, because it reads the others."""

    def __init__(
        self,
        shop: Workshop,
        progress: Progress,
        note: Callable[[Outcome], None],
        obstacles: dict[str, tuple[str, str]],
    ) -> None:
        self._shop, self._progress, self._note = shop, progress, note
        self._obstacles = obstacles
        self.outcomes: list[Outcome] = []

    def run(self, jobs: list[Job], *, workers: int, resume: bool) -> list[Outcome]:
        """Outcomes of all jobs.

        Parameters
        ----------
        jobs : list of Job
            In the order in which they should start.
        workers : int
            Kernels at the same time.
        resume : bool
            Keep reports that are whole and made from the same data, parameters and code.
        """
        to_make = [job for job in jobs if not self._settled(job, resume)]
        self._side_by_side([job for job in to_make if job.stem != OVERVIEW], workers)
        for job in jobs:
            if job.stem == OVERVIEW and not self._shop.kernels.closed:
                self._done(self._made(job))
        return self.outcomes

    def _settled(self, job: Job, resume: bool) -> bool:
        """Settle a report without a kernel where that can be done."""
        if job.stem in self._obstacles:
            status, reason = self._obstacles[job.stem]
            self._done(without_kernel(job, self._shop, PUBLISH[status], status, reason))
            return True
        outcome = kept(job, self._shop.folder) if resume and job.stem != OVERVIEW else None
        if outcome:
            self._done(outcome)
        return outcome is not None

    def _side_by_side(self, jobs: list[Job], workers: int) -> None:
        with ThreadPoolExecutor(workers) as pool:
            pending = {pool.submit(self._made, job) for job in jobs}
            try:
                while pending:
                    finished, pending = wait(pending, return_when=FIRST_COMPLETED)
                    for future in finished:
                        self._done(future.result())
            except BaseException:
                # Ctrl-C: the kernels end first, else the pool would wait for them.
                for future in pending:
                    future.cancel()
                self._shop.kernels.close()
                raise

    def _made(self, job: Job) -> Outcome:
        def on_cell(index: int, cells: int) -> None:
            self._progress.cell(job.stem, index, cells)

        try:
            return make(job, self._shop, on_cell)
        except Exception as error:  # one report must not stop the others
            reason = in_words(type(error).__name__, str(error))
            return without_kernel(job, self._shop, publish_failed, "failed", reason)

    def _done(self, outcome: Outcome) -> None:
        if outcome.status == "stopped":
            return
        state = f"{outcome.status}, kept" if outcome.kept else outcome.status
        self._progress.done(outcome.stem, state, outcome.reason, outcome.seconds)
        self._note(outcome)
        self.outcomes.append(outcome)
