"""The grader as a wheel that pip takes."""

import base64
import csv
import hashlib
import io
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import numpy as np

import grader
from grader.kits.wheel import constraints, wheel


def test_the_record_names_every_file_with_its_hash() -> None:
    with zipfile.ZipFile(io.BytesIO(wheel().content)) as packed:
        names = packed.namelist()
        (record,) = [name for name in names if name.endswith("/RECORD")]
        rows = list(csv.reader(packed.read(record).decode().splitlines()))
        assert sorted(row[0] for row in rows) == sorted(names)
        for name, digest, size in rows:
            if name != record:
                content = packed.read(name)
                expected = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
                assert (digest, int(size)) == (f"sha256={expected}", len(content))


def test_it_holds_the_templates_and_no_caches() -> None:
    with zipfile.ZipFile(io.BytesIO(wheel().content)) as packed:
        names = packed.namelist()
    assert "grader/kits/templates/setup.sh.j2" in names
    assert not any("__pycache__" in name for name in names)


def test_pip_installs_it_and_it_runs_without_the_checkout(tmp_path: Path) -> None:
    file = wheel()
    (tmp_path / str(file.path)).write_bytes(file.content)
    target = tmp_path / "site"
    pip = [sys.executable, "-I", "-m", "pip", "--isolated", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*pip, "--no-deps", "--no-index", "--target", str(target), str(tmp_path / str(file.path))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    where = "import sys; sys.path.insert(0, sys.argv[1]); import grader; print(grader.__file__)"
    asked = subprocess.run(
        [sys.executable, "-I", "-c", where, str(target)], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert Path(asked.stdout.strip()) == target / "grader" / "__init__.py"
    assert metadata.Distribution.at(next(target.glob("*.dist-info"))).version == grader.__version__


def test_constraints_are_what_is_installed_here() -> None:
    lines = constraints().content.decode().splitlines()
    assert f"numpy=={np.__version__}" in lines
    assert any(line.startswith("pytest==") for line in lines)
    assert not any(line.startswith(("dl-grader", "mypy", "ruff")) for line in lines)
