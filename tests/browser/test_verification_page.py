"""What a browser makes of the page of `grade verify`: readable, quiet, its matrix usable on every screen."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from grader.model.verification import Verification
from grader.reports.verification import VerificationFormat, render_verification
from tests.fakes.proofs import PROOFS, proven, sound

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


def opened(
    browser: Browser, folder: Path, proof: Verification, *, scheme: Literal["light", "dark"], width: int
) -> Page:
    path = folder / "proof.html"
    path.write_text(render_verification(proof, VerificationFormat.HTML), encoding="utf-8")
    page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PROOFS)
def test_a_proof_is_accessible_quiet_and_fits(
    name: str, scheme: Literal["light", "dark"], width: int, browser: Browser, tmp_path: Path
) -> None:
    said: list[str] = []
    page = opened(browser, tmp_path, PROOFS[name](), scheme=scheme, width=width)
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url))
    page.reload()
    asked = [each for each in said if not each.startswith(("file:", "data:"))]
    assert asked == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    page.close()


@pytest.mark.parametrize("width", [360, 1200])
def test_the_heads_of_a_long_matrix_stay_in_sight(width: int, browser: Browser, tmp_path: Path) -> None:
    many = tuple(
        proven(f"forward.number_{number}", caught_by=("scale.test_values",), failed=("scale.test_values",))
        for number in range(60)
    )
    short = sound()
    long = replace(short, misconceptions=many)
    page = opened(browser, tmp_path, long, scheme="light", width=width)
    row = page.locator("tbody th code", has_text="number_50")
    row.scroll_into_view_if_needed()
    head = page.locator(".proofs thead th").first.bounding_box()
    shown = row.bounding_box()
    assert head is not None
    assert shown is not None
    assert 0 <= head["y"] < shown["y"]
    page.close()


def test_a_mark_is_told_by_its_symbol_and_in_words(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, PROOFS["unsound"](), scheme="light", width=1200)
    missed = page.locator("td.misses")
    assert missed.count() == 1
    assert missed.inner_text().split("\n")[0].startswith("✗")
    assert "is to fail, and passes at some seed" in (missed.text_content() or "")
    page.close()


def test_the_questions_are_reached_by_keyboard(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, sound(), scheme="light", width=1200)
    page.locator("nav a[href='#question-toss']").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "question-toss"
    page.close()
