"""Code cells are read from any version of the format; what else a notebook holds neither matters nor costs much."""

import json
from typing import Any

import pytest

from grader.course.notebook_cells import NOTEBOOK_CELLS, NOTEBOOK_PARTS, code_cells
from grader.errors import SubmissionError

CODE = "def double(x):\n    return 2 * x"
SOURCE: dict[str, Any] = {"cell_type": "code", "source": CODE}
INPUT: dict[str, Any] = {"cell_type": "code", "language": "python", "input": CODE, "outputs": []}
MARKDOWN: dict[str, Any] = {"cell_type": "markdown", "source": "# A heading", "metadata": {}}


@pytest.mark.parametrize(
    "notebook",
    [
        {"nbformat": 1, "cells": [{"cell_type": "code", "code": CODE}]},
        {"nbformat": 2, "metadata": {"name": ""}, "worksheets": [{"cells": [INPUT]}]},
        {"nbformat": 3, "metadata": {"name": ""}, "worksheets": [{"cells": [MARKDOWN]}, {"cells": [INPUT]}]},
        {"nbformat": 4, "metadata": {}, "cells": [MARKDOWN, SOURCE]},
        {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{**SOURCE, "id": "a", "metadata": {}}]},
        {"nbformat": 4, "nbformat_minor": 99, "metadata": {}, "cells": [SOURCE]},
        {"nbformat": 4, "cells": [{**SOURCE, "source": CODE.splitlines(keepends=True)}]},
    ],
)
def test_every_version_gives_the_same_text(notebook: dict[str, Any], capfd: pytest.CaptureFixture[str]) -> None:
    assert code_cells(json.dumps(notebook).encode(), "work.ipynb").texts == (CODE,)
    assert capfd.readouterr() == ("", "")


def test_outputs_and_metadata_may_be_anything(capfd: pytest.CaptureFixture[str]) -> None:
    odd = {**SOURCE, "outputs": [3, {"text": float("nan")}], "metadata": {"nbgrader": {"grade": True, "points": 1e9}}}
    notebook = {"nbformat": 4, "metadata": {"celltoolbar": [None]}, "cells": [odd]}
    assert code_cells(json.dumps(notebook).encode(), "work.ipynb").texts == (CODE,)
    assert capfd.readouterr() == ("", "")


def test_a_byte_order_mark_is_passed_over() -> None:
    content = json.dumps({"nbformat": 4, "cells": [SOURCE]}).encode("utf-8-sig")
    assert code_cells(content, "work.ipynb").texts == (CODE,)


@pytest.mark.parametrize(
    ("metadata", "language"),
    [
        ({"kernelspec": {"language": "R"}}, "R"),
        ({"language_info": {"name": "julia"}}, "julia"),
        ({"kernelspec": {"language": ["R"]}}, ""),
        ({}, ""),
    ],
)
def test_the_language_is_the_kernels(metadata: dict[str, Any], language: str) -> None:
    content = json.dumps({"nbformat": 4, "metadata": metadata, "cells": []}).encode()
    assert code_cells(content, "work.ipynb").language == language


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (json.dumps({"nbformat": 4, "cells": [MARKDOWN] * (NOTEBOOK_CELLS + 1)}), "has more than 2000 cells"),
        (json.dumps({"nbformat": 4, "cells": [SOURCE] * 50_000}), "has more than 2000 cells"),
        ('{"nbformat": 4, "cells": [' + "[]," * (NOTEBOOK_PARTS // 2 + 1) + "[]]}", "too much output in it"),
        (json.dumps({"nbformat": 4, "cells": [{**SOURCE, "source": "x" * 1_000_001}]}), "larger than 1 MB"),
        (json.dumps({"nbformat": 5, "cells": []}), "not a readable notebook: Unsupported nbformat version 5"),
        ('{"nbformat": 1' + "0" * 5000 + "}", "not a readable notebook"),
        ('{"a":' * 100_000, "not a readable notebook"),
        (json.dumps({"nbformat": 4, "cells": {"cell_type": "code"}}), "its parts are not where"),
        (json.dumps({"nbformat": 4, "cells": [{**SOURCE, "source": [1]}]}), "its parts are not where"),
        (json.dumps({"nbformat": 4, "cells": [{"cell_type": "code"}]}), "its parts are not where"),
        (json.dumps({"nbformat": 4, "cells": [SOURCE], "metadata": []}), "its parts are not where"),
    ],
)
def test_what_is_too_much_or_no_notebook_is_refused_in_one_line(content: str, message: str) -> None:
    with pytest.raises(SubmissionError, match=f"work.ipynb .*{message}") as caught:
        code_cells(content.encode(), "work.ipynb")
    assert "\n" not in caught.value.message
    assert caught.value.hint
