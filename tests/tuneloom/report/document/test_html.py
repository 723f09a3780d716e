"""A report as an HTML file, and how a browser shows it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tuneloom.report.document.blocks import (
    Listing,
    Paragraph,
    Picture,
    Remark,
    ReportDocument,
    ReportSection,
    ReportTable,
    ReportTune,
)
from tuneloom.report.document.html import report_html
from tuneloom.web.entries import page_entry

if TYPE_CHECKING:
    from playwright.sync_api import Browser

KESH = "X:1\nT:The Kesh\nR:jig\nM:6/8\nL:1/8\nK:G\nG3 GAB|A3 ABd|edd gdd|edB dBA|\n"
SLY = "</script><script>window.ran=1</script>\x1b<b>"


def report(*tunes: str, text: str = "A") -> ReportDocument:
    shown = [ReportTune(page_entry(tune), text, (text,)) for tune in tunes]
    blocks = (
        Paragraph(f"{text} `{text}`"),
        Remark(text),
        ReportTable((text, text), ((text, text),)),
        Picture("<svg xmlns='http://www.w3.org/2000/svg'/>", text),
        Listing(text, "sh"),
    )
    return ReportDocument(text, (ReportSection("Data", blocks), ReportSection("Tunes", (*shown,))))


def test_no_text_becomes_markup() -> None:
    html = report_html(report(KESH.replace("The Kesh", SLY), text=SLY))
    assert html.count("<script>") == 2
    shown = html.partition("</style>")[2].partition("<script>")[0]
    assert "<b>" not in shown
    assert "\x1b" not in shown


def test_nothing_is_asked_for_from_elsewhere() -> None:
    html = report_html(report(KESH))
    assert "default-src 'none'; script-src 'sha256-" in html
    assert not re.search(r"<(?:script|link|img)[^>]*(?:src|href)=\"(?!data:)", html)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1200, 400])
def test_a_browser_engraves_the_tunes_and_offers_to_play_those_that_parse(
    browser: Browser, tmp_path: Path, width: int
) -> None:
    from tests.support.chromium import open_page

    path = tmp_path / "report.html"
    path.write_text(report_html(report(KESH, "X:1\nK:G\nGk|\n")), encoding="utf-8")
    with open_page(browser, path, viewport={"width": width, "height": 800}) as opened:
        opened.page.wait_for_selector("button.play:enabled")
        assert opened.page.locator("article:first-of-type .abcjs-note").count() == 20
        assert opened.page.locator("button.play:enabled").count() == 1
        told = opened.page.locator("article:last-of-type .problem").text_content()
        assert told == "What is not parseable is not played."
        assert opened.evaluate("document.documentElement.scrollWidth") == width
        assert (opened.errors, opened.requests) == ([], [])
