"""Kits that carry the course and the grader with them: Gradescope and Classroom 50."""

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from grader.errors import UsageError
from grader.kits.files import Kit, KitFile, archive, marked
from grader.kits.rendering import render
from grader.kits.settings import KitSettings
from grader.kits.wheel import constraints, wheel

GRADESCOPE_SECONDS = 540
"""Gradescope kills what takes longer than 10 minutes, and then there is no result at all."""
CLASSROOM50_SECONDS = 900
CLASSROOM50_BYTES = 10 << 20
"""Of a packed bundle: what its runner fetches at most."""

_COURSE = PurePosixPath("course")


def gradescope_kit(settings: KitSettings, course: Mapping[str, Sequence[KitFile]], fallback: str) -> Kit:
    """Return an autograder zip for each assignment. `course` holds its files, `fallback` the result of a failed run."""
    files = []
    for assignment in settings.assignments:
        values = {"settings": settings, "assignment": assignment, "seconds": GRADESCOPE_SECONDS}
        has_solution = any(file.path.parts[0] == "solutions" for file in course[assignment])
        setup = render("setup.sh.j2", **values, has_solution=has_solution)
        run = render("run_autograder.j2", **values, fallback=fallback)
        contents = [
            KitFile(path=PurePosixPath("setup.sh"), content=setup.encode(), executable=True),
            KitFile(path=PurePosixPath("run_autograder"), content=run.encode(), executable=True),
            *_carried(course[assignment]),
        ]
        files.append(KitFile(path=PurePosixPath(f"{assignment}-gradescope.zip"), content=archive(contents)))
    return Kit(
        files=tuple(files),
        next_steps=(
            "upload the zip under Configure Autograder, with Ubuntu 24.04 as the base image",
            "in the assignment's settings, choose at least 1 CPU and 1.5 GB: 0.75 GB is less than student code may use",
            "give the autograder the assignment's points, and try it with Test Autograder",
            "read its output: a machine that cannot lock student code in says so, and gives no mark (--isolation)",
        ),
    )


def classroom50_kit(settings: KitSettings, course: Mapping[str, Sequence[KitFile]]) -> Kit:
    """Return the folder of an autograder for each assignment: a script, and beside it all that it needs.

    `course` must hold no solutions: students' runs fetch the bundle, so that students can read it. Raises `UsageError`
    for an assignment that is too large.
    """
    files: list[KitFile] = []
    for assignment in settings.assignments:
        if any(file.path.parts[0] == "solutions" for file in course[assignment]):
            raise ValueError(f"solutions of {assignment} in a bundle that students can read")
        values = {"settings": settings, "assignment": assignment, "seconds": CLASSROOM50_SECONDS}
        script = marked(render("autograder.py.j2", **values))
        carried = archive(_carried(course[assignment]))
        if len(script) + len(carried) > CLASSROOM50_BYTES:
            raise UsageError(
                f"the autograder of {assignment} is larger than the 10 MB that Classroom 50 fetches",
                hint="remove large files from the assignment's folder",
            )
        folder = PurePosixPath(assignment)
        files += [
            KitFile(path=folder / "autograder.py", content=script),
            KitFile(path=folder / "kit.zip", content=carried),
        ]
    return Kit(
        files=tuple(files),
        next_steps=(
            "copy each folder to CLASSROOM/autograders/ASSIGNMENT in your organization's classroom50 repository; push",
            "points are whole numbers there: they are scaled where a check is worth a part of one",
            "students can read what is in these folders: hidden checks are not in them, and count in grade class only",
        ),
    )


def _carried(course: Sequence[KitFile]) -> list[KitFile]:
    return [wheel(), constraints(), *(KitFile(path=_COURSE / file.path, content=file.content) for file in course)]
