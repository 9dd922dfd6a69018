"""The office of a person as written beside the name: role ("spokesman for the council") and affiliation ("the council").

Comes in: the token range of a name. Goes out: the token ranges of its role and of its affiliation, or None.
"""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc, Span

from briefing.extraction.lexicon import load

__all__ = ["has_role_before", "is_role", "office", "role_head"]

_WORDS = ("NOUN", "PROPN", "ADJ", "PART", "NUM")
_LONGEST = 14
_OPEN = frozenset({"ADP", "DET", "CCONJ", "PUNCT"})
_PORTFOLIOS = frozenset({"state", "defence", "defense", "war", "justice", "interior", "health"})
_BODIES = frozenset({"ORG", "GPE", "NORP", "FAC"})
Range = tuple[int, int]


@lru_cache(maxsize=1)
def _roles() -> frozenset[str]:
    return frozenset(load("roles")["roles"])


@lru_cache(maxsize=1)
def _links() -> frozenset[str]:
    return frozenset(load("roles")["links"])


def is_role(doc: Doc, index: int) -> bool:
    """Is the token a role noun, alone or as the last word of one ("prime minister")."""
    token = doc[index]
    return token.lower_ in _roles() or token.lemma_.lower() in _roles()


def role_head(doc: Doc, start: int, end: int) -> int | None:
    """The index of the first role noun of the range that no other role noun follows directly; None without one."""
    for index in range(start, end):
        if is_role(doc, index) and doc[index].pos_ in ("NOUN", "PROPN", "ADJ") and not (index + 1 < end and is_role(doc, index + 1)):
            return index
    return None


def has_role_before(span: Span) -> bool:
    """Does a role noun or a title stand right before the name, a comma between them allowed ("the president, Ana Weir")."""
    at = span.start - 1
    if at > 0 and span.doc[at].text == ",":
        at -= 1
    return at >= 0 and is_role(span.doc, at)


def office(doc: Doc, start: int, end: int) -> tuple[Range, Range | None] | None:
    """Role and affiliation of the person named by ``doc[start:end]``; None when no role stands beside the name.

    "Iraq's security chief X", "the minister, X,", "X, head of the council," and "Spokesman for the council, its political wing, X".
    """
    role = _before(doc, start) or _before_comma(doc, start) or _opening(doc, start) or _after(doc, end)
    return (role, _affiliation(doc, role)) if role else None


def _left(doc: Doc, stop: int) -> int:
    """Walks left from ``stop`` over the words of a noun phrase, "of" and "for" included when a role noun stands before them."""
    at = stop
    while at > 0 and stop - at < _LONGEST:
        token = doc[at - 1]
        dash = token.text == "-" and at < stop
        if not (dash or token.pos_ in _WORDS or token.tag_ == "POS" or _is_link(doc, at - 1)):
            break
        at -= 1
        if token.is_sent_start:
            break
    while at < stop and (doc[at].tag_ == "POS" or doc[at].text == "-" or doc[at].lower_ in _links() or doc[at].pos_ == "NUM"):
        at += 1
    return at


def _is_link(doc: Doc, index: int) -> bool:
    """Does the word join a role noun before it to what follows ("Secretary of State")."""
    return index > 0 and doc[index].lower_ in _links() and is_role(doc, index - 1)


def _before(doc: Doc, start: int) -> Range | None:
    at = _left(doc, start)
    return (at, start) if at < start and role_head(doc, at, start) is not None else None


def _before_comma(doc: Doc, start: int) -> Range | None:
    """The home of "the minister, X": the phrase before the comma must be one with the name in the parse."""
    comma = start - 1
    if comma < 1 or doc[comma].text != ",":
        return None
    at = _left(doc, comma)
    head = role_head(doc, at, comma) if at < comma else None
    if head is None:
        return None
    name = doc[start]
    related = any(token.head.i == head or doc[head].head == token for token in (name, *name.ancestors) if token.i >= start - 1)
    return (at, comma) if related or head == comma - 1 else None


