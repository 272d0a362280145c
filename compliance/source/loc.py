"""Places in source files, and source texts cut into lines for the carets."""

from __future__ import annotations

from attrs import field, frozen


@frozen
class Place:
    """A stretch of a file: lines and columns count characters from 1, the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int

    @property
    def key(self) -> tuple[str, int, int, int, int]:
        """The order in which places are reported: by file, then from top to bottom."""
        return (self.file, self.line, self.column, self.end_line, self.end_column)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    def to(self, last: Place) -> Place:
        """The place from the start of this one to the end of `last`."""
        return Place(self.file, self.line, self.column, last.end_line, last.end_column)


def spot(file: str, line: int, column: int, width: int = 1) -> Place:
    """A place of `width` characters on one line."""
    return Place(file, line, column, line, column + width)


def split_lines(text: str) -> list[str]:
    """Lines as every editor counts them: only CR LF, LF and CR end a line."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


@frozen
class Source:
    """A file's name and text."""

    name: str
    text: str = field(repr=False)
    lines: tuple[str, ...] = field(init=False, repr=False, eq=False)

    @lines.default
    def _cut(self) -> tuple[str, ...]:
        return tuple(split_lines(self.text))

    def line(self, number: int) -> str | None:
        """The text of a line counted from 1, or nothing where the file has no such line."""
        return self.lines[number - 1] if 1 <= number <= len(self.lines) else None

    def place_of(self, offset: int, width: int = 1) -> Place:
        """The place of a character offset into the text."""
        before = split_lines(self.text[:offset])
        return spot(self.name, len(before), len(before[-1]) + 1, width)
