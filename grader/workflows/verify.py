"""Prove that an assignment is sound before students see it."""

import multiprocessing
import os
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from grader.course import Course, open_course
from grader.harness.proof import ProofMaterial, gather, prove_seed
from grader.model.result import GradedSubmission
from grader.model.verification import (
    SubjectKind,
    Verdict,
    Verification,
    find_problems,
    prove_misconceptions,
)
from grader.workflows.grade_one import Options, Progress, grade_one
from grader.workflows.processes import deaf_children, end_with, one_thread_each, processors

SeedProof = tuple[list[Verdict], Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyOptions:
    """How thoroughly to verify."""

    seeds: int = 20
    """How many seeds must give the same verdicts; the first is the assignment's own."""
    jobs: int = 0
    """How many processes; 0: one for each processor."""
    grading: Options
    """How to run the reference and the stubs as a student's submission would be."""


def verify(
    course: Course,
    assignment_id: str,
    options: VerifyOptions,
    on_progress: Callable[[Progress], None] | None = None,
) -> Verification:
    """Run the checks on the reference, the stubs, trivial functions, misconceptions and alternatives.

    Raises `UsageError` for an unknown assignment and `AssignmentError` for one that is damaged.
    """
    started = time.perf_counter()
    assignment = course.assignment(assignment_id)
    material = gather(assignment)
    seeds = tuple(range(assignment.seed, assignment.seed + options.seeds))
    total = len(seeds) + 1
    locked_in = _graded_as_students_are(course, assignment_id, assignment.solution_folder, options.grading)
    report = on_progress or (lambda _: None)
    report(Progress(done=1, total=total, title="reference and stubs, locked in"))
    proofs: dict[int, SeedProof] = {}
    for seed, proof in _prove_seeds(course.folder, assignment_id, material, seeds, options.jobs):
        proofs[seed] = proof
        report(Progress(done=1 + len(proofs), total=total, title=f"seed {seed}"))
    verdicts = [verdict for seed in seeds for verdict in proofs[seed][0]]
    checks = tuple(graded.check for graded in material.checks)
    most = {question.id: question.points for question in assignment.questions}
    return Verification(
        assignment=assignment.id,
        title=assignment.title,
        seeds=seeds,
        problems=(*locked_in, *find_problems(checks, most, material.known(), verdicts)),
        questions=assignment.questions,
        checks=checks,
        misconceptions=prove_misconceptions(material.known(), verdicts),
        alternatives=_subjects(verdicts, SubjectKind.ALTERNATIVE),
        trivial=_subjects(verdicts, SubjectKind.TRIVIAL),
        check_seconds={
            check.id: statistics.median(seconds[check.id] for _, seconds in proofs.values()) for check in checks
        },
        seconds=time.perf_counter() - started,
    )


def _graded_as_students_are(course: Course, name: str, solution: Path, options: Options) -> list[str]:
    """Grade the reference and the stubs in the student's process; return what is not as it should be."""
    reference = grade_one(course, name, solution, options)
    stubs = grade_one(course, name, None, options)
    problems = [*_ungraded("the reference", reference), *_ungraded("the stubs", stubs)]
    if reference.gradable and reference.points < reference.max_points:
        problems.append(f"locked in, the reference earns {reference.points:g} of {reference.max_points:g} points")
    if stubs.gradable and (stubs.points or any(question.attempted for question in stubs.questions)):
        problems.append(f"locked in, the stubs earn {stubs.points:g} points or count as attempted")
    return problems


def _ungraded(who: str, graded: GradedSubmission) -> list[str]:
    return [f"{who} cannot be graded: {error}" for error in graded.errors]


def _subjects(verdicts: Sequence[Verdict], kind: SubjectKind) -> tuple[str, ...]:
    return tuple(dict.fromkeys(verdict.subject for verdict in verdicts if verdict.kind is kind))


def _prove_seeds(
    course: Path, assignment_id: str, material: ProofMaterial, seeds: Sequence[int], jobs: int
) -> Iterator[tuple[int, SeedProof]]:
    """Yield each seed's proof as it ends; one seed is proven in this process, several in a pool."""
    jobs = min(jobs or processors(), len(seeds))
    if jobs == 1:
        yield from ((seed, prove_seed(material, seed)) for seed in seeds)
        return
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        jobs,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_gather_here,
        initargs=(course, assignment_id, os.getpid()),
    )
    try:
        with deaf_children(), one_thread_each():
            waiting = {pool.submit(_prove_here, seed): seed for seed in seeds}
        for future in as_completed(waiting):
            yield waiting[future], future.result()
    except BaseException:
        # An interruption, or a fault that every seed shares: what still runs would only be waited for.
        for process in set(multiprocessing.active_children()) - others:
            process.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


_here: list[ProofMaterial] = []
"""What a process of the pool has gathered: modules cannot be sent, so each process imports them once."""


def _gather_here(course: Path, assignment_id: str, parent: int) -> None:
    end_with(parent)
    _here.append(gather(open_course(course).assignment(assignment_id)))


def _prove_here(seed: int) -> SeedProof:
    return prove_seed(_here[0], seed)
