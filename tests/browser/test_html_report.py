"""What a browser makes of the HTML report: no violation, no request, no sideways scrolling, usable by keyboard."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from grader.reports import Format, render
from tests.fakes.graded import EXAMPLES

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


@dataclass
class Opened:
    """A report in a browser, and what the browser had to say about it."""

    page: Page
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def note_dialog(self, dialog: Dialog) -> None:
        """A dialog means that a script ran."""
        self.console.append(dialog.message)
        dialog.dismiss()


@pytest.fixture
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    scheme: Scheme
    width: int
    scheme, width = getattr(request, "param", ("light", 1200))
    opened = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    yield opened
    opened.close()


def open_report(context: BrowserContext, name: str, folder: Path) -> Opened:
    path = folder / f"{name}.html"
    path.write_text(render(EXAMPLES[name](), Format.HTML), encoding="utf-8")
    opened = Opened(page=context.new_page())
    opened.page.on("console", lambda message: opened.console.append(message.text))
    opened.page.on("pageerror", lambda error: opened.console.append(str(error)))
    opened.page.on("request", lambda request: opened.requests.append(request.url))
    opened.page.on("dialog", opened.note_dialog)
    opened.page.goto(path.as_uri())
    return opened


@pytest.mark.parametrize("context", [(scheme, width) for scheme in SCHEMES for width in (360, 1200)], indirect=True)
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_report_is_accessible_quiet_and_fits(name: str, context: BrowserContext, tmp_path: Path) -> None:
    opened = open_report(context, name, tmp_path)
    page = opened.page
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")

    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert [url for url in opened.requests if not url.startswith(("file:", "data:"))] == []
    assert len(opened.requests) <= 2
    assert opened.console == []
    # axe itself is run last: it brings its own script, which the page's policy does not apply to
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []


@pytest.mark.parametrize("context", [(scheme, 1200) for scheme in SCHEMES], indirect=True)
def test_the_page_follows_the_readers_colour_scheme(context: BrowserContext, tmp_path: Path) -> None:
    page = open_report(context, "half_right", tmp_path).page
    background = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    dark = page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")

    assert (sum(background) < 3 * 128) is dark


def test_the_first_tab_stop_skips_to_the_report(context: BrowserContext, tmp_path: Path) -> None:
    page = open_report(context, "half_right", tmp_path).page
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.textContent") == "Skip to the report"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_overview_leads_to_each_question_by_keyboard(context: BrowserContext, tmp_path: Path) -> None:
    page = open_report(context, "half_right", tmp_path).page
    for question in EXAMPLES["half_right"]().questions:
        link = page.locator(f"nav a[href='#question-{question.id}']")
        link.focus()
        assert link.evaluate("link => getComputedStyle(link).outlineStyle") != "none"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == f"question-{question.id}"


def test_what_works_in_a_complete_question_opens_by_keyboard(context: BrowserContext, tmp_path: Path) -> None:
    page = open_report(context, "perfect", tmp_path).page
    works = page.locator("details.works").first
    works.locator("summary").focus()
    page.keyboard.press("Enter")

    assert works.locator("li").first.is_visible()


def test_hostile_text_runs_nothing(context: BrowserContext, tmp_path: Path) -> None:
    opened = open_report(context, "hostile", tmp_path)

    assert opened.console == []
    assert opened.page.locator("script").count() == 0
    assert opened.page.get_by_text("<script>alert(1)</script>").count() > 0


def test_a_style_that_the_policy_does_not_name_is_refused(context: BrowserContext, tmp_path: Path) -> None:
    """The policy is in force: without this, a page with none would pass the tests above."""
    path = tmp_path / "forged.html"
    text = render(EXAMPLES["half_right"](), Format.HTML)
    forged = "<style>h1 { display: none }</style><script>document.title = 'forged'</script></body>"
    path.write_text(text.replace("</body>", forged), encoding="utf-8")
    page = context.new_page()
    page.goto(path.as_uri())

    assert page.locator("h1").is_visible()
    assert page.title() != "forged"
