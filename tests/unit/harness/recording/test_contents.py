"""A recording is read as it was written; a damaged one is said to be damaged, whatever the damage."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grader.errors import AssignmentError
from grader.harness.recording.contents import (
    Answers,
    Head,
    KnownMistake,
    Recording,
    Trial,
    TrialRecords,
    form_of,
    read_recording,
    value_of,
    write_recording,
)
from grader.model.result import Outcome

HEAD = Head(assignment="small", seed=7, numpy="2.0", python="3.11", draws=(0.5,))
ANSWERS = Answers(stubs=(("m", "m.py", "x = 1\n"),), given=("m.f",), calls=())
RECORDS = TrialRecords(
    mistakes=(KnownMistake(id="f.wrong", question="f", hint="Is it?"),),
    trials=(Trial(who="", check="m.test_f", outcome=Outcome.PASSED, message="", credit=0.0, calls=()),),
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("recording") / "recording.bin"
    write_recording(path, HEAD, ANSWERS, RECORDS)
    return path


def test_it_is_read_as_it_was_written(path: Path) -> None:
    recording = read_recording(path)
    assert (recording.head, recording.answers, recording.records) == (HEAD, ANSWERS, RECORDS)


def test_the_same_content_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    write_recording(tmp_path / "again.bin", HEAD, ANSWERS, RECORDS)
    assert (tmp_path / "again.bin").read_bytes() == path.read_bytes()


def test_the_trials_are_not_read_before_they_are_asked_for() -> None:
    read: list[bool] = []

    def read_trials() -> TrialRecords:
        read.append(True)
        return RECORDS

    recording = Recording(HEAD, ANSWERS, read_trials)
    assert not read
    assert recording.records == recording.records == RECORDS
    assert len(read) == 1


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_damage_is_an_error_that_says_what_to_do(path: Path, tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content[place] ^= data.draw(st.integers(1, 255))
    else:
        del content[place:]
    (tmp_path / "damaged.bin").write_bytes(content)
    with pytest.raises(AssignmentError) as caught:
        read_recording(tmp_path / "damaged.bin")
    assert "new copy" in caught.value.hint


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match="cannot read"):
        read_recording(tmp_path / "none.bin")


def test_a_value_keeps_its_form() -> None:
    value = {"small": np.arange(3), "large": np.arange(100.0), "text": "x"}
    back = value_of(form_of(value))
    assert back.keys() == value.keys()
    np.testing.assert_array_equal(back["small"], value["small"])
    assert back["large"].shape == (100,)
