"""What a browser makes of the class report, opened as files: readable, quiet, searched and sorted without a network."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, Request

from grader.reports.class_report import class_view, render_class, render_feedback, render_index, render_student
from tests.fakes.class_records import class_record, eventful, varied
from tests.fakes.graded import half_right

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
PAGES = (
    "first/index.html",
    "empty/index.html",
    "index.html",
    "first/students/helped.html",
    "first/feedback/helped.html",
)
STUDENTS = "section:has(#students) tbody tr"


@dataclass
class Opened:
    """A page in a browser, and what the browser had to say about it."""

    page: Page
    said: list[str] = field(default_factory=list)

    def note_dialog(self, dialog: Dialog) -> None:
        """A dialog means that a script of somebody else's ran."""
        self.said.append(dialog.message)
        dialog.dismiss()

    def note_request(self, request: Request) -> None:
        """Nothing is asked of the network."""
        if not request.url.startswith(("file:", "data:")):
            self.said.append(request.url)

    def shown(self) -> list[str]:
        """Return the names in the list of students, from top to bottom."""
        return self.page.locator(f"{STUDENTS}:visible th").all_inner_texts()

    def column(self, name: str) -> list[str]:
        """Return what stands in a column of the list of students, from top to bottom."""
        number = self.page.locator("section:has(#students) thead th").all_inner_texts().index(name)
        return self.page.locator(f"{STUDENTS}:visible > :nth-child({number + 1})").all_inner_texts()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    views = {
        "first": class_view(eventful(), at_risk_percent=50),
        "empty": class_view(class_record([]), at_risk_percent=50),
    }
    for name, view in views.items():
        (folder / name / "students").mkdir(parents=True)
        (folder / name / "feedback").mkdir()
        (folder / name / "index.html").write_text(render_class(view, index="../index.html"), encoding="utf-8")
        for row in view.students:
            if row.page:
                addresses = {"class_page": "../index.html", "feedback": f"../feedback/{row.page}.html"}
                (folder / name / "students" / f"{row.page}.html").write_text(
                    render_student(row, half_right(), **addresses), encoding="utf-8"
                )
                (folder / name / "feedback" / f"{row.page}.html").write_text(
                    render_feedback(row, half_right()), encoding="utf-8"
                )
    (folder / "index.html").write_text(render_index(views), encoding="utf-8")
    large = class_view(varied(1000), at_risk_percent=50)
    (folder / "large.html").write_text(render_class(large), encoding="utf-8")
    return folder


@pytest.fixture
def report(browser: Browser, site: Path) -> Iterator[Opened]:
    opened = open_page(browser, site / "first" / "index.html")
    yield opened
    assert opened.said == []
    opened.page.close()


def open_page(
    browser: Browser, path: Path, *, scheme: Scheme = "light", width: int = 1200, script: bool = True
) -> Opened:
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, java_script_enabled=script
    )
    opened = Opened(page=context.new_page())
    opened.page.on("console", lambda message: opened.said.append(message.text))
    opened.page.on("pageerror", lambda error: opened.said.append(str(error)))
    opened.page.on("dialog", opened.note_dialog)
    opened.page.on("request", opened.note_request)
    opened.page.goto(path.as_uri())
    return opened


@pytest.mark.parametrize("width", [360, 1200])
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_quiet_and_fits(
    name: str, scheme: Scheme, width: int, browser: Browser, site: Path
) -> None:
    opened = open_page(browser, site / name, scheme=scheme, width=width)
    page = opened.page
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert opened.said == []
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(each["id"], [node["html"] for node in each["nodes"]]) for each in found] == []
    page.close()


def test_searching_shows_who_is_meant_and_says_how_many(report: Opened) -> None:
    report.page.get_by_label("Search").fill("gödel")
    names = report.shown()
    assert names
    assert all("Gödel" in name for name in names)
    assert report.page.locator("output").inner_text() == f"{len(names)} of 43 shown"
    report.page.get_by_label("Search").fill("gödel student0")
    assert report.shown() == names
    report.page.get_by_label("Search").fill("nobody of this name")
    assert report.shown() == []
    report.page.get_by_label("Search").fill("")
    assert len(report.shown()) == 43


