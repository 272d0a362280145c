"""CSV in any usual encoding and with any usual delimiter; rows with too few or too many cells are named."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pc
from attrs import define, field

from compliance.bulk.registers.batch import BadRow, Batch, Opened
from compliance.source.diagnostic import Collector

HEAD: Final = 256 * 1024
DELIMITERS: Final = (",", ";", "\t", "|")
CYRILLIC: Final = ("cp1251", "cp866", "koi8-r")
COMMON: Final = frozenset("оеаинтсрвлкмдпу")
BLOCK: Final = 16 * 1024 * 1024


def open_csv(path: Path, encoding: str | None = None, delimiter: str | None = None) -> Opened:
    """The register of a CSV file; what is not given is sniffed."""
    with open(path, "rb") as stream:
        head = stream.read(HEAD)
    if not head.strip():
        Collector().fail("audit.empty-file", None, path=str(path))
    found = encoding or sniff_encoding(path, head)
    strict = encoding is None and found == "utf-8" and _is_utf8(path)
    text = decoded(head, found)
    mark = delimiter or sniff_delimiter(text)
    heading = next(csv.reader(io.StringIO(text, newline=""), delimiter=mark), [])
    columns = tuple(unique([name.strip() for name in heading]))
    about = {"encoding": found, "delimiter": mark}
    return Opened(columns, lambda: _batches(path, columns, "" if strict else found, mark), about=about)


def unique(names: list[str]) -> list[str]:
    """Headings that differ: an empty one is named by its place, a repeated one is numbered."""
    seen: dict[str, int] = {}
    found = []
    for at, name in enumerate(names, 1):
        name = name or f"#{at}"
        seen[name] = seen.get(name, 0) + 1
        found.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return found


def sniff_encoding(path: Path, head: bytes) -> str:
    """The encoding of a file: by its mark, as UTF-8 where all of it is, else the likeliest Cyrillic one."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if head.startswith(mark):
            return name
    if _is_utf8(path):
        return "utf-8"
    letters = _valid_start(head)
    if letters >= 8 and letters * 4 > sum(byte > 0x7F for byte in head):
        return "utf-8"  # UTF-8 with some bytes that are not: those rows are quarantined
    return max(CYRILLIC, key=lambda name: _likely(head.decode(name, "replace")))


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        with open(path, "rb") as stream:
            while block := stream.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _valid_start(head: bytes) -> int:
    """How many Cyrillic letters of UTF-8 the bytes hold."""
    return sum("а" <= letter.lower() <= "я" for letter in head.decode("utf-8", "ignore"))


def _likely(text: str) -> float:
    """How much a text looks like Russian: common small letters count, odd signs count against it."""
    return sum(
        1.0 if letter in COMMON else -1.0 if ord(letter) > 0x7F and not letter.isalpha() else 0 for letter in text
    )


def decoded(head: bytes, encoding: str) -> str:
    """The beginning of a file as text; LookupError is an encoding that nobody knows."""
    try:
        return codecs.getincrementaldecoder(encoding)("replace").decode(head)
    except LookupError:
        Collector().fail("audit.unknown-encoding", None, word=encoding)


def sniff_delimiter(text: str) -> str:
    """The delimiter that cuts the first lines into most cells, the same number in each."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    if not lines:
        return ","

    def cells(mark: str) -> tuple[int, int]:
        counts = [len(row) for row in csv.reader(lines, delimiter=mark)]
        same = sum(count == counts[0] for count in counts) if counts else 0
        return (same if counts and counts[0] > 1 else 0, counts[0] if counts else 0)

    return max(DELIMITERS, key=lambda mark: (cells(mark)[1] > 1, cells(mark)))


@define
class _Skipped:
    """Rows that Arrow's reader refuses; it numbers them from the heading, which is 1."""

    rows: list[BadRow] = field(factory=list)

    def note(self, row: Any) -> str:
        text = (row.text or "")[:200]
        self.rows.append(BadRow(int(row.number), "audit.row-empty" if not text.strip() else "audit.row-cells", text))
        return "skip"


def _batches(path: Path, columns: tuple[str, ...], encoding: str, delimiter: str) -> Iterator[Batch]:
    """The rows; an empty `encoding` is UTF-8 that has been checked."""
    skipped = _Skipped()
    with open(path, "rb") as raw:
        try:
            yield from _numbered(_reader(raw, columns, encoding, delimiter, skipped), skipped)
        except (pa.ArrowInvalid, UnicodeError) as error:
            Collector().fail("audit.unreadable-file", None, path=str(path), text=" ".join(str(error).split())[:200])


def _numbered(reader: Any, skipped: _Skipped) -> Iterator[Batch]:
    """Batches with the number of each row: those that were skipped count too."""
    start, said = 2, 0
    for batch in reader:
        size = batch.num_rows
        fresh = skipped.rows[said:]
        said = len(skipped.rows)
        numbers = np.arange(start, start + size + len(fresh), dtype=np.int64)
        if fresh:
            numbers = numbers[~np.isin(numbers, [bad.row for bad in fresh])][:size]
        start += size + len(fresh)
        yield Batch(pa.Table.from_batches([batch]), numbers, tuple(fresh))
    if skipped.rows[said:]:
        none = pa.table({})
        yield Batch(none, np.zeros(0, dtype=np.int64), tuple(skipped.rows[said:]))


def _reader(raw: Any, columns: tuple[str, ...], encoding: str, delimiter: str, skipped: _Skipped) -> Any:
    stream = _Recoded(raw, encoding) if encoding else raw
    return pc.open_csv(
        pa.PythonFile(stream, mode="r"),
        read_options=pc.ReadOptions(
            column_names=list(columns), skip_rows=1, block_size=BLOCK, use_threads=False, encoding="utf8"
        ),
        parse_options=pc.ParseOptions(
            delimiter=delimiter, newlines_in_values=True, ignore_empty_lines=False, invalid_row_handler=skipped.note
        ),
        convert_options=pc.ConvertOptions(
            column_types=dict.fromkeys(columns, pa.dictionary(pa.int32(), pa.string())),
            check_utf8=False,
            strings_can_be_null=True,
            null_values=[""],
            quoted_strings_can_be_null=True,
        ),
    )


class _Recoded(io.RawIOBase):
    """A file in another encoding as UTF-8; what cannot be read becomes the replacement sign, and is seen later."""

    def __init__(self, raw: Any, encoding: str) -> None:
        super().__init__()
        self.raw, self.decoder, self.left, self.done = (
            raw,
            codecs.getincrementaldecoder(encoding)("replace"),
            b"",
            False,
        )

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self.done and (size < 0 or len(self.left) < size):
            block = self.raw.read(BLOCK)
            self.done = not block
            self.left += self.decoder.decode(block, final=self.done).encode("utf-8")
        taken, self.left = (self.left, b"") if size < 0 else (self.left[:size], self.left[size:])
        return taken
