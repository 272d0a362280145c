"""Places and lines."""

from compliance.source.loc import Place, Source, split_lines, spot


def test_places_sort_by_file_and_then_from_top_to_bottom() -> None:
    places = [spot("b", 1, 1), spot("a", 10, 2), spot("a", 9, 30), spot("a", 10, 1)]
    assert [str(place) for place in sorted(places, key=lambda place: place.key)] == [
        "a:9:30",
        "a:10:1",
        "a:10:2",
        "b:1:1",
    ]


def test_two_places_join_into_one_stretch() -> None:
    assert spot("f", 2, 3, 4).to(spot("f", 5, 6, 2)) == Place("f", 2, 3, 5, 8)


def test_lines_end_where_editors_end_them_and_nowhere_else() -> None:
    assert split_lines("a\r\nb\rc\n\x0bd\u2028e") == ["a", "b", "c", "\x0bd\u2028e"]


def test_a_source_finds_lines_and_offsets() -> None:
    source = Source("f", "один\nдва\n")
    assert (source.line(2), source.line(3), source.line(4), source.line(0)) == ("два", "", None, None)
    assert source.place_of(source.text.index("ва"), 2) == spot("f", 2, 2, 2)
    assert source.place_of(0) == spot("f", 1, 1)
