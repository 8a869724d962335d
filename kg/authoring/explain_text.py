"""An explanation on the terminal."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Group, RenderableType
from rich.text import Text

from kg.authoring.explain import Explanation, MatchView, SentenceExplanation
from kg.ontology import EntityType

NEAR_SHOWN = 5
"""How many near misses a sentence shows unless all are asked for."""

_OUTCOMES = {"kept": "green", "negated": "red", "same entity": "yellow", "said already": "dim"}


def render(
    explanation: Explanation, types: Mapping[str, EntityType], *, everything: bool = False
) -> RenderableType:
    """Return the explanation in colours: names in those of their type, triggers underlined."""
    if not explanation.sentences:
        return Text("nothing here can hold a statement: no name, role, trigger or title was recognised")
    parts: list[RenderableType] = []
    for sentence in explanation.sentences:
        parts.extend(_sentence(sentence, types, everything))
    for entity in explanation.entities:
        others = [name for name in entity.names if name != entity.name]
        also = f" = {'、'.join(others)}" if others else ""
        parts.append(
            Text.assemble(("entity  ", "dim"), (entity.name, "bold"), also, (f"  {entity.id}", "dim"))
        )
    return Group(*parts)


def _sentence(
    sentence: SentenceExplanation, types: Mapping[str, EntityType], everything: bool
) -> list[RenderableType]:
    parts: list[RenderableType] = [_marked(sentence, types), _names(sentence, types)]
    for clause in sentence.clauses:
        subject = (
            f"  subject: {clause.subject}{' (inherited)' if clause.inherited else ''}"
            if clause.subject
            else ""
        )
        parts.append(Text.assemble(("clause  ", "dim"), clause.text, (subject, "cyan")))
    parts.extend(_match(match) for match in sentence.found)
    shown = sentence.nearly if everything else sentence.nearly[:NEAR_SHOWN]
    for miss in shown:
        parts.append(Text.assemble(("nearly  ", "yellow"), (miss.rule, "bold"), f"\n        {miss}"))
    hidden = len(sentence.nearly) - len(shown)
    if hidden:
        parts.append(Text(f"        and {hidden} more", style="dim"))
    parts.append(Text(""))
    return parts


def _marked(sentence: SentenceExplanation, types: Mapping[str, EntityType]) -> Text:
    text = Text(sentence.text)
    for mention in sentence.mentions:
        text.stylize(f"bold {_color(mention.types, types)}", mention.start, mention.end)
    for mark in sentence.marks:
        text.stylize("underline" if mark.kind == "trigger" else "italic", mark.start, mark.end)
    for match in sentence.found:
        place = sentence.text.find(match.cue) if match.cue else -1
        if place >= 0:
            text.stylize("reverse", place, place + len(match.cue))
    return text


def _names(sentence: SentenceExplanation, types: Mapping[str, EntityType]) -> Text:
    line = Text()
    for mention in sentence.mentions:
        line.append(f"  {mention.name}", style=_color(mention.types, types))
        line.append(f" {'/'.join(mention.types)} by {mention.found_by}", style="dim")
    for mark in sentence.marks:
        line.append(f"  {mark.text}", style="underline" if mark.kind == "trigger" else "italic")
        line.append(f" {mark.kind}{' of ' + '、'.join(mark.means) if mark.means else ''}", style="dim")
    return line


def _color(kinds: tuple[str, ...], types: Mapping[str, EntityType]) -> str:
    return types[kinds[0]].color if kinds and kinds[0] in types else "white"


def _match(match: MatchView) -> Text:
    text = Text.assemble(
        ("found   ", _OUTCOMES[match.outcome]), (f"{match.head} {match.relation} {match.tail}", "bold")
    )
    details = [match.outcome]
    if match.certainty:
        details.append(match.certainty)
    if match.cue:
        details.append(f"because of `{match.cue}`")
    if match.time:
        details.append(match.time)
    details += [f"{name} {value}" for name, value in match.qualifiers.items()]
    if match.inferred:
        details.append("inferred")
    text.append(f"  {', '.join(details)}", style=_OUTCOMES[match.outcome])
    text.append(f"\n        {match.rule}", style="dim")
    return text
