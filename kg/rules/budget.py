"""How much a frame may cost: a bound on the ways in which one stretch of text can be read by it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.errors import Place, RuleError
from kg.rules.nodes import Edge, Gap, Group, Literal, Node, Slot

GAP = 40
LONG_GAP = 80
# The costliest shipped frame has 1.2e8, which no real clause comes near; one more gap takes seconds to fail.
MAX_WAYS = 10**30
MAX_NESTING = 10
MAX_LENGTH = 1_000

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


def ways(nodes: Sequence[Node], after: Node | None = None) -> int:
    """Return a bound on the ways to lay a frame, which goes on with `after`, over a text from a given start.

    A gap before a name's slot ends at the first such name, and one before a comma or `$` at the clause's
    end: each has one way. Any other may be as long as it likes. Of a group only such options count together
    as may begin alike.
    """
    total = 1
    for index, node in enumerate(nodes):
        following = nodes[index + 1] if index + 1 < len(nodes) else after
        if isinstance(node, Group):
            total *= _ways_of_options(node.options, following) + node.optional
        elif isinstance(node, Gap) and not _settles(following, node):
            total *= 1 + (LONG_GAP if node.long else GAP)
    return total


def _ways_of_options(options: Sequence[Sequence[Node]], after: Node | None) -> int:
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


def _settles(following: Node | None, gap: Gap) -> bool:
    if isinstance(following, Slot):
        return following.name in _ENDS and not following.aside
    if isinstance(following, Literal):
        return following.text[:1] in ("；。" if gap.long else "，；：。")
    return isinstance(following, Edge) and not following.start and not gap.long
