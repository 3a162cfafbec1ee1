"""Tests of the HTML report's text; what a browser makes of it is tested in tests/browser."""

import base64
import hashlib
import re
from collections.abc import Callable
from itertools import pairwise

import pytest

from grader.reports import Format, render
from grader.reports.html import breakable, highlight_line, linked
from tests.fakes.graded import EXAMPLES, half_right, hostile
from tests.fakes.html_page import Page


@pytest.fixture(params=EXAMPLES)
def page(request: pytest.FixtureRequest) -> Page:
    return Page(render(EXAMPLES[request.param](), Format.HTML))


@pytest.mark.parametrize("name", ["half_right", "random_parts", "broken", "ungraded"])
def test_the_page_reads_as_agreed(name: str, same_as_golden: Callable[[str, str], None]) -> None:
    text = render(EXAMPLES[name](), Format.HTML)
    body = text[text.index("<body>") :]

    same_as_golden(body, f"reports/{name}.html")


def test_the_page_asks_for_nothing_outside_itself(page: Page) -> None:
    assert page.values("src") == []
    assert {tag for tag, attributes in page.tags if "href" in attributes} == {"a", "link"}
    assert [attributes["href"] for tag, attributes in page.tags if tag == "link"] == ["data:,"]


def test_the_page_has_no_script_and_no_style_but_the_one_its_policy_names() -> None:
    text = render(half_right(), Format.HTML)
    [style] = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")

    assert f"style-src 'sha256-{digest}'" in text
    assert "default-src 'none'" in text
    assert "unsafe" not in text
    assert "@import" not in style
    assert "url(" not in style


def test_no_element_brings_a_style_or_a_handler_of_its_own(page: Page) -> None:
    names = {name for _, attributes in page.tags for name in attributes}

    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]


def test_ids_are_unique_and_every_link_has_its_target(page: Page) -> None:
    ids = page.values("id")

    assert len(ids) == len(set(ids))
    assert {target[1:] for target in page.values("href") if target.startswith("#")} <= set(ids)
    assert set(page.values("aria-labelledby")) <= set(ids)


def test_headings_leave_no_level_out(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_every_picture_has_words(page: Page) -> None:
    for tag, attributes in page.tags:
        if tag == "svg":
            assert attributes.get("aria-hidden") == "true" or attributes.get("aria-label")


def test_hostile_text_is_shown_and_not_obeyed() -> None:
    text = render(hostile(), Format.HTML)
    page = Page(text)
    tags = [tag for tag, _ in page.tags]

    assert "script" not in tags
    assert tags.count("style") == 1
    assert "b" not in {tag for tag, attributes in page.tags if "f" in attributes}
    assert "</style><script>alert(1)</script>" in page.text
    assert "{{ 7 * 7 }}" in page.text
    assert r"\u202ecba" in page.text
    assert not re.search(r"(?m)^\s*::", text)
    assert "##[" not in text
    assert all(character.isprintable() or character in "\n\u00a0" for character in text)
    text.encode("utf-8")


def test_code_is_coloured_and_escaped() -> None:
    line = highlight_line("    return '</code>' + x\x1b")

    assert '<span class="k">return</span>' in line
    assert "</code>" not in line
    assert r"\x1b" in re.sub(r"<[^>]+>", "", line)


def test_an_address_where_to_read_is_a_link() -> None:
    address = "https://cs231n.github.io/neural-networks-2/#reg"

    assert linked(f"CS231n <notes>: {address}.") == (
        f'CS231n &lt;notes&gt;: <a href="{address}" rel="noreferrer">{address}</a>.'
    )
    assert "<a" not in linked("javascript:alert(1) http://example.org")


def test_a_name_may_break_after_its_underscores() -> None:
    assert breakable("l2_<penalty>") == "l2_<wbr>&lt;penalty&gt;"
