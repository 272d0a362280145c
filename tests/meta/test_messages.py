"""Every diagnostic has a message in both languages, and its words fill the message's holes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from compliance.source.catalog import FIELD, MESSAGES, codes, message
from compliance.source.reader import Mapping, Scalar, read_yaml

CODE = re.compile(r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*")
REPORTERS = {"Diagnostic": 2, "Note": 2, "error": None, "warning": None, "unknown": None, "fail": None}
NO_FIELDS = {"expected", "suggestion", "chain", "place", "code", "severity", "fields"}
QUOTED = re.compile('`[^`]*`|«[^»]*»|"[^"]*"')
"""What a user wrote, what a document says, what is to be pasted: these keep their language."""
SUBSYSTEMS = {path.stem for path in MESSAGES.glob("*.yaml")}


def modules(checkout: Path) -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((checkout / "compliance").rglob("*.py")):
        yield path.relative_to(checkout).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def reports(tree: ast.Module) -> Iterator[tuple[ast.Call, str, str]]:
    """Calls that report a literal code: the call, the reporter's name, the code."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        first = call.args[0] if call.args else None
        literal = first.value if isinstance(first, ast.Constant) else None
        if name in REPORTERS and isinstance(literal, str) and CODE.fullmatch(literal):
            yield call, name, literal


def given(call: ast.Call, reporter: str) -> set[str] | None:
    """The fields that a call names, or nothing where they are not written out."""
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    position = REPORTERS[reporter]
    if position is None:
        names = {keyword.arg for keyword in call.keywords if keyword.arg} - NO_FIELDS
        return names | ({"word"} if reporter == "unknown" else set())
    fields = call.args[position] if len(call.args) > position else None
    fields = next((keyword.value for keyword in call.keywords if keyword.arg == "fields"), fields)
    if fields is None:
        return set()
    if not isinstance(fields, ast.Dict) or not all(isinstance(key, ast.Constant) for key in fields.keys):
        return None
    return {str(key.value) for key in fields.keys if isinstance(key, ast.Constant)}


def test_every_code_in_use_has_a_message(checkout: Path) -> None:
    missing = []
    for path, tree in modules(checkout):
        used = {code for _, _, code in reports(tree)}
        strings = (
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        )
        codes_in = (text for text in strings if CODE.fullmatch(text) and not text.endswith(".yaml"))
        used |= {text for text in codes_in if text.partition(".")[0] in SUBSYSTEMS}
        missing += [f"{path}: {code}" for code in sorted(used) if message(code) is None]
    assert missing == []


def test_the_words_of_a_diagnostic_fill_its_message(checkout: Path) -> None:
    open_holes = []
    for path, tree in modules(checkout):
        for call, reporter, code in reports(tree):
            found, fields = message(code), given(call, reporter)
            if found is not None and fields is not None and not set(FIELD.findall(found.en)) <= fields:
                open_holes.append(f"{path}:{call.lineno}: {code} lacks {set(FIELD.findall(found.en)) - fields}")
    assert open_holes == []


@pytest.mark.parametrize("path", sorted(MESSAGES.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_catalogue_is_complete(path: Path) -> None:
    root = read_yaml(path)
    assert isinstance(root, Mapping)
    for code, entry in root.entries:
        assert CODE.fullmatch(code.text), code.text
        assert code.text.startswith(f"{path.stem}."), f"{code.text} stands in {path.name}"
        assert isinstance(entry, Mapping)
        assert entry.keys == ("en", "ru", "explain_en", "explain_ru"), code.text
        assert all(isinstance(value, Scalar) and value.text.strip() for _, value in entry.entries), code.text


@pytest.mark.parametrize("code", codes())
def test_a_message_reads_the_same_in_both_languages(code: str) -> None:
    found = message(code)
    assert found is not None
    assert sorted(FIELD.findall(found.en)) == sorted(FIELD.findall(found.ru)), "the holes differ"
    for line in (found.en, found.ru):
        assert not line.endswith("."), "a message has no final period"
        assert "\n" not in line
        plain = line.lstrip("`{«")
        assert not (plain[0].isupper() and plain[1:2].islower()) or line[0] in "`{«", "a message begins in lower case"
    assert not re.search("[а-яё]", re.sub(QUOTED, "", found.en)), "Russian words in the English message"
    assert re.search("[а-яё]", found.ru), "no Russian words in the Russian message"
    assert re.search("[а-яё]", found.explain_ru)
    assert len(found.explain_en) > 20
