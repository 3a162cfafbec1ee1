"""A CSV file that somebody downloaded: cells can be filled in, and every other byte stays as it was."""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError

MAX_BYTES = 50_000_000
_BOMS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_DELIMITERS = ",;\t"
_QUOTED = re.compile(r'"[^"]*"')
_LINE_END = re.compile(r"\r\n|\r|\n")
_ANEW = "download it anew, and do not edit it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell, and where it stands in the file's text."""

    text: str
    start: int
    end: int
    line: int
    """Counted from 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A file's text and its cells."""

    name: str
    bom: bytes
    encoding: str
    text: str
    delimiter: str
    rows: tuple[tuple[Cell, ...], ...]
    """Rows without any text are left out."""

    @property
    def header(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(cell.text.strip() for cell in self.rows[0])

    def cell(self, row: tuple[Cell, ...], column: int) -> Cell:
        """Return a row's cell; raise `UsageError` where the row is too short."""
        if column >= len(row):
            raise self.error(row[0].line, f"this row has {len(row)} cells, the first row has {len(self.rows[0])}")
        return row[column]

    def filled(self, values: Mapping[Cell, str]) -> bytes:
        """Return the file with other values in some cells. Raises `UsageError` for what its encoding cannot hold."""
        changes = sorted(values.items(), key=lambda change: change[0].start)
        ends = [0, *(cell.end for cell, _ in changes)]
        starts = [*(cell.start for cell, _ in changes), len(self.text)]
        kept = [self.text[end:start] for end, start in zip(ends, starts, strict=True)]
        new = [self._written(cell, value) for cell, value in changes]
        text = kept[0] + "".join(value + rest for value, rest in zip(new, kept[1:], strict=True))
        try:
            return self.bom + text.encode(self.encoding)
        except UnicodeEncodeError as error:
            raise UsageError(
                f"{self.name} is in {self.encoding}, which cannot hold {text[error.start]!r}",
                hint="save it as CSV UTF-8, and fill that",
            ) from error

    def error(self, line: int, message: str, hint: str = _ANEW) -> UsageError:
        """Return a complaint about one line."""
        return UsageError(f"{self.name}, line {line}: {message}", hint=hint)

    def _written(self, cell: Cell, value: str) -> str:
        was_quoted = self.text[cell.start : cell.start + 1] == '"'
        needs_quotes = any(mark in value for mark in (self.delimiter, '"', "\n", "\r")) or value != value.strip()
        return '"' + value.replace('"', '""') + '"' if was_quoted or needs_quotes else value


def read_sheet(path: Path) -> Sheet:
    """Read a CSV file in UTF-8, in UTF-16 with a byte order mark, or in Windows-1252; comma, semicolon or tab separate.

    Raises `UsageError` for a file that cannot be read, is too large, is no CSV or holds nothing.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(
            f"cannot read {path}: {(error.strerror or str(error)).lower()}", hint="name the file that you downloaded"
        ) from error
    if len(content) > MAX_BYTES:
        raise UsageError(f"{path} is larger than {MAX_BYTES / 1e6:g} MB", hint="is it the right file?")
    return parse_sheet(content, str(path))


def parse_sheet(content: bytes, name: str) -> Sheet:
    """Parse a CSV file's bytes; raises as `read_sheet` does."""
    bom = next((mark for mark in _BOMS if content.startswith(mark)), b"")
    encoding, text = _decoded(content[len(bom) :], _BOMS.get(bom), name)
    if "\0" in text:
        raise UsageError(f"{name} is not a text file", hint="save it as CSV UTF-8")
    head = _QUOTED.sub("", text.lstrip("\r\n").partition("\n")[0])
    delimiter = max(_DELIMITERS, key=head.count)
    rows = tuple(row for row in _rows(text, delimiter, name) if any(cell.text.strip() for cell in row))
    if not rows:
        raise UsageError(f"{name} is empty", hint="download it anew")
    return Sheet(name=name, bom=bom, encoding=encoding, text=text, delimiter=delimiter, rows=rows)


def _decoded(content: bytes, encoding: str | None, name: str) -> tuple[str, str]:
    for candidate in [encoding] if encoding else ["utf-8", "cp1252"]:
        try:
            return candidate, content.decode(candidate)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{name} is neither UTF-8 nor Windows-1252", hint="save it as CSV UTF-8")


def _rows(text: str, delimiter: str, name: str) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of each row (RFC 4180; any kind of line end)."""
    pattern = re.compile(
        rf'(?:"(?P<quoted>[^"]*(?:""[^"]*)*)"|(?P<bare>[^"{delimiter}\r\n][^{delimiter}\r\n]*)?)'
        rf"(?P<end>{delimiter}|\r\n|\r|\n|\Z)"
    )
    place, line = 0, 1
    row: list[Cell] = []
    while match := pattern.match(text, place):
        value = (match["quoted"] or "").replace('""', '"') or match["bare"] or ""
        row.append(Cell(text=value, start=place, end=match.start("end"), line=line))
        line += len(_LINE_END.findall(match[0]))
        place = match.end()
        if match["end"] != delimiter:
            yield tuple(row)
            row = []
            if place == len(text):
                return
    raise UsageError(f'{name}, line {line}: a " that is not closed', hint=_ANEW)
