"""Messages are found by code and filled by name."""

from compliance.source.catalog import codes, fill, message


def test_a_message_is_bilingual_and_explained() -> None:
    found = message("source.tab")
    assert found is not None
    assert found.line("en") != found.line("ru")
    assert found.explain("en") != found.explain("ru")
    assert len(found.explain("ru")) > len(found.line("ru"))


def test_unknown_codes_have_no_message() -> None:
    assert message("source.nothing") is None
    assert message("nothing.at-all") is None
    assert message("../../etc.x") is None


def test_every_code_is_found_under_its_own_name() -> None:
    known = codes()
    assert "source.tab" in known
    assert list(known) == sorted(known)
    assert all((found := message(code)) is not None and found.code == code for code in known)


def test_holes_are_filled_once_and_missing_fields_stay_visible() -> None:
    assert fill("{a} and {b}", {"a": "{b}"}) == "{b} and {b}"
