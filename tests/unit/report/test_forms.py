"""The forms for programs: valid, complete, and safe against words that try to be markup."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree as Xml

import jsonschema
import pytest

from compliance.norm.vocabulary import Lang
from compliance.report.jsonform import check_schema
from compliance.report.render import FORMATS, Format, for_file, render_check
from compliance.report.text import Page
from compliance.verdict import CheckReport
from tests.unit.report import builders

Golden = Callable[[str, str], None]
LANGS: tuple[Lang, ...] = ("en", "ru")
SUFFIX = {"junit": "junit.xml", "github": "github.txt", "sarif": "sarif.json", "text": "plain.txt"}
NASTY = "<script>alert(1)</script>"


def made(report: CheckReport, form: Format, lang: Lang = "en", all_units: bool = False) -> str:
    return render_check(report, form, builders.BOOK, Page(lang, all_units=all_units))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("form", FORMATS)
def test_whole_outputs(form: Format, lang: Lang, golden: Golden) -> None:
    text = made(builders.full(), form, lang)
    assert text.endswith("\n")
    golden(f"report/forms.{lang}.{SUFFIX.get(form, form)}", text)


@pytest.mark.parametrize("form", FORMATS)
def test_an_empty_report_has_every_form(form: Format) -> None:
    assert made(CheckReport(()), form) is not None


# --- JSON --------------------------------------------------------------------------------------------------------

UNIT_KEYS = {"unit", "verdict", "robust", "depends_on", "citation", "norm", "because", "says", "repair"}
RESULT_KEYS = {
    "file", "officer", "law", "as_of", "verdict", "robust", "depends_on", "units", "notices", "pending", "ahead",
    "missing",
}  # fmt: skip


@pytest.mark.parametrize("all_units", [False, True])
def test_json_fits_its_schema(all_units: bool) -> None:
    schema = check_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(json.loads(made(builders.full(), "json", all_units=all_units)), schema)


def test_json_has_the_agreed_keys() -> None:
    found = json.loads(made(CheckReport((builders.violated(),)), "json"))
    assert set(found) == {"schema", "results", "summary"}
    assert found["schema"] == "reserve.check/1"
    assert found["summary"] == {"compliant": 0, "violated": 1, "pending": 0, "undetermined": 0}
    (result,) = found["results"]
    assert set(result) == RESULT_KEYS | {"title", "unmet"}
    (unit,) = result["units"]
    assert set(unit) == UNIT_KEYS
    assert unit["because"] == [{"event": "materials_sent", "index": 0, "date": "2026-12-02", "line": 7}]
    assert unit["repair"] == [{"change": "events[0].date", "to": "2026-11-30"}]
    assert unit["says"]["en"] == "sent on 2026-12-02; the last day was 2026-11-30"
    assert unit["citation"]["ru"] == "часть первая пункта 10"


def test_json_says_how_a_unit_turns_on_readings() -> None:
    (result,) = json.loads(made(CheckReport((builders.contested(),)), "json"))["results"]
    assert result["depends_on"] == {"until_date": {"exclusive": "violated", "inclusive": "compliant"}}
    assert "unmet" not in result
    assert "title" not in result


def test_all_units_and_what_is_not_checked_are_listed_on_demand() -> None:
    found = json.loads(
        made(CheckReport((builders.compliant(all_units=(builders.LATE,)),), builders.NOT_CHECKED), "json")
    )
    assert found["results"][0]["units"] == []
    assert "not_checked" not in found
    found = json.loads(
        made(
            CheckReport((builders.compliant(all_units=(builders.LATE,)),), builders.NOT_CHECKED), "json", all_units=True
        )
    )
    assert [unit["unit"] for unit in found["results"][0]["units"]] == ["p10.part1"]
    assert [each["unit"] for each in found["not_checked"]] == ["p10.part3"]


def test_json_lines_are_one_result_each() -> None:
    lines = [json.loads(line) for line in made(builders.full(), "jsonl").splitlines()]
    assert [line.get("officer") for line in lines] == ["A-17", "A-17", "B-2", "C-3", "D-4", None]
    assert lines[-1]["problem"]["code"] == "source.unknown-word"
    assert all(line["schema"] == "reserve.check/1" for line in lines)


# --- SARIF -------------------------------------------------------------------------------------------------------


def check_sarif(log: Any) -> None:
    """The required properties of SARIF 2.1.0 and the rules between its parts, for what we write."""
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    for run in log["runs"]:
        rules = run["tool"]["driver"]["rules"]
        assert run["tool"]["driver"]["name"]
        assert len({rule["id"] for rule in rules}) == len(rules)
        assert all(rule["help"]["text"] and rule["shortDescription"]["text"] for rule in rules)
        assert all(type(invocation["executionSuccessful"]) is bool for invocation in run["invocations"])
        for result in run["results"]:
            assert result["message"]["text"]
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            assert result["kind"] in {"pass", "open", "informational", "notApplicable", "review", "fail"}
            assert result["level"] in {"none", "note", "warning", "error"}
            assert result["kind"] == "fail" or result["level"] == "none"
            for location in result["locations"]:
                check_location(location)
        for notification in (each for run in run["invocations"] for each in run["toolExecutionNotifications"]):
            assert notification["message"]["text"]
            assert notification["level"] in {"none", "note", "warning", "error"}


def check_location(location: Any) -> None:
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert re.fullmatch(r"[A-Za-z0-9/._~%-]+", uri)
    assert location["physicalLocation"].get("region", {"startLine": 1})["startLine"] >= 1


def test_sarif_is_valid_and_points_at_the_line() -> None:
    log = json.loads(made(builders.full(), "sarif"))
    check_sarif(log)
    late, first_day, waiting, contradiction = log["runs"][0]["results"]
    assert late["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}
    assert (late["level"], late["suppressions"][0]["kind"]) == ("error", "inSource")
    assert "suppressions" not in first_day
    assert (waiting["kind"], waiting["level"]) == ("open", "none")
    assert contradiction["level"] == "warning"
    assert log["runs"][0]["invocations"][0]["executionSuccessful"] is False


def test_sarif_takes_any_words() -> None:
    check_sarif(json.loads(made(CheckReport((builders.hostile(),)), "sarif")))


# --- JUnit, GitHub, Markdown, HTML -------------------------------------------------------------------------------


def test_junit_counts_what_fails() -> None:
    root = Xml.fromstring(made(builders.full(), "junit"))
    assert root.attrib == {"name": "reserve check", "tests": "6", "failures": "2", "errors": "1", "skipped": "0"}
    assert [suite.get("tests") for suite in root] == ["1"] * 6
    assert [suite[0][0].tag for suite in root] == [
        "system-out",
        "system-out",
        "failure",
        "system-out",
        "failure",
        "error",
    ]
    assert root[2][0][0].get("message") == "violated: p10.part1"


def test_junit_takes_any_words() -> None:
    root = Xml.fromstring(made(CheckReport((builders.hostile(),)), "junit"))
    assert NASTY in (root[0].get("name") or "")


def test_github_marks_the_line_and_only_what_fails_as_an_error() -> None:
    lines = made(builders.full(), "github").splitlines()
    assert all(line.startswith("::") for line in lines[:-1])
    assert lines[0].startswith(
        "::notice file=scenarios/violating/late.yaml,line=7,title=violated%3A part one of point 10"
    )
    errors = [line for line in lines if line.startswith("::error ")]
    assert [re.findall("file=([^,]*)", line)[0] for line in errors] == [
        "scenarios/violating/first-day.yaml",
        "scenarios/open/removal.yaml",
        "scenarios/open/removal.yaml",
        "scenarios/broken.yaml",
    ]


def test_a_github_command_stays_one_line() -> None:
    lines = made(CheckReport((builders.hostile(),)), "github").splitlines()
    assert len(lines) == 2
    assert lines[0].count("::") == 3  # two of its own, and one of the words, after the message has begun
    assert "%250A" in lines[0]


def test_a_markdown_table_keeps_its_columns() -> None:
    lines = made(CheckReport((builders.hostile(),)), "md").splitlines()
    (row,) = [line for line in lines[6:] if line.startswith("| ")]
    assert len(re.findall(r"(?<!\\)\|", row)) == 7
    assert "\\<script\\>" in row


class Balanced(HTMLParser):
    """Sees that every element that is opened is closed, and gathers names and text."""

    VOID = frozenset({"meta", "br", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.links += [value for name, value in attrs if name in ("href", "src") and value]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("all_units", [False, True])
def test_html_is_whole_and_needs_nothing_else(lang: Lang, all_units: bool) -> None:
    page = Balanced()
    page.feed(made(builders.full(), "html", lang, all_units))
    assert page.open == []
    assert "script" not in page.seen
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)


def test_html_escapes_words() -> None:
    page = Balanced()
    text = made(CheckReport((builders.hostile(),)), "html")
    page.feed(text)
    assert "script" not in page.seen
    assert "&lt;script&gt;" in text


def test_a_page_for_a_file_has_no_colours() -> None:
    page = for_file(Page("ru", width=60, color=True, all_units=True))
    assert (page.lang, page.color, page.all_units, page.width) == ("ru", False, True, 110)
