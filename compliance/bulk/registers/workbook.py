"""Writes a workbook row by row as plain Office Open XML: twenty times faster than through a model of cells."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final
from xml.sax.saxutils import escape

STAMP: Final = (2025, 4, 23, 0, 0, 0)
"""The time in every entry: the same findings give the same bytes."""
LONGEST: Final = 32_000
FLUSH: Final = 2_000

_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_REFUSED: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class SheetWriter:
    """A workbook whose sheets are written one after the other: `start`, `row`..., `close`."""

    def __init__(self, path: Path) -> None:
        self.file = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self.names: list[str] = []
        self.stream: Any = None
        self.waiting: list[str] = []

    def start(self, name: str, widths: Sequence[int] = ()) -> None:
        """Begins a sheet; the one before it is finished."""
        self.finish()
        self.names.append(name)
        entry = zipfile.ZipInfo(f"xl/worksheets/sheet{len(self.names)}.xml", STAMP)
        entry.compress_type = zipfile.ZIP_DEFLATED
        self.stream = self.file.open(entry, "w", force_zip64=True)
        columns = "".join(
            f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>' for at, width in enumerate(widths, 1)
        )
        columns = f"<cols>{columns}</cols>" if columns else ""
        self.waiting = [f'{_XML}<worksheet xmlns="{_MAIN}">{columns}<sheetData>']

    def row(self, cells: Iterable[Any]) -> None:
        self.waiting.append(f"<row>{''.join(map(_cell, cells))}</row>")
        if len(self.waiting) >= FLUSH:
            self.flush()

    def flush(self) -> None:
        self.stream.write("".join(self.waiting).encode("utf-8"))
        self.waiting = []

    def finish(self) -> None:
        if self.stream is not None:
            self.waiting.append("</sheetData></worksheet>")
            self.flush()
            self.stream.close()
            self.stream = None

    def close(self) -> None:
        """Finishes the last sheet and writes what holds the sheets together."""
        self.finish()
        numbers = range(1, len(self.names) + 1)
        sheets = "".join(
            f'<sheet name="{escape(name)}" sheetId="{at}" r:id="rId{at}"/>'
            for at, name in zip(numbers, self.names, strict=True)
        )
        links = "".join(
            f'<Relationship Id="rId{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
            for at in numbers
        )
        parts = "".join(
            f'<Override PartName="/xl/worksheets/sheet{at}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
            for at in numbers
        )
        self.entry(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'
        )
        self.entry(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
        )
        self.entry("_rels/.rels", (
            f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ))  # fmt: skip
        self.entry("[Content_Types].xml", (
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>{parts}</Types>'
        ))  # fmt: skip
        self.file.close()

    def entry(self, name: str, text: str) -> None:
        self.file.writestr(zipfile.ZipInfo(name, STAMP), _XML + text)


def _cell(value: Any) -> str:
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int):
        return f"<c><v>{value}</v></c>"
    text = escape(_REFUSED.sub(" ", str(value))[:LONGEST])
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