def _opening(doc: Doc, start: int) -> Range | None:
    """A role that opens the noun phrase, with other appositions between it and the name."""
    if start < 3 or doc[start - 1].text != ",":
        return None
    low = max(0, start - 2 * _LONGEST)
    at = start - 1
    while at > low and not doc[at].is_sent_start and doc[at].pos_ not in ("VERB", "AUX"):
        at -= 1
    while at < start and (doc[at].pos_ in ("DET", "VERB", "AUX", "ADP", "SPACE", "PUNCT")):
        at += 1
    if at + 2 >= start or not is_role(doc, at) or doc[at + 1].lower_ not in _links():
        return None
    stop = next((i for i in range(at, start) if doc[i].text == ","), start)
    return at, stop


def _after(doc: Doc, end: int) -> Range | None:
    """An apposition behind the name, up to the next comma, stop or verb."""
    if end + 1 >= len(doc) or doc[end].text not in (",", "("):
        return None
    at = end + 1
    while at < len(doc) and (
        doc[at].pos_ in ("DET", "NUM") or doc[at].lower_ in ("who", "a", "an", "the") or (doc[at].text == "," and at == end + 2)
    ):
        if doc[at].lower_ == "who":
            return None
        at += 1
    stop = at
    while stop < len(doc) and stop - at < _LONGEST and _continues(doc, stop):
        stop += 1
    first_link = next((i for i in range(at, stop) if doc[i].pos_ == "ADP"), stop)
    head = role_head(doc, at, first_link)
    if head is None or (
        stop < len(doc) and doc[stop].pos_ in ("VERB", "AUX") and doc[stop].tag_ in ("VBD", "VBZ", "VBP") and stop - end > _LONGEST
    ):
        return None
    while stop > at and (doc[stop - 1].pos_ in _OPEN or doc[stop - 1].tag_ in ("WP", "WDT") or doc[stop - 1].is_space):
        stop -= 1
    return (at, stop) if head < stop else None


def _continues(doc: Doc, index: int) -> bool:
    token = doc[index]
    if token.is_space or token.is_sent_start or token.text in (",", ".", ";", ":", ")", "(", "–", "—", "“", "”", '"'):
        return False
    return token.pos_ not in ("VERB", "AUX", "SCONJ") or token.tag_ == "VBG"


def _is_department(doc: Doc, link: int) -> bool:
    """Is it the "of" of an office that names its field, not its body: "Secretary of State", "minister of defence"."""
    return doc[link].lower_ in ("of", "for") and doc[link - 1].lemma_.lower() in ("secretary", "undersecretary", "minister")


def _affiliation(doc: Doc, role: Range) -> Range | None:
    """The body named inside the role: what follows "of", "for" or "at", else the nation or body before the role noun."""
    start, end = role
    link = next((index for index in range(start, end) if doc[index].lower_ in _links()), None)
    named = [index for index in range(start, end) if doc[index].ent_type_ in _BODIES and not is_role(doc, index)]
    if link is not None and link > start and _is_department(doc, link):
        named = [index for index in named if index < link or doc[index].ent_type_ == "GPE"]
        named = [index for index in named if index != link + 1 or doc[index].lower_ not in _PORTFOLIOS]
    if not named:
        return None
    behind = [index for index in named if link is not None and index > link]
    before = [index for index in named if link is not None and index < link and doc[index].ent_type_ == "GPE"]
    first = (before or behind or named)[0]  # "US Secretary of State" serves the US
    last = first + 1
    while last < end and doc[last].ent_iob_ == "I" and not is_role(doc, last):
        last += 1
    while last - 1 > first and doc[last - 1].tag_ == "POS":
        last -= 1
    while first < last - 1 and doc[first].lower_ == "the":
        first += 1
    return first, last
