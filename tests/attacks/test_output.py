"""What a student prints, raises or names reaches no terminal, page or CI log as more than text."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest

from grader.reports import Format, render
from grader.sandbox import Isolation
from grader.sandbox.fork import ForkSandbox
from tests.attacks.arena import Arena

EVIL = (
    "\x1b[2J\x1b]0;title\x07 \x9b31m \u202egnp.exe\u2066 \x00 \r\n::error file=x::owned\n  ::stop-commands::y\n"
    "##[error]z\n##vso[task.complete result=Succeeded]\n<script>alert(1)</script><img src=x onerror=alert(1)>"
    "</pre></div></details>]]>\n```\n# heading\n[a](javascript:alert(1)) ![b](https://evil.example/x.png) \n| a | b |\n"
    "=HYPERLINK(1) @everyone"
)
"""Control sequences, bidirectional overrides, runner commands, HTML and Markdown."""

FORGED = "answer in the worker's place"
PAYLOADS = {
    "printed": "def cheat(dout, cache):\n    print(EVIL)\n    return give_up(dout)",
    "printed bytes": "def cheat(dout, cache):\n    os.write(1, b'\\xff' + EVIL.encode())\n    return give_up(dout)",
    "message of an exception": "def cheat(dout, cache):\n    raise ValueError(EVIL)",
    "name of an exception": "def cheat(dout, cache):\n    raise type(EVIL.replace('\\x00', ''), (Exception,), {})('x')",
    "line of code": "def cheat(dout, cache):\n    raise ValueError  # ::error::<script>alert(1)</script> \u202e\x1b",
    "name of a returned class": "def cheat(dout, cache):\n    return type(EVIL.replace('\\x00', ''), (), {})()",
    "returned text": "def cheat(dout, cache):\n    return EVIL",
    "name of a function": "globals()[EVIL] = lambda: 1\ncheat = eval('nothing', {'__name__': EVIL})",
    FORGED: (
        "import gc\nfrom grader.wire import messages\ndef cheat(dout, cache):\n"
        "    line = next(item for item in gc.get_objects() if type(item).__name__ == 'Conversation')\n"
        "    frame = messages.FrameRecord(EVIL, 7, EVIL, EVIL)\n"
        "    line._send(line._number, messages.ErrorAnswer((EVIL, EVIL), EVIL, (frame,) * 3))\n    os._exit(0)"
    ),
}


class _Page(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.targets: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.targets |= {value or "" for name, value in attrs if name in ("href", "src", "action")}


@pytest.fixture(scope="module")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Arena:
    return Arena(tmp_path_factory.mktemp("arena"))


@pytest.fixture(scope="module")
def reports(arena: Arena) -> Iterator[Callable[[str], dict[Format, str]]]:
    """Give a function that grades a payload and returns every report of it, with all there is to show."""
    with ForkSandbox(isolation=Isolation.STRICT) as sandbox:

        def of(payload: str) -> dict[Format, str]:
            graded = arena.grade(payload, sandbox)
            assert graded.gradable, graded.errors
            return {each: render(graded, each, verbose=True) for each in Format}

        yield of


@pytest.mark.parametrize("where", PAYLOADS)
def test_hostile_text_is_shown_and_never_obeyed(reports: Callable[[str], dict[Format, str]], where: str) -> None:
    for report_format, report in reports(f"EVIL = {EVIL!r}\n{PAYLOADS[where]}").items():
        _assert_plain(report)
        if report_format is Format.JSON:
            assert json.loads(report)["gradable"] is True
        if report_format is Format.MARKDOWN:
            _assert_harmless_markdown(report)
        if report_format is Format.HTML:
            _assert_harmless_page(report)


def test_hostile_text_is_not_obeyed_by_who_runs_the_command(arena: Arena) -> None:
    submission = arena.hand_in(f"EVIL = {EVIL!r}\n{PAYLOADS[FORGED]}")
    command = [sys.executable, "-B", "-m", "grader", "small", str(submission), "--course", str(arena.course), "-v"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60, env={**os.environ, "PYTHONUTF8": "1"})
    assert done.returncode == 1
    _assert_plain((done.stdout + done.stderr).decode())


def test_a_hidden_check_shows_neither_what_was_printed_nor_what_was_returned(
    reports: Callable[[str], dict[Format, str]],
) -> None:
    payload = "def cheat(dout, cache):\n    print('factor', cache)\n    return cache * 1000.125 * np.ones_like(dout)"
    given = reports(payload)
    shown = {
        check["id"]: check for question in json.loads(given[Format.JSON])["questions"] for check in question["checks"]
    }
    assert shown["scale.test_reference"]["stdout"] == "factor 3.0\n"
    assert "3000.3" in shown["scale.test_reference"]["message"]
    for report in given.values():
        assert "17.25" not in report
        assert "17252" not in report


def _assert_plain(report: str) -> None:
    """Nothing in it that a terminal or a CI runner would obey."""
    assert {character for character in report if character != "\n" and not character.isprintable()} == set()
    assert not re.search(r"^\s*::", report, re.MULTILINE)
    assert "##[" not in report
    assert "##vso[" not in report


def _assert_harmless_markdown(report: str) -> None:
    outside_code = re.sub(r"^(`{3,}).*?^\1$|(`+).*?\2", "", report, flags=re.MULTILINE | re.DOTALL)
    for obeyed in ("<script", "<img", "](javascript", "![b]("):
        assert obeyed not in outside_code


def _assert_harmless_page(report: str) -> None:
    page = _Page()
    page.feed(report)
    assert not page.tags & {"script", "img", "iframe", "form", "object"}
    assert not {name for name in page.attributes if name.startswith("on")}
    assert not {target for target in page.targets if "evil" in target or target.startswith("javascript")}
