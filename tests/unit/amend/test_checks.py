"""Each check of the words: what it finds, where, and what it leaves in peace."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.amend.enacting import first_day, in_force
from compliance.amend.finding import Finding
from compliance.amend.interaction import packages
from compliance.amend.operations import EntryIntoForce
from compliance.amend.references import references
from compliance.amend.terms import definitions
from compliance.amend.wording import modalities
from compliance.source.loc import spot
from tests.unit.amend.rules import after, codes, package, report, the_rules

EIGHT = (
    'дополнить новым пунктом 8 следующего содержания: "8. Сведения относятся к служебной информации."; '
    "пункты 8 – 20 считать соответственно пунктами 9 – 21;"
)


def of(code: str, words: str) -> list[Finding]:
    """The findings of one code."""
    return [finding for finding in report(words).findings if finding.code == code]


# References


def test_the_rules_have_four_references() -> None:
    found = [(each.source.id, each.quote, each.unit) for each in references(the_rules())]
    assert found == [
        ("p6.part2", "пункте 10", "p10"),
        ("p18.sub5", "пунктом 14", "p14"),
        ("p19", "пунктом 18", "p18"),
        ("p20", "подпунктом 3) пункта 18", "p18.sub3"),
    ]


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("пунктами 14, 18 и 20", ["p14", "p18", "p20"]),
        ("пунктами 18 – 20 настоящих Правил", ["p18", "p19", "p20"]),
        ("подпунктами 1) и 3) пункта 18", ["p18.sub1", "p18.sub3"]),
        ("частью второй пункта 14", ["p14.part2"]),
        ("абзацем вторым подпункта 1) части второй пункта 10", ["p10.part2.sub1.dash1"]),
        ("главой 3 настоящих Правил", ["chapter3"]),
        ("пунктом 25", [""]),
        ("подпунктом 1) пункта 2 статьи 17-1 Закона", []),
        ("пунктом 4 Положения", []),
        ("пунктом 8 Указа", []),
    ],
)
def test_references_in_new_words(words: str, units: list[str]) -> None:
    tree = after(f'дополнить пунктом 21 следующего содержания: "21. Порядок, предусмотренный {words}, применяется.";')
    assert [each.unit for each in references(tree) if each.source.id == "p21"] == units


def test_renumbering_shifts_three_references_and_loses_one() -> None:
    found = report(EIGHT)
    shifted = {finding.units[0]: finding.units[1:] for finding in found.findings if finding.code == "XREF_SHIFTED"}
    assert shifted == {"p6.part2": ("p10", "p11"), "p19.sub5": ("p14", "p15"), "p20": ("p18", "p19")}
    (lost,) = [finding for finding in found.findings if finding.code == "XREF_DANGLING"]
    assert lost.units == ("p21", "p19.sub3")
    assert "EXTERNAL_XREF" in codes(found)


def test_the_repairs_of_references_can_be_pasted() -> None:
    repairs = [finding.paste for finding in report(EIGHT).findings if finding.paste]
    assert len(repairs) == 4
    mended = report("\n".join([EIGHT, *repairs]))
    assert mended.applicable
    assert {"XREF_SHIFTED", "XREF_DANGLING", "SEMANTIC_DRIFT"}.isdisjoint(codes(mended))


@pytest.mark.parametrize("words", ["пункт 20 исключить.", "подпункт 5) пункта 18 исключить;", "пункт 15 исключить."])
def test_a_deletion_that_nothing_cites_is_silent(words: str) -> None:
    assert report(words).findings == ()


def test_a_deleted_target_is_a_dangling_reference() -> None:
    (finding,) = report("пункт 14 исключить.").findings
    assert (finding.code, finding.weight, finding.units) == ("XREF_DANGLING", "reject", ("p18.sub5",))


def test_a_reference_that_still_resolves_may_mean_something_else() -> None:
    words = 'пункт 14 изложить в следующей редакции: "14. Учет ведется в электронной форме.";'
    (finding,) = of("SEMANTIC_DRIFT", words)
    assert finding.units == ("p18.sub5", "p14")


# Terms and actors


def test_the_rules_define_five_terms() -> None:
    assert [(term.term, term.row.id) for term in definitions(the_rules())] == [
        ("Правила", "p1"),
        ("сотрудники", "p1"),
        ("Президентский кадровый резерв", "p1"),
        ("Отдел военной безопасности и обороны", "p5.part1"),
        ("Служба государственной охраны", "p5.part2"),
    ]


def new_point(text: str) -> str:
    """An amendment that adds a point with a text."""
    return f'дополнить пунктом 21 следующего содержания: "21. {text}";'


@pytest.mark.parametrize(
    ("text", "code", "quote"),
    [
        ("Учет ведется СГО.", "UNDEFINED_TERM", "СГО"),
        ("Порядок определяется Регламентом.", "UNDEFINED_TERM", "Регламентом"),
        ("Состав Президентского резерва не публикуется.", "TERM_FORK", "Президентского резерва"),
        ("Список работников не публикуется.", "TERM_FORK", "работников"),
        ("Список военнослужащих и сотрудников (далее – сотрудники) не публикуется.", "TERM_FORK", "сотрудники"),
        ("Споры рассматривает Комиссия по кадровым вопросам.", "ACTOR_UNKNOWN", "Комиссия по кадровым вопросам"),
        ("Список хранится уполномоченным органом.", "ACTOR_UNKNOWN", "уполномоченным органом"),
        ("Срок продлевается заместителем Председателя.", "ACTOR_UNKNOWN", "заместителем Председателя"),
    ],
)
def test_names_that_nothing_backs(text: str, code: str, quote: str) -> None:
    assert quote in [finding.quote for finding in of(code, new_point(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Сведения о сотрудниках, состоящих в Президентском кадровом резерве, относятся к служебной информации.",
        "Список представляется Руководителю Администрации Президента в течение десяти рабочих дней.",
        'Порядок определяется Законом Республики Казахстан "О государственной службе Республики Казахстан".',
        "Первые руководители специальных государственных органов Республики Казахстан ежегодно представляют отчет.",
        "Отдел военной безопасности и обороны ежеквартально ведет учет.",
        "Список Службы государственной охраны ведется отдельно.",
        "Список определяется Президентом Республики Казахстан.",
    ],
)
def test_known_names_are_left_in_peace(text: str) -> None:
    assert report(new_point(text)).findings == ()


def test_a_lost_definition_names_all_uses() -> None:
    (finding,) = report(
        'в части первой пункта 5 слова "(далее – Отдел военной безопасности и обороны)" исключить;'
    ).findings
    assert (finding.code, finding.weight) == ("LOST_DEFINITION", "warn")
    assert {"p6.part1", "p10.part4", "p11", "p12.part1", "p19"} <= set(finding.units)


# Places left alone


def test_equal_time_limits_belong_together() -> None:
    (finding,) = report('в пункте 13 слова "десяти рабочих дней" заменить словами "пяти рабочих дней";').findings
    assert (finding.code, finding.units) == ("PARTIAL_EDIT", ("p13", "p11.sub3"))
    assert finding.paste == 'в подпункте 3) пункта 11 слова "десяти рабочих дней" заменить словами "пяти рабочих дней";'


def test_the_repair_of_a_partial_edit_can_be_pasted() -> None:
    words = 'в пункте 13 слово "десяти" заменить словом "пяти";'
    (finding,) = report(words).findings
    assert report(words + finding.paste).findings == ()


def test_three_years_of_results_are_not_three_years_of_stay() -> None:
    assert report('в части первой пункта 14 слова "трех лет" заменить словами "двух лет";').findings == ()


def test_one_rhythm() -> None:
    (finding,) = report('в пункте 11 слово "ежеквартально" заменить словами "раз в полугодие";').findings
    assert (finding.code, finding.weight) == ("CADENCE_MISMATCH", "warn")
    assert finding.units == ("p11", "p8.part1", "p10.part1", "p11.sub1", "p11.sub2")


def test_another_approver_in_one_place() -> None:
    words = 'в части второй пункта 12 слова "Руководитель Администрации Президента" заменить словом "Президент";'
    (finding,) = of("PARTIAL_EDIT", words)
    assert finding.units[0] == "p12.part2"
    assert {"p5.part1", "p5.part2"} <= set(finding.units)


def test_throughout_replaces_one_case_form() -> None:
    (finding,) = of(
        "PARTIAL_EDIT", 'по тексту слова "кадровыми подразделениями" заменить словами "кадровыми службами";'
    )
    assert (finding.message.code, finding.units) == ("amend.partial-forms", ("p13",))


# Wording


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Срок не должен превышать трех лет.", {"limit": 1}),
        ("Сотрудник не должен состоять.", {"must_not": 1}),
        ("Сотрудник должен пройти проверку.", {"must": 1}),
        ("Сотрудники могут быть зачислены не ранее чем через год.", {"limit": 1, "may": 1}),
        ("Не допускается направление. Допускается замена.", {"must_not": 1, "may": 1}),
        ("Временное исполнение обязанностей по должности.", {}),
        ("Списки подлежат направлению.", {"must": 1}),
    ],
)
def test_modalities(text: str, found: dict[str, int]) -> None:
    assert dict(modalities(text)) == found


@pytest.mark.parametrize(
    "words",
    [
        'в пункте 15 слово "вправе" заменить словом "обязан";',
        'в пункте 17 слова "может быть возложено" заменить словом "возлагается";',
        'в части пятой пункта 10 слова "Не допускается" заменить словом "Допускается";',
        'в части третьей пункта 10 слово "вправе" заменить словами "не вправе";',
    ],
)
def test_a_changed_force_is_told(words: str) -> None:
    (finding,) = of("MODALITY_CHANGE", words)
    assert finding.weight == "warn"


def test_a_command_in_the_present_tense_is_a_note() -> None:
    words = 'в части первой пункта 10 слова "подлежат направлению" заменить словом "направляются";'
    (finding,) = of("MODALITY_CHANGE", words)
    assert finding.weight == "note"


@pytest.mark.parametrize(
    "words",
    [
        'в пункте 15 слово "вправе" заменить словом "может";',
        'в части первой пункта 14 слова "не должен превышать" заменить словами "составляет не более";',
        'в части второй пункта 14 слова "должен составлять не менее" заменить словами "составляет не менее";',
    ],
)
def test_the_same_force_in_other_words_is_silent(words: str) -> None:
    assert report(words).findings == ()


def test_duties_without_a_time_limit() -> None:
    duty = "Кадровые подразделения специальных государственных органов уведомляют сотрудников об отказе"
    assert len(of("NO_DEADLINE", new_point(duty + "."))) == 1
    assert of("NO_DEADLINE", new_point(duty + " в течение пяти рабочих дней.")) == []
    assert of("NO_DEADLINE", new_point("Кадровые подразделения вправе уведомить сотрудников об отказе.")) == []


def test_vague_limits_and_words_that_point_back() -> None:
    notes = of("AMBIGUITY", new_point("Отдел военной безопасности и обороны незамедлительно возвращает материалы."))
    assert [finding.quote for finding in notes] == ["незамедлительно"]
    assert all(finding.weight == "note" for finding in notes)
    (finding,) = of(
        "AMBIGUITY", 'пункт 14 дополнить частью третьей следующего содержания: "Указанный срок не продлевается.";'
    )
    assert finding.quote == "Указанный срок"
    assert of("AMBIGUITY", new_point("Срок составляет десять дней. Указанный срок не продлевается.")) == []


def test_one_actor_in_several_roles() -> None:
    words = (
        'в части второй пункта 5 слова "Начальника Службы государственной охраны" '
        'заменить словами "Руководителя Администрации Президента Республики Казахстан";'
    )
    (finding,) = of("SELF_APPROVAL", words)
    assert finding.units == ("p5.part2",)


def test_powers_need_a_way_in_which_cases_come() -> None:
    power = "Первый руководитель специального государственного органа Республики Казахстан вправе исключить сотрудника"
    assert len(of("POWER_WITHOUT_PROCEDURE", new_point(power + "."))) == 1
    assert of("POWER_WITHOUT_PROCEDURE", new_point(power + " по представлению кадрового подразделения.")) == []


# Numbers and order


@pytest.mark.parametrize(
    ("words", "code", "applicable"),
    [
        ('дополнить пунктом 20 следующего содержания: "20. A.";', "NUMBERING_COLLISION", False),
        ('пункт 18 дополнить подпунктом 8) следующего содержания: "8) A.";', "NUMBERING_COLLISION", False),
        ("пункты 18 – 19 считать соответственно пунктами 19 – 20;", "NUMBERING_COLLISION", False),
        ('дополнить пунктом 25 следующего содержания: "25. A.";', "NUMBERING_GAP", True),
        ("пункт 20 считать пунктом 22;", "NUMBERING_GAP", True),
    ],
)
def test_numbers(words: str, code: str, applicable: bool) -> None:
    found = report(words)
    assert code in codes(found)
    assert found.applicable == applicable


def test_a_collision_tells_both_outcomes() -> None:
    (finding,) = report('дополнить пунктом 20 следующего содержания: "20. A.";').findings
    assert finding.repair is not None
    assert "пунктом 21" in finding.repair.say("ru")
    assert "изложить" in finding.repair.say("ru")
    assert finding.place is not None


def test_a_list_that_grows_needs_its_semicolon() -> None:
    words = 'пункт 18 дополнить подпунктом 9) следующего содержания: "9) A.";'
    (finding,) = report(words).findings
    assert (finding.code, finding.weight, finding.units) == ("PUNCTUATION", "note", ("p18.sub8",))
    assert report(words + finding.paste).findings == ()


def test_a_list_that_ends_in_a_semicolon() -> None:
    (finding,) = of("PUNCTUATION", "подпункт 8) пункта 18 исключить;")
    assert (finding.units, finding.message.code) == (("p18.sub7",), "amend.punctuation-last")


def test_merged_parts_are_a_note() -> None:
    text = "14. Срок пребывания не должен превышать трех лет. Лица, зачисленные в резерв, могут быть зачислены."
    (finding,) = report(f'пункт 14 изложить в следующей редакции: "{text}";').findings
    assert (finding.code, finding.weight) == ("STRUCTURE_NOTE", "note")


TWO = "; ".join(f'пункт 13 после слов "рабочих дней" дополнить словами "{words}"' for words in "AB")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (TWO, "amend.order-differs"),
        ('пункт 15 исключить; в пункте 15 слово "вправе" исключить;', "amend.order-only-reverse"),
        (
            'в пункте 15 слово "вправе" исключить; в пункте 15 слово "вправе" заменить словом "может";',
            "amend.order-never",
        ),
        (
            'в пункте 15 слово "вправе" заменить словом "может"; в пункте 15 слово "может" исключить;',
            "amend.order-only-so",
        ),
    ],
)
def test_order_of_instructions(words: str, message: str) -> None:
    assert [finding.message.code for finding in of("PACKAGE_INTERACTION", words)] == [message]


def test_units_of_an_order_are_named_in_either_language() -> None:
    (found,) = of("PACKAGE_INTERACTION", TWO)
    assert "(point 13)" in found.message.say("en")
    assert "(пункт 13)" in found.message.say("ru")


def test_independent_instructions_are_silent() -> None:
    assert report('пункт 20 исключить; в пункте 15 слово "вправе" заменить словом "может";').findings == ()


def test_two_packages_that_wait() -> None:
    one = package('в пункте 15 слово "вправе" заменить словом "может";', "one.txt")
    other = package("пункты 8 – 20 считать соответственно пунктами 9 – 21;", "two.txt")
    (finding,) = packages(the_rules(), one, other)
    assert (finding.code, finding.message.code) == ("PACKAGE_INTERACTION", "amend.packages-one-order")
    assert finding.message.fields["works"] == "one.txt, two.txt"
    assert packages(the_rules(), one, package("пункт 20 исключить.", "three.txt")) == ()


# Entry into force


def entry(**known: object) -> EntryIntoForce:
    """A clause on entry into force."""
    return EntryIntoForce("...", spot("t", 1, 1), **known)  # type: ignore[arg-type]


def test_the_first_day() -> None:
    published = date(2025, 4, 24)
    assert first_day(entry(days_after_publication=10), published) == date(2025, 5, 5)
    assert first_day(entry(months_after_publication=6), date(2023, 10, 4)) == date(2024, 4, 5)
    assert first_day(entry(months_after_publication=1), date(2027, 1, 31)) == date(2027, 3, 1)
    assert first_day(entry(date="2027-01-10")) == date(2027, 1, 10)
    assert first_day(entry(on_publication=True), published) == published
    assert first_day(entry(days_after_publication=10)) is None


def test_between_which_deadlines_the_first_day_falls() -> None:
    found = in_force(date(2027, 3, 10), the_rules())
    assert found.quarter == "2027Q1"
    assert found.behind == (("p10.part1", date(2027, 3, 1)),)
    assert found.ahead == (("p11.sub1", date(2027, 3, 15)), ("p11.sub2", date(2027, 3, 30)))


def test_a_whole_act_names_its_day_and_a_bare_instruction_need_not() -> None:
    preamble = "Внести в Правила формирования Президентского кадрового резерва следующие изменения:\n"
    assert codes(report(preamble + "пункт 20 исключить.")) == ["ENACTING"]
    bare = report("пункт 20 исключить.")
    assert bare.findings == ()
    assert "amend.unchecked-day" in [each.code for each in bare.not_checked]