def test_filtering_shows_those_of_whom_it_is_true(report: Opened) -> None:
    report.page.get_by_label("Show").select_option("late")
    assert report.shown()
    assert all(int(days) > 0 for days in report.column("days late"))
    report.page.get_by_label("Show").select_option("ungraded")
    assert report.shown() == ["Zippy Unread\nzip"]
    report.page.get_by_label("Search").fill("ada")
    assert report.shown() == []


def test_sorting_puts_numbers_by_size_and_who_has_none_last(report: Opened) -> None:
    button = report.page.get_by_role("button", name="mark", exact=True)
    for order, reverse in (("ascending", False), ("descending", True)):
        button.click()
        marks = report.column("mark")
        numbers = [float(mark) for mark in marks if mark != "–"]
        assert numbers == sorted(numbers, reverse=reverse)
        assert marks[: len(numbers)] == [mark for mark in marks if mark != "–"]
        assert report.page.locator("section:has(#students) [aria-sort]").get_attribute("aria-sort") == order


def test_sorting_puts_names_by_their_letters_and_works_by_keyboard(report: Opened) -> None:
    button = report.page.get_by_role("button", name="student", exact=True).last
    button.focus()
    report.page.keyboard.press("Enter")
    names = [name.partition("\n")[0] for name in report.shown()]
    assert (
        names.index("Ada Gödel")
        < names.index("Blaise Gödel")
        < names.index("Émilie Pascal")
        < names.index("Grace Pascal")
    )


def test_the_questions_can_be_sorted_and_put_back_in_their_order(report: Opened) -> None:
    rows = report.page.locator("section:has(#questions) table").first.locator("tbody th code")
    before = rows.all_inner_texts()
    report.page.get_by_role("button", name="mean share", exact=True).click()
    assert rows.all_inner_texts() != before
    report.page.get_by_role("button", name="question", exact=True).first.click()
    assert rows.all_inner_texts() == before


def test_a_student_is_opened_and_left_again(report: Opened) -> None:
    page = report.page
    page.get_by_label("Search").fill("helped")
    page.get_by_role("link", name="Helped Once", exact=True).last.click()
    assert page.get_by_role("heading", name="Helped Once").is_visible()
    page.get_by_role("link", name="feedback").click()
    assert page.get_by_role("heading", name="Your mark").is_visible()
    page.go_back()
    page.get_by_role("link", name="The class").click()
    page.get_by_role("link", name="All assignments").click()
    page.get_by_label("Search").fill("helped")
    page.locator(f"{STUDENTS}:visible a").first.click()
    assert page.get_by_role("heading", name="Helped Once").is_visible()


def test_a_link_to_a_questions_checks_opens_them(report: Opened) -> None:
    checks = report.page.locator("#checks-l2_penalty")
    assert not checks.evaluate("details => details.open")
    report.page.get_by_role("link", name="l2_penalty", exact=True).first.click()
    assert checks.get_by_text("Biases stay free").is_visible()


def test_without_its_script_the_page_is_whole_and_offers_nothing_that_does_not_work(
    browser: Browser, site: Path
) -> None:
    opened = open_page(browser, site / "first" / "index.html", script=False)
    assert opened.page.locator(STUDENTS).count() == 43
    assert opened.page.locator("button, input, select").count() == 0
    opened.page.close()


def test_a_script_that_the_policy_does_not_name_is_refused(browser: Browser, site: Path) -> None:
    """The policy is in force: without this, a page with none would pass the tests above."""
    text = (site / "first" / "index.html").read_text(encoding="utf-8")
    (site / "forged.html").write_text(
        text.replace("</body>", "<script>document.title = 'forged'</script></body>"), encoding="utf-8"
    )
    opened = open_page(browser, site / "forged.html")
    assert opened.page.title() != "forged"
    assert "Content Security Policy" in "".join(opened.said)
    opened.page.close()


def test_a_thousand_students_are_searched_and_sorted(browser: Browser, site: Path) -> None:
    opened = open_page(browser, site / "large.html")
    opened.page.get_by_role("button", name="mark", exact=True).click()
    marks = [float(mark) for mark in opened.column("mark") if mark != "–"]
    assert len(marks) > 800
    assert marks == sorted(marks)
    opened.page.get_by_label("Search").fill("student77")
    assert len(opened.shown()) == 10
    assert opened.said == []
    opened.page.close()
