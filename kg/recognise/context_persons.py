"""Persons and bodies that the words around them tell: the order in which they are looked for, and which stay."""

from __future__ import annotations

from kg.ontology import Kinds
from kg.recognise.bylines import BylineRecogniser
from kg.recognise.mentions import CONTEXT, LEXICON, Mark, Mention, bits, longest
from kg.recognise.people import PersonRecogniser, Starts
from kg.recognise.roles import RoleRecogniser
from kg.recognise.segment import Token

Hit = tuple[int, int, dict[str, list[str]]]
"""A word that rules speak of: where it begins and ends, and its meanings."""


class ContextPersons:
    """Completes the names of a sentence by persons at roles, titles, verbs and in lists."""

    def __init__(
        self, kinds: Kinds, people: PersonRecogniser, roles: RoleRecogniser, bylines: BylineRecogniser
    ) -> None:
        self._kinds, self._people, self._roles, self._bylines = kinds, people, roles, bylines

    def complete(
        self,
        text: str,
        words: list[Token],
        starts: Starts,
        known: list[Mention],
        taken: int,
        hits: list[Hit],
        posts: list[Hit],
        roles: list[Mark],
    ) -> list[Mention]:
        """Return the known names with the persons that the words around them tell, and bodies inside roles."""
        people = self._people.by_words(text, words, starts) + self._people.introduced(
            text, starts, [mark.end for mark in roles]
        )
        people += self._people.before_verbs(text, starts, [start for start, _, _ in posts])
        signed = self._bylines.find(text, known, self._kinds.organisation)
        if signed:
            people = [m for m in people if all(m.end <= s.start or s.end <= m.start for s in signed)] + signed
        if roles:
            people = [m for m in people if not _ends_noun(m, roles, words)]
        bodies = [m for a, b, _ in hits if (m := self._roles.body(text, a, b))]
        if bodies:
            known = longest(known + bodies)
        found = self._persons_at_roles(text, roles, known, people, taken, starts) if roles else []
        found += [m for m in people if not taken & bits(m.start, m.end)]
        found += [m for m in self._people.before_titles(text, starts) if self._free(m, known)]
        if found or roles:
            known = longest(known + found)
        listed = self._listed_persons(text, known, starts)
        return longest(known + listed) if listed else known

    def _free(self, person: Mention, known: list[Mention]) -> bool:
        """Tell whether a name behind a role overlaps no known name, but for a short one that it swallows (金立|群)."""
        return all(
            m.end <= person.start
            or person.end <= m.start
            or (
                person.start <= m.start
                and m.end <= person.end
                and m.end - m.start == 2 < person.end - person.start
                and m.types != self._kinds.person
            )
            for m in known
        )

    def _persons_at_roles(
        self,
        text: str,
        roles: list[Mark],
        known: list[Mention],
        people: list[Mention],
        taken: int,
        starts: Starts,
    ) -> list[Mention]:
        found: list[Mention] = []
        titled = {m.end for m in (*known, *people) if m.types == self._kinds.person}
        for role in roles:
            if role.start in titled:
                continue  # 姚期智院士|任学术委员会主任
            start = role.end
            while start < len(text) and text[start] in " ：|｜/丨“）":
                start += 1
            unknown = next((m for m in known if m.start == start and self._may_be_person(m)), None)
            if unknown is not None:
                unknown.types = self._kinds.person
                continue
            mention = self._people.after_role(text, start, starts)
            if mention is None or not self._free(mention, known):
                mention = self._bylines.signed(text, role, start)
            if mention and self._free(mention, known):
                found.append(mention)
                found.extend(self._listed(text, role, mention.end, taken, starts))
        return found

    def _listed(self, text: str, role: Mark, end: int, taken: int, starts: Starts) -> list[Mention]:
        """Names go on behind the first: 副总裁卫明轩、倪可嘉; 编辑:青梅 晚风."""
        found: list[Mention] = []
        while end < len(text) and text[end] in "、 和" and not taken >> (end + 1) & 1:
            mention = self._people.after_role(text, end + 1, starts)
            if mention is None or not self._people.ends_well(text, mention.end):
                mention = self._bylines.signed(text, role, end + 1)
            if mention is None:
                break
            found.append(mention)
            end = mention.end
        return found

    def _listed_persons(self, text: str, known: list[Mention], starts: Starts) -> list[Mention]:
        """Return the Chinese name that follows a known person in a list: 聂小林、|段大为|为董事."""
        found: list[Mention] = []
        for person in known:
            if person.types != self._kinds.person or text[person.end : person.end + 1] != "、":
                continue
            end = self._people.chinese_at(text, person.end + 1, starts)
            name = Mention(person.end + 1, end, text[person.end + 1 : end], self._kinds.person, CONTEXT)
            if end > 0 and self._people.ends_well(text, end) and self._free(name, known):
                found.append(name)
        return found

    def _may_be_person(self, mention: Mention) -> bool:
        """Tell whether a Latin name of unknown kind may be a person's: it has no digits and is in no list."""
        name = mention.name
        return (
            mention.source < LEXICON
            and name.isascii()
            and mention.types <= self._kinds.organisation | self._kinds.product
            and not any(map(str.isdigit, name))
        )


def _ends_noun(mention: Mention, roles: list[Mark], words: list[Token]) -> bool:
    """Tell whether a surname with a title is the end of a noun and its post: 教师|发展|司|司长 holds no 司司长."""
    if not any(role.start < mention.end and mention.start < role.end for role in roles):
        return False
    return any(word.end == mention.start and word.tag.startswith(("n", "vn")) for word in words)
