"""A proof in each format."""

import base64
import hashlib
import json
import re
from collections.abc import Callable

import pytest

from grader.reports.verification import VerificationFormat, render_verification
from tests.fakes.proofs import PROOFS, sound, unsound


@pytest.mark.parametrize("name", PROOFS)
@pytest.mark.parametrize(
    ("report_format", "ending"),
    [(VerificationFormat.TERMINAL, "txt"), (VerificationFormat.JSON, "json"), (VerificationFormat.HTML, "html")],
)
def test_a_proof_reads_as_agreed(
    name: str, report_format: VerificationFormat, ending: str, same_as_golden: Callable[[str, str], None]
) -> None:
    text = render_verification(PROOFS[name](), report_format, verbose=True)
    if report_format is VerificationFormat.HTML:
        text = text[text.index("<body") :]
    same_as_golden(text, f"reports/verification/{name}.{ending}")


def test_every_format_ends_with_a_line_feed() -> None:
    for report_format in VerificationFormat:
        assert render_verification(sound(), report_format).endswith("\n")


def test_problems_stand_before_everything_else() -> None:
    lines = render_verification(unsound(), VerificationFormat.TERMINAL).splitlines()
    assert lines[0].split() == ["Small", "·", "small", "not", "sound"]
    assert lines[4].strip().startswith("✗  misconception forward.adds passes scale.test_values")


def test_a_proof_that_is_not_sound_does_not_claim_what_was_not_shown() -> None:
    text = render_verification(unsound(), VerificationFormat.TERMINAL)
    assert "✓" not in text
    assert "Ran      4 checks, 5 misconceptions, 2 alternatives, 3 seeds (7 to 9)" in text


def test_the_terminal_is_short_unless_every_check_is_asked_for() -> None:
    short = render_verification(sound(), VerificationFormat.TERMINAL)
    long = render_verification(sound(), VerificationFormat.TERMINAL, verbose=True)
    assert len(short.splitlines()) < 24
    assert "scale.test_zero" in long
    assert long.startswith(short.rstrip("\n"))


def test_colours_come_only_where_they_are_wanted() -> None:
    assert "\x1b[" not in render_verification(sound(), VerificationFormat.TERMINAL)
    assert "\x1b[1;32msound" in render_verification(sound(), VerificationFormat.TERMINAL, color=True)


def test_the_json_is_strict_and_carries_its_schema() -> None:
    text = render_verification(unsound(), VerificationFormat.JSON)
    proof = json.loads(text, parse_constant=pytest.fail)
    assert (proof["schema"], proof["sound"], len(proof["problems"])) == ("grade-verify/v1", False, 2)
    [missed, *_] = proof["questions"][0]["misconceptions"]
    assert (missed["caught_by"], missed["failed_checks"]) == (["scale.test_values"], ["scale.test_zero"])


def test_the_page_shows_an_authors_text_as_text() -> None:
    text = render_verification(sound(), VerificationFormat.HTML)
    assert "<script" not in text
    assert "Writes &lt;script&gt;alert(1)&lt;/script&gt;." in text


def test_the_page_names_its_whole_style_in_its_policy() -> None:
    text = render_verification(sound(), VerificationFormat.HTML)
    [style] = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    assert f"style-src 'sha256-{digest}'" in text.replace("&#39;", "'")
    assert " style=" not in text
