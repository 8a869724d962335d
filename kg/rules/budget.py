"""How much a frame may cost: a bound on the ways in which one stretch of text can be read by it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.errors import Place, RuleError
from kg.rules.nodes import Edge, Gap, Group, Literal, Node, Slot

GAP = 40
LONG_GAP = 80
# The costliest shipped frame has 3e9, which no real clause comes near. What takes long in spite of the bound
# is stopped by the deadline of its document.
MAX_WAYS = 10_000_000_000
MAX_NESTING = 10
MAX_LENGTH = 1_000

# As many names of one kind stand in a gap at most.
_FEW = 5
_ENDS = frozenset(("head", "tail", "双方"))


def check_nesting(depth: int, text: str, place: Place | None) -> None:
    """Raise RuleError for a frame that is too long, or whose groups are nested `depth` deep and too deep."""
    if len(text) > MAX_LENGTH:
        raise RuleError(
            f"a frame has {len(text):,} characters, over {MAX_LENGTH:,}",
            place=place,
            hint="write several frames",
        )
    if depth > MAX_NESTING:
        raise RuleError(
            f"frame `{text}`: brackets are nested more than {MAX_NESTING} deep",
            place=place,
            hint="write several frames",
        )


def check_ways(nodes: Sequence[Node], text: str, place: Place | None) -> None:
    """Raise RuleError for a frame that a clause might be compared with for ever."""
    if ways(nodes) > MAX_WAYS:
        raise RuleError(
            f"frame `{text}`: too many gaps and choices, a clause could be read in too many ways",
            place=place,
            hint="take out a gap, put a slot or a word between two, or write several frames",
        )


def ways(nodes: Sequence[Node], after: Sequence[Node] = ()) -> int:
    """Return a bound on the ways to lay a frame, which goes on with `after`, over a text from a given start.

    A gap before a name's slot ends at one of few such names, and one before a comma or `$` at the clause's
    end. Any other may be as long as it likes. Of a group only such options count together as may begin alike.
    """
    total = 1
    for index, node in enumerate(nodes):
        following = (*nodes[index + 1 :], *after)
        if isinstance(node, Group):
            total *= _ways_of_options(node.options, following) + node.optional
        elif isinstance(node, Gap):
            total *= _ways_of_gap(node, following)
    return total


def _ways_of_options(options: Sequence[Sequence[Node]], after: Sequence[Node]) -> int:
    anywhere = 0
    by_start: dict[str, int] = {}
    for option in options:
        first = option[0] if option else None
        count = ways(option, after)
        if isinstance(first, Literal):
            by_start[first.text[:1]] = by_start.get(first.text[:1], 0) + count
        else:
            anywhere += count
    return anywhere + max(by_start.values(), default=0)


def _ways_of_gap(gap: Gap, following: Sequence[Node]) -> int:
    first = following[0] if following else None
    if isinstance(first, Slot) and first.name in _ENDS:
        return _FEW if first.aside else 1
    if isinstance(first, Group) and all(
        len(each) == 1 and isinstance(each[0], Slot) for each in first.options
    ):
        if first.optional and _ways_of_gap(gap, following[1:]) <= _FEW:
            return _FEW
    elif isinstance(first, Literal) and first.text[:1] in ("；。" if gap.long else "，；：。"):
        return 1
    if isinstance(first, Edge) and not first.start and not gap.long:
        return 1
    return 1 + (LONG_GAP if gap.long else GAP)
