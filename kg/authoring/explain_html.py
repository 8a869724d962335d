"""An explanation as one page that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from kg.authoring.explain import Explanation, MatchView, SentenceExplanation
from kg.authoring.near import NearMiss
from kg.ontology import EntityType

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --dim: #777; }
body { font: 16px/1.7 "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; max-width: 60rem;
  margin: 2rem auto; padding: 0 1rem; }
section { border-top: 1px solid var(--line); padding: 1rem 0; }
.sentence { font-size: 1.25rem; }
.name { border-bottom: 3px solid var(--type); font-weight: 600; }
.mark { background: #8882; border-radius: 3px; padding: 0 2px; }
.trigger { background: #f2c94c66; }
.cue { outline: 2px solid #e15759; border-radius: 3px; }
dl { display: grid; grid-template-columns: 6rem 1fr; gap: .2rem 1rem; margin: .8rem 0 0; }
dt { color: var(--dim); } dd { margin: 0; }
.rule, .why { color: var(--dim); font-size: .85rem; overflow-wrap: anywhere; }
.kept { color: #2a7d3f; } .negated { color: #c0392b; } .nearly { color: #a8780a; }
@media (prefers-color-scheme: dark) {
  .kept { color: #6fcf97; } .negated { color: #ff8a80; } .nearly { color: #f2c94c; }
}
"""


def page(explanation: Explanation, types: Mapping[str, EntityType]) -> str:
    """Return the HTML of an explanation: the sentences, what was found in them and what nearly."""
    body = "".join(_sentence(sentence, types) for sentence in explanation.sentences)
    if not explanation.sentences:
        body = "<p>Nothing here can hold a statement: no name, role, trigger or title was recognised.</p>"
    return (
        '<!doctype html>\n<html lang="zh"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>kg explain</title><style>{_STYLE}</style></head>"
        f"<body><h1>kg explain</h1>{body}</body></html>\n"
    )


def _sentence(sentence: SentenceExplanation, types: Mapping[str, EntityType]) -> str:
    rows = [_row("", "clause", escape(c.text) + _subject(c.subject, c.inherited)) for c in sentence.clauses]
    rows += [_match(match) for match in sentence.found]
    rows += [_near(miss) for miss in sentence.nearly]
    return f'<section><p class="sentence">{_marked(sentence, types)}</p><dl>{"".join(rows)}</dl></section>'


def _subject(name: str, inherited: bool) -> str:
    said = f"subject: {name}{' (inherited)' if inherited else ''}"
    return f' <span class="why">{escape(said)}</span>' if name else ""


def _marked(sentence: SentenceExplanation, types: Mapping[str, EntityType]) -> str:
    """Return the sentence with an element around every name, mark and cue; they do not overlap."""
    spans: list[tuple[int, int, str]] = []
    for mention in sentence.mentions:
        kind = mention.types[0] if mention.types else ""
        color = types[kind].color if kind in types else "#888888"
        title = escape(f"{'/'.join(mention.types)}, by {mention.found_by}", quote=True)
        spans.append(
            (mention.start, mention.end, f'class="name" style="--type:{escape(color)}" title="{title}"')
        )
    for mark in sentence.marks:
        title = escape(" ".join((mark.kind, *mark.means)), quote=True)
        spans.append((mark.start, mark.end, f'class="mark {escape(mark.kind)}" title="{title}"'))
    for match in sentence.found:
        start = sentence.text.find(match.cue) if match.cue else -1
        if start >= 0:
            spans.append((start, start + len(match.cue), 'class="cue" title="tone"'))
    parts: list[str] = []
    position = 0
    for start, end, attributes in sorted(set(spans)):
        if start >= position:
            parts.append(escape(sentence.text[position:start]))
            parts.append(f"<span {attributes}>{escape(sentence.text[start:end])}</span>")
            position = end
    return "".join(parts) + escape(sentence.text[position:])


def _match(match: MatchView) -> str:
    words = [match.outcome, match.certainty or "", f"because of {match.cue}" if match.cue else ""]
    words += [match.time or "", *(f"{name} {value}" for name, value in match.qualifiers.items())]
    triple = escape(f"{match.head} {match.relation} {match.tail}")
    said = f"<b>{triple}</b> {escape(', '.join(filter(None, words)))}"
    return _row(match.outcome.split()[0], "found", said, match.rule)


def _near(miss: NearMiss) -> str:
    return _row("nearly", "nearly", escape(str(miss)), miss.rule)


def _row(style: str, title: str, content: str, rule: str = "") -> str:
    below = f'<div class="rule">{escape(rule)}</div>' if rule else ""
    return f'<dt class="{style}">{title}</dt><dd>{content}{below}</dd>'
