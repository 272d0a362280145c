"""The technique as it is met in practice: forms that are read, text that must come out right, and what is refused."""

from __future__ import annotations

import pytest

from compliance.amend.document import read_amendments
from compliance.amend.examine import TextReport, examine
from compliance.amend.words import parse_value
from compliance.norm.types import Period
from compliance.source.diagnostic import Problems
from tests.unit.amend.rules import codes, the_rules
from tests.unit.amend.test_effect import made


def examined(text: str) -> TextReport:
    """The report of the text layers."""
    (package,) = read_amendments(text, "draft.txt")
    return examine(the_rules(), package)


def words(text: str, unit: str) -> str:
    """The words of a unit after an instruction that must apply."""
    found = examined(text)
    assert found.tree is not None, [each.message.say("en") for each in found.findings]
    return found.tree.by_id[unit].text


def refused(text: str) -> list[tuple[str, str]]:
    """The codes of what stops a text, each with the words under its caret."""
    try:
        found = examined(text).diagnostics
    except Problems as problems:
        found = problems.diagnostics
    lines = text.split("\n")
    places = [(each, each.place) for each in found]
    return [(each.code, lines[at.line - 1][at.column - 1 : at.end_column - 1] if at else "") for each, at in places]


NEW = "Срок исчисляется со дня зачисления."


@pytest.mark.parametrize(
    ("text", "unit", "end"),
    [
        (f'часть первую пункта 14 дополнить предложением следующего содержания: "{NEW}";', "p14.part1",
         f"на общих основаниях. {NEW}"),
        (f'часть первую пункта 14 дополнить третьим предложением следующего содержания: "{NEW}";', "p14.part1",
         f"на общих основаниях. {NEW}"),
        (f'пункт 14 дополнить частью следующего содержания: "{NEW}";', "p14.part3", NEW),
        (f'пункт 14 дополнить третьей частью следующего содержания: "{NEW}";', "p14.part3", NEW),
        (f'пункт 14 дополнить абзацем третьим следующего содержания: "{NEW}";', "p14.part3", NEW),
        (f'пункт 14 дополнить абзацем следующего содержания: "{NEW}";', "p14.part3", NEW),
        ('пункт 18 дополнить подпунктом следующего содержания: "9) смерти.";', "p18.sub9", "9) смерти."),
        ('пункт 18 дополнить подпунктами следующего содержания: "9) смерти;\n10) утраты гражданства.";', "p18.sub10",
         "10) утраты гражданства."),
        (f'в пункте 14 после части первой дополнить частью следующего содержания: "{NEW}";', "p14.part2", NEW),
        ('пункт 18 после подпункта 4) дополнить подпунктом 4-1) следующего содержания: "4-1) отказа;";', "p18.sub4-1",
         "4-1) отказа;"),
        ('в части 2-ой пункта 14 слова "трех" заменить словами "шести";', "p14.part2", "шести месяцев."),
        ('в пункте 13 слова "десяти рабочих дней" заменить на слова "пяти рабочих дней";', "p13", "резерв."),
        ('в пункте 13 слово "десяти" заменить на "пяти";', "p13", "резерв."),
        ("в подпункте 8) пункта 18 точку заменить точкой с запятой;", "p18.sub8", "по результатам аттестации;"),
        ('заголовок главы 2 изложить в следующей редакции: "Глава 2. Отбор";', "chapter2", "Глава 2. Отбор"),
        ('в заголовке главы 2 слова "Президентского кадрового резерва" заменить словом "списка";', "chapter2",
         "Глава 2. Формирование списка"),
        ('в тексте Правил слово "ежеквартально" заменить словом "ежемесячно";', "p11", "ежемесячно:"),
        ('по тексту пункта 11 слово "ежеквартально" заменить словом "ежемесячно";', "p11", "ежемесячно:"),
    ],
)  # fmt: skip
def test_forms_of_practice(text: str, unit: str, end: str) -> None:
    found = words(text, unit)
    assert found.endswith(end)
    assert ".." not in found


def test_a_second_sentence_pushes_the_others_down() -> None:
    found = words(f'часть первую пункта 14 дополнить вторым предложением следующего содержания: "{NEW}";', "p14.part1")
    assert f"трех лет. {NEW} Лица, зачисленные" in found


