"""Citations against tables written by hand, and against themselves: what is written can be read again."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.law.citation import (
    UnitId,
    UnitIdError,
    akn_eid,
    citation,
    is_within,
    parse_citation,
    parse_unit_id,
    sort_key,
    unit_id_from_user,
)
from compliance.law.ordinals import CASES, GENDERS, Case, number_en, number_words, ordinal_ru
from compliance.source.loc import spot

CITED = [
    ("p18", "пункт 18", "point 18"),
    ("p14-1", "пункт 14-1", "point 14-1"),
    ("p18.sub3", "подпункт 3) пункта 18", "sub-point 3) of point 18"),
    ("p14.part1", "часть первая пункта 14", "part one of point 14"),
    ("p14.part2", "часть вторая пункта 14", "part two of point 14"),
    ("p14.part3", "часть третья пункта 14", "part three of point 14"),
    ("p10.part5", "часть пятая пункта 10", "part five of point 10"),
    ("p10.part2.sub1", "подпункт 1) части второй пункта 10", "sub-point 1) of part two of point 10"),
    (
        "p10.part2.sub1.dash1",
        "абзац второй подпункта 1) части второй пункта 10",
        "paragraph two of sub-point 1) of part two of point 10",
    ),
    (
        "p10.part2.sub1.dash3",
        "абзац четвертый подпункта 1) части второй пункта 10",
        "paragraph four of sub-point 1) of part two of point 10",
    ),
    ("p5.part1.dash2", "абзац третий части первой пункта 5", "paragraph three of part one of point 5"),
    ("p15.sub44-28", "подпункт 44-28) пункта 15", "sub-point 44-28) of point 15"),
    ("p2.part21", "часть двадцать первая пункта 2", "part twenty-one of point 2"),
    ("p2.part40", "часть сороковая пункта 2", "part forty of point 2"),
    ("p2.dash98", "абзац девяносто девятый пункта 2", "paragraph ninety-nine of point 2"),
    ("p14.part1.s2", "предложение второе части первой пункта 14", "sentence two of part one of point 14"),
]
DECLINED = [
    ("p14.part2", "genitive", "части второй пункта 14"),
    ("p14.part2", "dative", "части второй пункта 14"),
    ("p14.part2", "accusative", "часть вторую пункта 14"),
    ("p14.part2", "instrumental", "частью второй пункта 14"),
    ("p14.part2", "prepositional", "части второй пункта 14"),
    ("p14.part3", "accusative", "часть третью пункта 14"),
    ("p14.part3", "prepositional", "части третьей пункта 14"),
    ("p18.sub9", "genitive", "подпункта 9) пункта 18"),
    ("p18.sub9", "dative", "подпункту 9) пункта 18"),
    ("p18.sub9", "accusative", "подпункт 9) пункта 18"),
    ("p18.sub9", "instrumental", "подпунктом 9) пункта 18"),
    ("p18.sub9", "prepositional", "подпункте 9) пункта 18"),
    ("p20", "prepositional", "пункте 20"),
    ("p10.part2.sub1.dash2", "genitive", "абзаца третьего подпункта 1) части второй пункта 10"),
    ("p10.part2.sub1.dash2", "dative", "абзацу третьему подпункта 1) части второй пункта 10"),
    ("p10.part2.sub1.dash2", "instrumental", "абзацем третьим подпункта 1) части второй пункта 10"),
    ("p10.part2.sub1.dash2", "prepositional", "абзаце третьем подпункта 1) части второй пункта 10"),
    ("p10.part2.sub1.dash1", "prepositional", "абзаце втором подпункта 1) части второй пункта 10"),
    ("p14.part1.s2", "genitive", "предложения второго части первой пункта 14"),
    ("p14.part1.s2", "prepositional", "предложении втором части первой пункта 14"),
]
TYPED = [
    ("18", "p18"),
    ("18.3", "p18.sub3"),
    ("18.", "p18"),
    (" 18.3) ", "p18.sub3"),
    ("p18.3", "p18.sub3"),
    ("P18.SUB3", "p18.sub3"),
    ("р18.sub3", "p18.sub3"),  # a Cyrillic р
    ("14.part1", "p14.part1"),
    ("p14.part1", "p14.part1"),
    ("10.part2.sub1.dash3", "p10.part2.sub1.dash3"),
    ("10.part2.1", "p10.part2.sub1"),
    ("14-1", "p14-1"),
    ("15.44-28", "p15.sub44-28"),
    ("«подпункт 3) пункта 18»", "p18.sub3"),
    ("подпункт 3 пункта 18.", "p18.sub3"),
    ("пункт 18, подпункт 3)", "p18.sub3"),
    ("пп. 3) п. 18", "p18.sub3"),
    ("подп. 3 п. 18", "p18.sub3"),
    ("ч. 2 п. 14", "p14.part2"),
    ("п.14 ч.2", "p14.part2"),
    ("Часть вторая пункта 14", "p14.part2"),
    ("вторая часть пункта 14", "p14.part2"),
    ("в части второй пункта 14 настоящих Правил", "p14.part2"),
    ("вторую часть четырнадцатого пункта", "p14.part2"),
    ("второе предложение части первой пункта 14", "p14.part1.s2"),
    ("абзац четвёртый подпункта 1) части второй пункта 10", "p10.part2.sub1.dash3"),
    ("абзац первый подпункта 1) части второй пункта 10", "p10.part2.sub1"),
    ("абзац первый пункта 18", "p18"),
    ("sub-point 3) of point 18", "p18.sub3"),
    ("point 18, sub-point 3", "p18.sub3"),
    ("Part two of point 14 of these Rules", "p14.part2"),
    ("paragraph four of sub-point 1) of part two of point 10", "p10.part2.sub1.dash3"),
]
REFUSED = [
    "", " ", "p", "abc", "0", "018", "p0", "18.0", "18..3", ".3", "18.3.4", "-14", "14-", "p18 sub3", "18,3",
    "p14.part100", "p5.dash99", "часть сотая пункта 14", "часть 100 пункта 14", "часть 2-1 пункта 14", "пункт",
    "пункт пункт", "пункт 18 пункт 19", "18 19", "подпункты 1) и 3) пункта 18", "часть вторая", "подпункт 3)",
    "пункт 18 глава 3", "подпункт 3) части второй", "пункт 10 подпункт 1) часть вторая", "статья 18", "18-й пункт",
    "пункт 18" * 100, "p18\n.sub3", "p१८", "пункт 123456789012345678901234567890",
]  # fmt: skip


@pytest.mark.parametrize(("unit", "ru", "en"), CITED)
def test_the_official_citation_in_both_languages(unit: str, ru: str, en: str) -> None:
    assert citation(unit, "ru") == ru
    assert citation(unit, "en") == en
    assert unit_id_from_user(ru) == unit
    assert unit_id_from_user(en) == unit


@pytest.mark.parametrize(("unit", "case", "words"), DECLINED)
def test_only_the_first_step_takes_the_case(unit: str, case: Case, words: str) -> None:
    assert citation(unit, "ru", case) == words
    assert unit_id_from_user(words) == unit


@pytest.mark.parametrize(("typed", "unit"), TYPED)
def test_what_people_type_is_understood(typed: str, unit: str) -> None:
    assert unit_id_from_user(typed) == unit


@pytest.mark.parametrize("text", REFUSED)
def test_what_names_no_unit_is_refused_with_a_diagnostic(text: str) -> None:
    with pytest.raises(UnitIdError) as caught:
        unit_id_from_user(text)
    (found,) = caught.value.diagnostics
    assert found.code in {"unit.unreadable", "unit.no-point"}
    assert found.expected


@pytest.mark.parametrize(
    "text", ["18.3", "p18.3", "P18", "p18.sub3 ", "p14.dash1.part2", "p14.part0", "пункт 18", "p1\n"]
)
def test_files_take_the_strict_form_only(text: str) -> None:
    with pytest.raises(UnitIdError) as caught:
        parse_unit_id(text)
    assert caught.value.diagnostic.code == "unit.not-an-id"
    assert caught.value.at(spot("p18.yaml", 4, 7)).place == spot("p18.yaml", 4, 7)


def test_levels_left_out_come_from_around() -> None:
    p10 = parse_unit_id("p10.part2")
    assert str(parse_citation("в подпункте 3)", within=p10)) == "p10.part2.sub3"
    assert str(parse_citation("часть пятую", within=p10)) == "p10.part5"
    assert str(parse_citation("в пункте 11", within=p10)) == "p11"
    assert str(parse_citation("абзац второй", within=parse_unit_id("p10.part2.sub1"))) == "p10.part2.sub1.dash1"


def test_the_order_of_the_text() -> None:
    text = [
        "p1", "p5.part1", "p5.part2", "p9", "p10.part1", "p10.part2", "p10.part2.sub1", "p10.part2.sub1.dash1",
        "p10.part2.sub1.dash3", "p10.part2.sub2", "p10.part3", "p14", "p14.part1", "p14.part1.s1", "p14.part1.s2",
        "p14.part2", "p14-1", "p14-2", "p14-10", "p15", "p15.sub44", "p15.sub44-3", "p15.sub44-28", "p15.sub45", "p18",
        "p18.sub8", "p18.sub9", "p18.sub10", "p20",
    ]  # fmt: skip
    shuffled = random.Random(7).sample(text, len(text))
    assert sorted(shuffled, key=sort_key) == text


@pytest.mark.parametrize(
    ("unit", "eid"),
    [
        ("p18", "para_18"),
        ("p18.sub3", "para_18__point_3"),
        ("p14.part2", "para_14__subpara_2"),
        ("p10.part2.sub1.dash3", "para_10__subpara_2__point_1__indent_3"),
        ("p14-1", "para_14-1"),
        ("p14.part1.s2", "para_14__subpara_1__span_2"),
    ],
)
def test_the_akoma_ntoso_identifier(unit: str, eid: str) -> None:
    assert akn_eid(unit) == eid


def test_what_lies_within_what() -> None:
    assert is_within("p18.sub3", "p18")
    assert is_within("p10.part2.sub1.dash3", "p10.part2")
    assert is_within("p18", "p18")
    assert not is_within("p14-1", "p14")
    assert not is_within("p18", "p18.sub3")
    assert not is_within("p10.part2.sub1", "p10.part1")
    assert [str(parse_unit_id("p10.part2.sub1").parent), parse_unit_id("p10").parent] == ["p10.part2", None]


def test_number_words_are_distinct_and_reach_ninety_nine() -> None:
    nominatives = {ordinal_ru(n, "masculine") for n in range(1, 100)}
    assert len(nominatives) == 99
    assert {number_words()[word] for word in nominatives} == set(range(1, 100))
    assert all(
        number_words()[ordinal_ru(n, gender, case)] == n for n in range(1, 100) for gender in GENDERS for case in CASES
    )
    assert [number_en(n) for n in (1, 12, 20, 21, 99)] == ["one", "twelve", "twenty", "twenty-one", "ninety-nine"]
    for beyond in (0, -1, 100):
        with pytest.raises(ValueError, match="no number word"):
            ordinal_ru(beyond, "neuter")
        with pytest.raises(ValueError, match="no number word"):
            number_en(beyond)


NUMBERS = st.integers(1, 400).map(lambda n: (n,)) | st.tuples(st.integers(1, 400), st.integers(1, 60))
COUNTS = st.none() | st.integers(1, 98)
PLACES = st.builds(UnitId, point=NUMBERS, part=COUNTS, sub=st.none() | NUMBERS, dash=COUNTS, sentence=COUNTS)


@given(PLACES, st.sampled_from(CASES))
def test_writing_and_reading_are_inverse(place: UnitId, case: Case) -> None:
    assert parse_unit_id(str(place)) == place
    assert parse_citation(citation(place, "ru", case)) == place
    assert parse_citation(citation(place, "en")) == place


@given(PLACES, PLACES)
def test_different_places_never_share_a_key_an_identifier_or_a_citation(one: UnitId, other: UnitId) -> None:
    if one != other:
        assert one.sort_key != other.sort_key
        assert akn_eid(one) != akn_eid(other)
        assert citation(one, "ru") != citation(other, "ru")


@given(st.text(max_size=60) | st.text("0123456789-.)p пунктчасьвторяdahsub", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        unit = unit_id_from_user(text)
    except UnitIdError:
        return
    assert str(parse_unit_id(unit)) == unit
