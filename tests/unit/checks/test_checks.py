import subprocess
import sys

import grader.checks


def test_every_public_name_exists_and_is_told() -> None:
    assert sorted(grader.checks.__all__) == grader.checks.__all__
    for name in grader.checks.__all__:
        assert getattr(grader.checks, name).__doc__, name


def test_importing_the_room_loads_nothing_heavy() -> None:
    heavy = "matplotlib pytest rich jinja2 nbformat click scipy hypothesis pygments"
    listed = f"import sys, grader.checks; print([name for name in {heavy.split()} if name in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", listed], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