def test_a_chapter_is_restated_with_its_points() -> None:
    text = (
        'главу 3 изложить в следующей редакции:\n"Глава 3. Исключение\n18. Исключение производится в случаях:\n'
        "1) подачи рапорта;\n2) увольнения.\n19. Решение принимается Руководителем Администрации Президента "
        'Республики Казахстан.\n19-1. Решение объявляется сотруднику.";'
    )
    found = examined(text).tree
    assert found is not None
    assert [row.id for row in found.rows[-6:]] == ["chapter3", "p18", "p18.sub1", "p18.sub2", "p19", "p19-1"]
    assert [row.key for row in found.rows[-3:-1]] == ["p18.sub2", "p19"]
    assert found.by_id["chapter3"].text == "Глава 3. Исключение"


def test_a_new_chapter_becomes_law() -> None:
    text = 'дополнить главой 4 следующего содержания: "Глава 4. Споры\n21. Споры решает суд.";'
    assert made(text).unformalised == ("p21",)


@pytest.mark.parametrize(
    ("said", "months"),
    [("2-х лет", 24), ("двух с половиной лет", 30), ("2,5 лет", 30), ("1,5 года", 18), ("2-мя годами", 24),
     ("36-ти месяцев", 36), ("полутора лет", 18), ("10 (десяти) месяцев", 10), ("10-ти (десяти) месяцев", 10)],
)  # fmt: skip
def test_numbers_as_they_are_typed(said: str, months: int) -> None:
    assert parse_value(said) == Period(months)


@pytest.mark.parametrize("said", ["2,5 месяца", "2,7 года", "2-й год", "в 3,14 раза"])
def test_numbers_that_are_no_span(said: str) -> None:
    assert not isinstance(parse_value(said), Period)


@pytest.mark.parametrize(
    ("text", "code", "caret"),
    [
        ('в пункте 13 слова "" заменить словами "пяти";', "quote-empty", '""'),
        ('в пункте 13 слова "десяти рабочих дней" заменить словами "";', "quote-empty", '""'),
        ('в пункте 13 слова "десяти дней заменить словами "пяти дней";', "quote-open", '"'),
        (f'дополнить частью следующего содержания: "{NEW}";', "no-parent",
         f'дополнить частью следующего содержания: "{NEW}"'),
        ('по тексту слова "кадровые подразделения" заменить словами "службы" в соответствующих падежах;',
         "forms-not-listed", "в соответствующих падежах"),
        ('в части первой пункта 14 слова "трех лет" заменить словами "двyх лет";', "two-alphabets", "двyх"),
        ('в части первой пункта 14 слова "трех лет" заменить словами "минус двух лет";', "impossible-number",
         "минус двух лет"),
        ('в части первой пункта 14 слова "трех лет" заменить словами "-2 лет";', "impossible-number", "-2 лет"),
        ('в части первой пункта 10 цифру "1" заменить цифрой "0";', "impossible-number", "0"),
        ('в подпункте 2) пункта 11 цифры "30" заменить цифрами "45";', "impossible-number", "45"),
        ("пункт 15 считать пунктом 16;", "numbering-collision", "пункт 15"),
        ("пункт 14 считать пунктом 18;", "numbering-collision", "пункт 14"),
    ],
)  # fmt: skip
def test_what_is_refused_is_shown(text: str, code: str, caret: str) -> None:
    assert refused(text) == [(f"amend.{code}", caret)]


def test_units_counted_by_place_go_together() -> None:
    found = examined("абзацы второй и третий подпункта 1) части второй пункта 10 исключить;")
    assert found.tree is not None
    assert [row.key for row in found.tree.under("p10.part2.sub1")] == ["p10.part2.sub1", "p10.part2.sub1.dash3"]
    assert "PACKAGE_INTERACTION" not in codes(found)


def test_a_hole_among_inserted_numbers() -> None:
    (found,) = examined('дополнить пунктом 14-2 следующего содержания: "14-2. Новый.";').findings
    assert found.code == "NUMBERING_GAP"
    assert found.repair is not None
    assert found.repair.fields["free_ru"] == "пункт 14-1"


@pytest.mark.parametrize("text", ['пункт 14 изложить в следующей редакции: "15. Новый.";',
                                  'дополнить пунктом 21 следующего содержания: "22. Новый.";'])  # fmt: skip
