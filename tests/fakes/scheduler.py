"""A scheduler that knows the answers, for tests of who asks."""

from collections.abc import Callable, Iterator, Sequence

from grader.workflows.schedulers.jobs import Answer, Job


class FakeScheduler:
    """Answers every job in order; remembers what it was asked."""

    def __init__(self, answer: Callable[[Job], Answer]) -> None:
        self._answer = answer
        self.asked: list[str] = []

    def grade(self, jobs: Sequence[Job]) -> Iterator[Answer]:
        """See `Scheduler`."""
        for job in jobs:
            self.asked.append(job.submission.name)
            yield self._answer(job)
