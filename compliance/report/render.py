"""One entry for every form of report."""

from __future__ import annotations

from typing import Final, Literal, assert_never, get_args

from attrs import evolve

from compliance.report.book import Book
from compliance.report.text import PLAIN_WIDTH, Page
from compliance.verdict import CheckReport

Format = Literal["text", "json", "jsonl", "sarif", "junit", "github", "md", "html"]

FORMATS: Final[tuple[Format, ...]] = get_args(Format)


def render_check(report: CheckReport, form: Format, book: Book, page: Page) -> str:
    """The report in a form; of the page, only text looks at width and colours."""
    match form:
        case "text":
            from compliance.report.text import text_report

            return text_report(report, book, page)
        case "json":
            from compliance.report.jsonform import json_report

            return json_report(report, page.lang, page.all_units)
        case "jsonl":
            from compliance.report.jsonform import jsonl_report

            return jsonl_report(report, page.lang, page.all_units)
        case "sarif":
            from compliance.report.sarif import sarif_report

            return sarif_report(report, book, page.lang)
        case "junit":
            from compliance.report.junit import junit_report

            return junit_report(report, book, page.lang)
        case "github":
            from compliance.report.github import github_report

            return github_report(report, book, page.lang)
        case "md":
            from compliance.report.markdown import markdown_report

            return markdown_report(report, book, page.lang, page.all_units)
        case "html":
            from compliance.report.html import html_report

            return html_report(report, book, page.lang, page.all_units)
        case _:
            assert_never(form)


def for_file(page: Page) -> Page:
    """The page of an output that goes to a file: no colours, the usual width."""
    return evolve(page, color=False, width=PLAIN_WIDTH)
