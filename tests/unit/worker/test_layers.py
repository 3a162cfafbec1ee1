"""Each layer alone, in a process of its own: what it stops, and what it says where it is missing."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("only on Linux", allow_module_level=True)

from grader.worker import landlock

LOCK = """
import os, sys
from grader.worker import landlock, privileges, probes, rlimits, seccomp
from grader.worker.kernel import PR_SET_NO_NEW_PRIVS, prctl
def can(action):
    try:
        action()
    except (OSError, MemoryError):
        return False
    return True
prctl(PR_SET_NO_NEW_PRIVS, 1)
"""


def run(body: str, *arguments: str) -> list[str]:
    script = LOCK + textwrap.dedent(body)
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("version", [1, 2, 3, 4, 5, 6])
def test_landlock_lets_read_what_it_lists_on_kernels_of_every_age(version: int, tmp_path: Path) -> None:
    if landlock.abi() < version:
        pytest.skip(f"this kernel's Landlock has version {landlock.abi()}")
    listed, other = tmp_path / "listed", tmp_path / "other"
    listed.mkdir()
    other.mkdir()
    (listed / "a").write_text("a")
    (other / "b").write_text("b")
    body = f"""
    print(landlock.restrict([sys.argv[1], "/nonexistent"], {version}))
    print(can(lambda: open(sys.argv[1] + "/a").read()), can(lambda: os.listdir(sys.argv[1])))
    print(can(lambda: open(sys.argv[2] + "/b").read()), can(lambda: open(sys.argv[1] + "/new", "w")))
    """
    state, allowed, refused = run(body, str(listed), str(other))
    assert state.startswith("on")
    assert ("does not cover" in state) is (version < 6)
    assert allowed == "True True"
    assert refused == "False False"


def test_a_kernel_without_landlock_is_reported() -> None:
    assert landlock.restrict([], 0) == "off: this kernel has no Landlock"


def test_probes_name_every_open_door() -> None:
    assert run("print(probes.probe(['/etc/passwd']))") == ["off: not blocked: socket, read, write, fork, exec"]


def test_the_filter_alone_closes_all_doors_but_reading() -> None:
    assert run("print(seccomp.restrict(opens=True), probes.probe(['/etc/passwd']))") == ["on off: not blocked: read"]


def test_the_filter_without_opening_closes_all_doors() -> None:
    assert run("print(seccomp.restrict(opens=False), probes.probe(['/etc/passwd']))") == [
        "on, and no file can be opened on"
    ]


def test_limits_bound_memory_and_file_size() -> None:
    body = """
    print(rlimits.restrict(64 << 20, 5))
    print(can(lambda: bytearray(32 << 20)), can(lambda: bytearray(128 << 20)))
    """
    assert run(body) == ["on", "True False"]


def test_a_user_without_privileges_has_none_to_give_up(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    from grader.worker import privileges

    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(privileges, "drop_all_capabilities", lambda: None)
    assert privileges.drop(()) == "on: not root"


@pytest.mark.skipif("__import__('os').geteuid() != 0")
def test_root_ends_as_nobody_or_without_capabilities() -> None:
    body = """
    state = privileges.drop([sys.argv[1]])
    status = open("/proc/self/status").read()
    print(state)
    print([line.split()[1] for line in status.splitlines() if line.startswith(("CapEff", "CapPrm", "CapBnd"))])
    print(os.getuid() == 0)
    """
    nothing = "['0000000000000000', '0000000000000000', '0000000000000000']"
    assert run(body, "/etc/hostname") == ["on", nothing, "False"]
    assert run(body, "/root/secret") == [
        "on, as user 0 without capabilities: no other user can read this Python", nothing, "True",
    ]  # fmt: skip
