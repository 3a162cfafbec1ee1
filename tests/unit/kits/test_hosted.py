"""Kits that carry the course with them."""

import io
import zipfile
from pathlib import PurePosixPath

import numpy as np
import pytest

from grader.errors import UsageError
from grader.kits import Kit, KitFile, KitSettings, classroom50_kit, gradescope_kit
from grader.kits.hosted import CLASSROOM50_BYTES

SETTINGS = KitSettings(assignments=("small",), python="3.12")
STUB = KitFile(path=PurePosixPath("assignments/small/scale.py"), content=b"x = 1\n")
SOLUTION = KitFile(path=PurePosixPath("solutions/small/scale.py"), content=b"x = 2\n")


def _setup(kit: Kit) -> str:
    with zipfile.ZipFile(io.BytesIO(kit.files[0].content)) as packed:
        return packed.read("setup.sh").decode()


def test_an_image_tests_itself_with_the_reference_where_there_is_one() -> None:
    assert "self-test" in _setup(gradescope_kit(SETTINGS, {"small": [STUB, SOLUTION]}, "{}"))
    assert "self-test" not in _setup(gradescope_kit(SETTINGS, {"small": [STUB]}, "{}"))


def test_an_autograder_has_its_scripts_at_the_top_and_the_course_below() -> None:
    (file,) = gradescope_kit(SETTINGS, {"small": [STUB]}, "{}").files
    with zipfile.ZipFile(io.BytesIO(file.content)) as packed:
        modes = {entry.filename: entry.external_attr >> 16 & 0o777 for entry in packed.infolist()}
    assert (modes["setup.sh"], modes["run_autograder"]) == (0o755, 0o755)
    assert "course/assignments/small/scale.py" in modes


def test_solutions_never_get_into_what_students_can_read() -> None:
    with pytest.raises(ValueError, match="solutions of small"):
        classroom50_kit(SETTINGS, {"small": [STUB, SOLUTION]})


def test_a_bundle_that_would_not_be_fetched_is_refused() -> None:
    content = np.random.default_rng(0).bytes(CLASSROOM50_BYTES)  # cannot be packed
    noise = KitFile(path=PurePosixPath("assignments/small/data.bin"), content=content)
    with pytest.raises(UsageError, match="larger than the 10 MB"):
        classroom50_kit(SETTINGS, {"small": [STUB, noise]})