def test_a_finding_names_units_by_their_ids(text: str) -> None:
    (found,) = (each for each in examined(text).findings if each.fatal)
    assert found.units in (("p14",), ("p21",))


def test_the_nearest_unit_is_a_sibling() -> None:
    (found,) = examined("подпункт 12) пункта 18 исключить;").diagnostics
    assert found.fields["near_ru"] == "подпункт 8) пункта 18"
    assert len(found.expected) == 8


def test_an_instruction_that_changes_nothing_is_said() -> None:
    found = examined('в пункте 13 слова "десяти рабочих дней" заменить словами "десяти рабочих дней";')
    assert codes(found) == ["NO_CHANGE"]


def test_all_places_left_alone_are_listed() -> None:
    chief = "Руководителем Администрации Президента Республики Казахстан"
    found = examined(f'в пункте 19 слова "{chief}" заменить словами "Секретарем Совета Безопасности";')
    assert found.left_alone == ("p5.part1", "p5.part2")


def test_a_first_day_of_some_provisions_is_not_passed_over() -> None:
    found = examined(
        "пункт 20 исключить.\n2. Настоящий Указ вводится в действие со дня его первого официального опубликования, "
        "за исключением пункта 14, который вводится в действие с 1 января 2028 года."
    )
    assert codes(found) == ["ENACTING"]


def test_reach_into_the_past_in_the_clause_on_entry_is_heard() -> None:
    (package,) = read_amendments(
        "пункт 20 исключить.\n2. Настоящий Указ вводится в действие с 1 января 2027 года и распространяется на "
        "отношения, возникшие с 1 января 2026 года.", "draft.txt",
    )  # fmt: skip
    assert [clause.kind for clause in package.transitional] == ["whole"]
    assert package.entry is not None
    assert package.entry.date == "2027-01-01"


def test_a_term_renamed_throughout_is_no_fork() -> None:
    text = (
        'по всему тексту слова "Президентский кадровый резерв", "Президентского кадрового резерва", "Президентском '
        'кадровом резерве" заменить соответственно словами "кадровый резерв", "кадрового резерва", "кадровом резерве";'
    )
    assert "TERM_FORK" not in codes(examined(text))


def test_a_number_that_nobody_reads_is_not_formalised_and_no_lost_term() -> None:
    found = made('в части первой пункта 14 слова "трех лет" заменить словами "3,7 лет";')
    assert found.unformalised == ("p14.part1",)
    assert found.lost == ()
    assert not found.parameters


@pytest.mark.parametrize(
    ("ru", "ops", "agree"),
    [
        ("пункт 20 исключить.", "{op: delete, unit: p20}", True),
        ("пункт 20 исключить.", "{op: delete, unit: p19}", False),
        ("подпункт 1) пункта 10 исключить.", "{op: delete, unit: p10.part2.sub1}", True),
        ("подпункт 1) пункта 10 исключить.", "{op: delete, unit: p10.part2.sub2}", False),
        ("пункт 20 считать пунктом 22.", "{op: renumber, from: p20, to: p22}", True),
        ("пункт 20 считать пунктом 22.", "{op: renumber, from: p20, to: p21}", False),
        (f'часть первую пункта 14 дополнить предложением следующего содержания: "{NEW}"',
         f'{{op: add, unit: p14.part1.s3, text: "{NEW}"}}', True),
    ],
)  # fmt: skip
def test_two_forms_must_speak_of_one_unit(ru: str, ops: str, agree: bool) -> None:
    text = f"ru: '{ru}'\nops:\n- {ops}\n"
    if agree:
        assert len(read_amendments(text, "draft.yaml")) == 1
        return
    with pytest.raises(Problems) as caught:
        read_amendments(text, "draft.yaml")
    assert [each.code for each in caught.value.diagnostics] == ["amend.forms-differ"]


def test_at_once_for_a_term_is_not_formalised_and_no_looser_law() -> None:
    words = 'слова "в течение десяти рабочих дней со дня" заменить словами "незамедлительно после";'
    found = made(f"в пункте 13 {words}")
    assert found.unformalised == ("p13",)
    assert found.lost == ()
    gone = made('в пункте 13 слова "в течение десяти рабочих дней" исключить;')
    assert gone.lost == ("notify_within",)
