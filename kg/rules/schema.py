"""What each rule file may hold. Every model refuses unknown keys; every scalar is a string."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from kg.rules.yamlfile import FileModel


def _compiled(written: str) -> str:
    try:
        re.compile(written)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"is no regular expression: {error}") from None
    return written


Expression = Annotated[str, AfterValidator(_compiled)]
"""A regular expression, checked where its place in the file is known."""


class EntityTypeFile(FileModel):
    """One entity type of ontology.yaml."""

    color: str = "#888888"
    hint: str = ""
    kind: Literal[
        "", "person", "organisation", "product", "technology", "place", "event", "document", "award"
    ] = ""


class ConflictsFile(FileModel):
    """When edges of a relation contradict one another."""

    one: Literal["", "head", "tail"] = ""
    posts: list[str] = []
    against: list[str] = []
    lists: Literal["", "head", "tail"] = ""
    denials: bool = False


class RelationTypeFile(FileModel):
    """One relation of ontology.yaml: what may stand at its ends."""

    head: list[str] = Field(min_length=1)
    tail: list[str] = Field(min_length=1)
    symmetric: bool = False
    color: str = "#888888"
    qualifiers: list[str] = []
    closes: list[str] = []
    conflicts: ConflictsFile = ConflictsFile()


class OntologyFile(FileModel):
    """ontology.yaml"""

    types: dict[str, EntityTypeFile] = Field(min_length=1)
    relations: dict[str, RelationTypeFile]


class LexiconFile(FileModel):
    """lexicon/*.yaml: names of one type with their aliases."""

    type: str
    entities: dict[str, list[str]]
    ambiguous: list[str] = []
    titled: list[str] = []
    companies: bool = True


class RoleClassFile(FileModel):
    """One class of role words: which relation it states, by the type of what the role is held in."""

    states: dict[str, str]
    words: list[str] = Field(min_length=1)


class RolesFile(FileModel):
    """recognisers/roles.yaml"""

    classes: dict[str, RoleClassFile]
    also: dict[str, dict[str, str]] = {}
    before: list[str]
    openers: list[str]
    fields: list[str]
    after: list[str]
    titles: list[str]
    learned: list[str]
    not_in: list[str]
    honorifics: list[str]
    teams: list[str]
    bylines: list[str]
    officers: list[str] = []
    lines: list[str] = []
    named_teams: list[str] = []
    unnamed: list[str] = []
    makers: dict[str, str] = {}
    maker_joints: list[str] = []
    beside: list[str] = []
    within: dict[str, list[str]] = {}
    joints: list[str]
    owner_joints: list[str]
    leads: list[str]
    generic_owners: list[str]
    taking: list[str]
    bodies: dict[str, str] = {}
    unlisted: dict[str, str] = {}
    places: list[str]
    verbs: list[str]
    bare: list[str]
    bare_after: list[str]
    duties: list[str] = []


class PeopleFile(FileModel):
    """recognisers/people.yaml"""

    surnames: str
    compound_surnames: list[str]
    never_in_name: str
    followers: list[str]
    transliteration: str = Field(min_length=1)
    transliteration_inside: str
    transliterated_given: list[str]
    latin_given: list[str]
    introduced: list[str]
    reports: list[str]
    media: list[str] = []
    datelines: list[str] = []
    medium_lines: Expression = "(?!)"
    copulas: list[str]
    deeds: list[str]
    not_names: list[str]
    bounds: str


class OrganisationsFile(FileModel):
    """recognisers/organisations.yaml"""

    suffixes: list[str]
    weak: list[str]
    generic: list[str]
    descriptors: list[str]
    splitters: list[str]
    introducing: list[str]
    trade_names: list[str]
    fund_names: list[str]
    local: list[str] = []
    widening: list[str] = []
    before_fund: list[str]
    fund_ends: list[str] = []
    fund_deeds: Expression = "(?!)"
    leading: list[str]
    founding: list[str]
    dealing: list[str] = []
    before_body: list[str] = []
    bodies: list[str] = []
    descent: list[str]
    announces: Expression
    undergoes: Expression = "(?!)"
    acquired: Expression = "(?!)"
    before_acquired: list[str] = []
    filed: Expression = "(?!)"
    subsidiaries: list[str] = []
    part_acts: list[str] = []
    never_in_filed: str = ""
    staking: list[str] = []
    stake: Expression = "(?!)"
    legal_forms: list[str] = []
    acts: Expression
    brand_acts: Expression = "(?P<says>(?!))(?P<makes>(?!))"
    brand_hosted_before: list[str] = []
    brand_hosts: Expression = "(?!)"
    inner_verbs: list[str]
    departments: list[str]
    seats: list[str] = []
    located: list[str] = []
    authorities: list[str]
    naming: list[str]
    parts: list[str]
    divisions: list[str] = []
    countries: list[str]
    nationalities: list[str] = []
    official: list[str] = []
    sites: list[str]
    registered: list[str]
    trades: list[str]
    inner_joints: list[str]
    stops: list[str]
    class_words: list[str]
    quoted_before: list[str]
    quoted_naming: list[str]
    quoted_after: list[str]
    quoted_naming_behind: list[str] = []


class ProductsFile(FileModel):
    """recognisers/products.yaml"""

    version: Expression
    version_words: list[str]
    class_words: list[str]
    class_before: list[str]
    quoted_words: list[str]
    quoted_naming: list[str]
    quoted_owner: str
    quoted_calling: list[str] = []
    quoted_apart: list[str] = []
    quoted_acting: list[str] = []
    quoted_making: list[str] = []
    quoted_other: list[str] = []
    quoted_no_ends: list[str] = []
    quoted_methods: list[str] = []
    quoted_ideas: list[str] = []
    proposing: list[str] = []
    ideas: list[str] = []
    idea_stops: list[str] = []
    methods: list[str] = []
    teams: list[str] = []
    team_deeds: list[str] = []
    extending: list[str]
    edition: str
    edition_of: list[str] = []
    kind: str = "\0"
    endings: list[str]
    trades: list[str]
    coinable: list[str]
    code_brands: list[str] = []
    releasing: list[str] = []
    measures: list[str] = []


class AwardsFile(FileModel):
    """recognisers/awards.yaml"""

    suffixes: list[str]
    before: list[str]
    not_before: list[str]
    generic: list[str]
    listing: list[str] = []
    lists: list[str] = []


class EventsFile(FileModel):
    """recognisers/events.yaml"""

    suffixes: list[str]
    generic: list[str]
    ordinal: Expression
    counting: list[str]
    scopes: list[str] = []
    governing: list[str]
    strong: list[str]
    followed: list[str]
    parts: list[str]
    joints: list[str]
    stops: list[str]


class LatinFile(FileModel):
    """recognisers/latin.yaml"""

    common: list[str]
    tails: list[str]
    organisation_ends: list[str]


class TimesFile(FileModel):
    """recognisers/times.yaml"""

    years: dict[str, str]
    months: dict[str, str]
    days: dict[str, str]
    weekdays: dict[str, int]
    parts: list[str]
    not_event_after: list[str]
    earlier: list[str]
    not_event_before: list[str]


class QuantitiesFile(FileModel):
    """recognisers/quantities.yaml"""

    amount: Expression
    round: Expression


class AdjunctFile(FileModel):
    """One kind of adjunct: what opens it and what closes it."""

    opens: list[str]
    closes: list[str]


class SyntaxFile(FileModel):
    """syntax.yaml"""

    prepositions: list[str]
    conjunctions: list[str]
    between_persons: list[str]
    partners: list[str]
    agreeing: list[str]
    exemplifiers: list[str]
    respectively: list[str]
    list_tail: list[str]
    list_classes: list[str]
    adjuncts: list[AdjunctFile]
    possessives: list[str]
    kin: list[str]
    belonging: list[str] = []
    links: list[str]
    sequels: list[str]
    unnamed: list[str]
    possessed: list[str]
    announcing: list[str]
    takes_relative: list[str]
    in_relative: list[str]
    opens_relative: list[str] = []
    done_in_relative: list[str]
    adverbs: list[str]
    degrees: list[str] = []
    companions: list[str]
    compared: list[str] = []
    each: list[str] = []
    disposing: list[str] = []
    means: list[str]
    speech: list[str]
    subject_blockers: list[str]
    field_ends: list[str]
    everyday_before: list[str]
    everyday_after: list[str]
    everyday_weak: list[str]
    everyday_owned: list[str] = []
    periodicals: list[str]


class NegationFile(FileModel):
    """The negation part of tone.yaml."""

    words: list[str]
    reach: int
    questions: list[str]
    denials: list[str]
    endings: list[str]
    refuted: list[str]
    turning: list[str]
    friends: list[str]


class HedgesFile(FileModel):
    """The hedging part of tone.yaml."""

    clause: list[str]
    sentence: list[str]
    until: list[str]
    friends: list[str]


class DenialsFile(FileModel):
    """The part of tone.yaml that tells a denial from what merely did not happen."""

    refutes: list[str] = []
    negates: list[str] = []
    objects: list[str] = []
    answers: list[str] = []


class ToneFile(FileModel):
    """tone.yaml"""

    negation: NegationFile
    hedges: HedgesFile
    denials: DenialsFile = DenialsFile()


class PronounFile(FileModel):
    """One group of pronouns of reference.yaml."""

    words: list[str]
    types: list[str]
    which: str
    size: int = 0
    endings: list[str] = []
    bare: bool = False
    after: list[str] = []
    object_after: list[str] = []
    told: list[str] = []
    company: bool = False


class ReferenceFile(FileModel):
    """reference.yaml"""

    pronouns: list[PronounFile]
    no_company: list[str]
    company_posts: list[str] = []
    owned: list[str] = []
    cited: list[str]
    short_markers: list[str]
    renamed: list[str]
    before_renamed: list[str]
    formerly: list[str] = []
    compounds: dict[str, list[str]] = {}
    short_places: dict[str, list[str]] = {}
    not_in: list[str] = []


class ConstructionsFile(FileModel):
    """constructions.yaml: families of frames, and the frames in which roles are stated."""

    families: dict[str, list[str]]
    lists: dict[str, list[str]] = {}
    joining: list[str] = []
    nouns: list[str] = []
    roles: list[str]


class RelationFile(FileModel):
    """relations/*.yaml: one relation's trigger words, frames and examples."""

    relation: str
    triggers: list[str] | dict[str, list[str]] = []
    not_in: list[str] = []
    frames: list[str] = []
    phrases: list[str] = []
    examples: list[str] = Field(min_length=2)


class MergeFile(FileModel):
    """merge.yaml: what a person has decided about names."""

    must: list[list[str]] = []
    never: list[list[str]] = []
    homonyms: dict[str, dict[str, list[str]]] = {}
    short: dict[str, list[str]] = {}
    prefixes: list[str] = []
