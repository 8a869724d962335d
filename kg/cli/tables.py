"""Tables and quoted sentences for people, as wide as the terminal.

Rich draws finer tables, but importing it takes longer than the question that is being answered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.cli.output import Line, Piece, clean, cut, line_width, say, width

GAP = 2
# Less than this is not worth showing of a cell.
_NARROWEST = 4
_STYLES = {"head": "name", "tail": "name", "trigger": "trigger"}

Span = tuple[int, int]


def print_rows(
    rows: Sequence[Sequence[str]],
    *,
    titles: Sequence[str] = (),
    styles: Sequence[str] = (),
    notes: Sequence[Sequence[Line]] = (),
) -> None:
    """Print rows in columns that fit the terminal, the widest cut first.

    `styles` colours the columns; `notes` has for each row the lines that follow it, which are indented.
    """
    table = [[clean(cell) for cell in row] for row in ([titles, *rows] if titles else rows)]
    if not table:
        return
    widths = _fitted([max(width(row[at]) for row in table) for at in range(len(table[0]))])
    for number, row in enumerate(table, -1 if titles else 0):
        heading = number < 0
        say([("  ", ""), *_row(row, widths, ["dim"] * len(row) if heading else styles)])
        if notes and not heading:
            for note in notes[number]:
                say([("      ", ""), *([(note, "")] if isinstance(note, str) else note)])


def quoted(quote: str, start: int, spans: dict[str, Span | None], columns: int | None = None) -> list[Piece]:
    """Return a sentence with its head, trigger and tail marked.

    `spans` are offsets of the document, `start` that of the quote. `columns` cuts the sentence, if it is
    too long, to what stands around the marks; without it the whole is returned.
    """
    inside = sorted(
        (span[0] - start, span[1] - start, name)
        for name, span in spans.items()
        if span and 0 <= span[0] - start < span[1] - start <= len(quote)
    )
    pieces: list[Piece] = []
    at = 0
    for begin, end, name in inside:
        if begin < at:
            continue
        pieces.append((quote[at:begin], ""))
        opening, closing = "‹›" if name == "trigger" else "【】"
        pieces.append((f"{opening}{quote[begin:end]}{closing}", _STYLES[name]))
        at = end
    pieces.append((quote[at:], ""))
    return _window([(clean(text), style) for text, style in pieces if text], columns)


def room(indent: int = 6) -> int:
    """Return the columns that are left beside an indent."""
    return line_width() - indent


def _row(row: Sequence[str], widths: Sequence[int], styles: Sequence[str]) -> Iterator[Piece]:
    last = len(row) - 1
    for at, (cell, columns) in enumerate(zip(row, widths, strict=True)):
        shown = cut(cell, columns)
        yield shown, styles[at] if at < len(styles) else ""
        if at < last:
            yield " " * (columns - width(shown) + GAP), ""


def _fitted(widths: list[int]) -> list[int]:
    """Return the widths, the widest made narrower until all fit on a line."""
    left = room(2) - GAP * (len(widths) - 1)
    while sum(widths) > left and max(widths) > _NARROWEST:
        widest = max(widths)
        excess = sum(widths) - left
        second = max((each for each in widths if each < widest), default=0)
        share = -(-excess // widths.count(widest))
        target = max(widest - share, second, _NARROWEST)
        widths = [target if each == widest else each for each in widths]
    return widths


def _window(pieces: list[Piece], columns: int | None) -> list[Piece]:
    """Return the pieces; if they are too wide, what stands beside and between the marks is shortened."""
    if columns is None:
        return pieces
    excess = sum(width(text) for text, _ in pieces) - columns
    plain = [at for at, (_, style) in enumerate(pieces) if not style]
    # What stands after the marks says least, then what stands before, then what stands between.
    for at in sorted(plain, key=lambda at: (0 < at < len(pieces) - 1, -at)):
        if excess <= 0:
            break
        text = pieces[at][0]
        keep = max(_NARROWEST, width(text) - excess)
        short = _tail(text, keep) if at == 0 and len(pieces) > 1 else cut(text, keep)
        excess -= width(text) - width(short)
        pieces[at] = (short, "")
    return limited(pieces, columns)


def limited(pieces: Sequence[Piece], columns: int) -> list[Piece]:
    """Return the pieces as far as they fit."""
    kept: list[Piece] = []
    for text, style in pieces:
        kept.append((cut(text, columns), style))
        columns -= width(kept[-1][0])
        if columns <= 0 or kept[-1][0] != text:
            break
    return kept


def _tail(text: str, columns: int) -> str:
    """Return the end of a text that fits."""
    return text if width(text) <= columns else cut(text[::-1], columns)[::-1]
