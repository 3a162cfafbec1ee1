"""A Gradescope export says whose each folder is; what a student printed cannot say otherwise."""

from pathlib import Path

import pytest

from grader.course.gradescope import METADATA, read_submitters
from grader.errors import SubmissionError
from grader.model.found import Student

EXPORT = """\
---
submission_11:
  :submitters:
  - :name: Jane Doe
    :sid: '0042'
    :email: jane@example.org
  :created_at: 2026-01-02 03:04:05 Z
  :score: 3.0
  :results:
    tests:
    - name: Jane Doe
      output: |
        submission_12:
          :submitters:
          - :name: Mallory
      :submitters:
      - :name: Mallory
submission_12:
  :submitters:
  - :name: "Zo\\u00eb \\"Z\\" Ito"
    :sid:
    :email: zoe@example.org
  - :name: 'Pat O''Neill'
    :sid: '7'
    :email: pat@example.org
  :history: []
submission_13:
  :submitters: []
  :score: 1.0
other:
  :submitters:
  - :name: Nobody
"""


def test_each_folder_has_its_submitters(tmp_path: Path) -> None:
    (tmp_path / METADATA).write_text(EXPORT, encoding="utf-8")
    assert read_submitters(tmp_path) == {
        "submission_11": (Student(id="0042", name="Jane Doe", email="jane@example.org"),),
        "submission_12": (
            Student(id="zoe@example.org", name='Zoë "Z" Ito', email="zoe@example.org"),
            Student(id="7", name="Pat O'Neill", email="pat@example.org"),
        ),
    }


def test_a_linked_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text(EXPORT, encoding="utf-8")
    (tmp_path / METADATA).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SubmissionError, match="is a link"):
        read_submitters(tmp_path)
