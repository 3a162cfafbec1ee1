"""Files that tell whether a person has edited them."""

import io
import subprocess
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from grader.kits.files import KitFile, archive, is_untouched, marked

FILES = [
    KitFile(path=PurePosixPath("run"), content=b"#!/bin/sh\n", executable=True),
    KitFile(path=PurePosixPath("course/a.py"), content=b"x = 1\n"),
]


@pytest.mark.parametrize("text", ["name: grade\n", '"""A script."""\n', "#!/bin/sh\necho\n"])
def test_a_script_is_untouched_until_a_character_changes(text: str) -> None:
    content = marked(text)
    assert is_untouched(content)
    assert not is_untouched(content.replace(text[-4:].encode(), b"else"))
    assert not is_untouched(content + b"# mine\n")


def test_a_script_keeps_its_interpreter_in_the_first_line() -> None:
    assert marked("#!/bin/sh\necho\n").startswith(b"#!/bin/sh\n# grade ci wrote this")


@pytest.mark.parametrize("content", [b"", b"name: mine\n", b"PK\x03\x04 no archive", b"\xff\xfe\x00"])
def test_what_somebody_else_wrote_is_not_untouched(content: bytes) -> None:
    assert not is_untouched(content)


def test_an_archive_is_the_same_whenever_and_in_whichever_order_it_is_made() -> None:
    assert archive(FILES) == archive(FILES[::-1])


def test_an_archive_is_untouched_until_an_entry_changes() -> None:
    content = archive(FILES)
    assert is_untouched(content)
    memory = io.BytesIO(content)
    with zipfile.ZipFile(memory, "a") as packed:
        packed.writestr("mine.txt", "mine")
    assert not is_untouched(memory.getvalue())


def test_an_archive_unpacks_with_its_permissions(tmp_path: Path) -> None:
    (tmp_path / "kit.zip").write_bytes(archive(FILES))
    with zipfile.ZipFile(tmp_path / "kit.zip") as packed:
        modes = {entry.filename: entry.external_attr >> 16 & 0o777 for entry in packed.infolist()}
        assert packed.testzip() is None
    assert modes == {"run": 0o755, "course/a.py": 0o644}


def test_the_mark_is_a_comment_for_a_shell(tmp_path: Path) -> None:
    script = tmp_path / "script.sh"
    script.write_bytes(marked("#!/bin/bash\necho right\n"))
    done = subprocess.run(["bash", str(script)], capture_output=True, text=True, check=True)  # noqa: S607 - whichever there is
    assert done.stdout == "right\n"
