"""What a figure measures: killed, wounded, detained, incidents, money … told from the unit, the verb and the noun.

Comes in: a number in the parse and its unit. Goes out: a ``Measure``. The words are in ``lexicons/measures.yaml``.
Active and passive are told apart: in "three gunmen killed 12 people" the three are people, the twelve are killed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from spacy.tokens import Token

from briefing.extraction import lexicon
from briefing.extraction.counted import Counting, tally_of
from briefing.models import Measure

__all__ = ["HARM", "harm_of", "is_person", "measure_of"]

HARM = (Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.DETAINED, Measure.ABDUCTED, Measure.DISPLACED)
"""What can be done to people, in the order in which a word that fits several is read."""

_COPULAS = frozenset({"be", "remain", "stay", "leave", "languish", "become", "lie", "keep", "live", "stick"})
_PASSIVE = frozenset(
    {
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "being",
        "had",
        "have",
        "has",
        "also",
        "reportedly",
        "later",
        "already",
        "then",
        "still",
        "now",
    }
)
_BELIEVED = frozenset({"believe", "think", "report", "fear", "say", "know", "estimate", "presume", "list", "declare", "leave"})
_OPEN = frozenset({"DET", "NUM", "NOUN", "PROPN", "PRON", "ADJ"})
_WEAPON_TYPE = re.compile(r"[A-Z]{1,4}-?\d{1,4}[A-Za-z]?s")
_CLAUSE = frozenset({"VERB", "AUX"})
_PERSON_ENDINGS = ("ist", "ists", "smith", "smiths", "eer", "ioner", "woman", "women", "man", "men")


_ASIDE = 6
"""Words of a part named in between: "100 people including 35 children injured"."""


class _Words(NamedTuple):
    verbs: dict[str, Measure]
    acts: dict[str, Measure]
    nouns: dict[str, Measure]
    adjectives: dict[str, Measure]
    context: dict[Measure, frozenset[str]]
    weak: frozenset[str]
    things: dict[str, Measure]
    area_units: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    lists = lexicon.load("measures")

    def by_word(suffix: str) -> dict[str, Measure]:
        return {word: measure for measure in reversed(HARM) for word in lists.get(f"{measure}_{suffix}", ())}

    things = {
        word: measure for measure in (Measure.AREA, Measure.MATERIEL, Measure.INCIDENTS, Measure.PEOPLE) for word in lists[measure.value]
    }
    context = {measure: frozenset(lists.get(f"{measure}_context", ())) for measure in HARM}
    return _Words(
        by_word("verbs"),
        by_word("acts"),
        by_word("nouns"),
        by_word("adjectives"),
        context,
        frozenset(lists["weak_verbs"]),
        things,
        frozenset(lists["area_units"]),
    )


def measure_of(counting: Counting, unit: str | None) -> Measure | None:
    """The measure of a figure in ``unit``; None when nothing in its clause says so."""
    words = _words()
    if unit is not None:
        return _by_unit(unit, words)
    noun = counting.noun
    if noun is None:
        return harm_of(counting) or _stated(counting.root, words)
    thing, named = _thing(noun, words), _by_noun(noun, words)
    if thing not in (None, Measure.PEOPLE) and named is None:
        return thing
    return harm_of(counting) or named or _held(counting.outer, words) or thing


def harm_of(counting: Counting) -> Measure | None:
    """What the clause does to those counted: kills, wounds, detains …; None when nothing of the kind."""
    words = _words()
    head = counting.noun if counting.noun is not None else counting.root
    return _beside(head, counting.last, words) or _before(counting, words) or _governed(_top(counting.outer), words)


def _stated(root: Token, words: _Words) -> Measure | None:
    """The measure of a tally the number states: "the death toll rose to 70", "the number of troops in Dorra to 500"."""
    said = next((child for child in root.head.children if child.dep_ == "attr" and child.i > root.i), None)
    if said is not None and root.dep_ == "nsubj":
        return _by_noun(said, words) or _thing(said, words)
    owner = tally_of(root)
    if owner is None:
        return None
    if owner.lower_ == "numbers":
        return Measure.PEOPLE
    for noun in (token for token in owner.subtree if token.pos_ in ("NOUN", "PROPN") and token.i < root.i):
        found = _by_noun(noun, words) or (_thing(noun, words) if noun.i != owner.i and owner.lemma_ != "toll" else None)
        if found is not None:
            return found
    return Measure.KILLED if owner.lemma_ == "toll" else _by_noun(owner, words)


def is_person(noun: Token) -> bool:
    """Does the noun name people?"""
    return _thing(noun, _words()) is Measure.PEOPLE


def _by_unit(unit: str, words: _Words) -> Measure:
    if unit in ("%", "percentage point", "basis point"):
        return Measure.SHARE
    if len(unit) == 3 and unit.isupper():
        return Measure.MONEY
    return Measure.AREA if unit in words.area_units else Measure.OTHER


def _beside(head: Token, last: int, words: _Words) -> Measure | None:
    """A participle or adjective on the noun: "wounded men", "men wounded", "seven dead", "two others were killed"."""
    for child in head.children:
        if child.dep_ in ("amod", "acl", "relcl") and (found := _participle(child, words)) is not None:
            return found
    doc = head.doc
    after = max(head.i, last) + 1
    if after < len(doc) and doc[after].lower_ in ("more", "others", "people"):
        after += 1
    if after < len(doc) and doc[after].lower_ == "including" and doc[after].i + 1 < len(doc):
        after = next((token.i + 1 for token in doc[after : after + _ASIDE] if token.pos_ == "NOUN"), after)
    passive = False
    while after < len(doc) and doc[after].lower_ in _PASSIVE and not doc[after].is_sent_start:
        passive = passive or doc[after].lemma_ in ("be", "become", "get")
        after += 1
    if after >= len(doc) or doc[after].is_sent_start:
        return None
    word = doc[after]
    if passive and word.lemma_ in words.verbs:
        return _result(word, words) or _verb(word, words.verbs, words)
    found = words.adjectives.get(word.lower_) or (
        words.verbs.get(word.lemma_) if word.tag_ in ("VBN", "VBD") and word.lemma_ not in words.weak else None
    )
    if found is None:
        return None
    takes_object = word.tag_ == "VBD" and after + 1 < len(doc) and doc[after + 1].pos_ in _OPEN and doc[after + 1].ent_type_ != "DATE"
    return None if takes_object and any(child.dep_ == "dobj" and child.i > word.i for child in word.children) else found


def _before(counting: Counting, words: _Words) -> Measure | None:
    """A plain verb of harm right before the number, whatever the parse made of it: "injures 27", "kidnapped 12"."""
    if counting.first == 0 or counting.number.doc[counting.first].is_sent_start:
        return None
    word = counting.number.doc[counting.first - 1]
    return words.verbs.get(word.lemma_) if word.lemma_ not in words.weak and not _to_death(word) and word.tag_ != "NN" else None


def _to_death(verb: Token) -> bool:
    """ "stabbed to death", "shot dead"."""
    return any(
        child.lower_ == "dead" or (child.lower_ == "to" and any(noun.lower_ == "death" for noun in child.children))
        for child in verb.children
    )


def _participle(word: Token, words: _Words) -> Measure | None:
    if word.dep_ == "amod":
        return words.adjectives.get(word.lower_)
    if word.dep_ == "acl":
        if word.tag_ in ("VBN", "VBD"):
            return _verb(word, words.verbs, words)
        return _verb(word, words.acts, words)
    if any(child.dep_ == "nsubjpass" and child.tag_ in ("WP", "WDT") for child in word.children):
        return _verb(word, words.verbs, words)
    if any(child.dep_ == "nsubj" and child.tag_ in ("WP", "WDT") for child in word.children):
        return _verb(word, words.acts, words)
    return None


def _top(head: Token) -> Token:
    """The first of coordinated nouns: "one guard and two drivers were killed" → guard."""
    while head.dep_ in ("conj", "appos") and head.head.pos_ not in _CLAUSE and head.head.i < head.i:
        head = head.head
    return head


def _governed(head: Token, words: _Words) -> Measure | None:
    """What the clause does to the noun, or the noun does."""
    verb = head.head
    if head.dep_ == "pobj" and not _about_a_number(head.head):
        return _after_preposition(head, words)
    if head.dep_ == "pobj" or _about_a_number(head):
        verb = head.head.head if head.dep_ == "pobj" else verb
        return _result(verb, words) or _verb(verb, words.verbs, words)
    if head.dep_ in ("nsubjpass", "dobj", "obj", "npadvmod", "oprd", "dative") or (head.dep_ == "attr" and verb.lemma_ in words.verbs):
        return _result(verb, words) or _verb(verb, words.verbs, words) or (_believed(verb, words) if head.dep_ == "nsubjpass" else None)
    if head.dep_ in ("nsubj", "ROOT"):
        complement = _result(verb, words) if verb.lemma_ in _COPULAS else None
        return complement or _verb(verb, words.acts, words) or _missing_subject(head, verb, words)
    return None


def _about_a_number(preposition: Token) -> bool:
    """Is the preposition one that only qualifies the number: "killed over 70", "wounded between 30 and 40"?"""
    return preposition.lower_ in ("over", "about", "around", "between", "under", "above", "near") and preposition.head.pos_ == "VERB"


def _believed(verb: Token, words: _Words) -> Measure | None:
    """ "are believed to have died", "were reported to be held"."""
    if verb.lemma_ not in _BELIEVED:
        return None
    for child in verb.children:
        if child.dep_ in ("xcomp", "oprd", "ccomp", "acomp"):
            passive = any(part.dep_ == "auxpass" for part in child.children) or child.dep_ == "oprd"
            return _verb(child, words.verbs if passive else words.acts, words)
    return None


def _missing_subject(head: Token, verb: Token, words: _Words) -> Measure | None:
    """A participle read as active for want of an auxiliary: "Five wounded in market blast"."""
    if (
        verb is head
        or verb.tag_ not in ("VBN", "VBD")
        or verb.lemma_ in words.weak
        or any(c.dep_ in ("dobj", "obj", "ccomp") for c in verb.children)
    ):
        return None
    return words.verbs.get(verb.lemma_)


def _result(verb: Token, words: _Words) -> Measure | None:
    """ "are missing", "were left dead", "left ten people injured", "were shot dead"."""
    if _to_death(verb):
        return Measure.KILLED
    for child in verb.children:
        if (
            child.i > verb.i
            and child.dep_ in ("acomp", "oprd", "attr", "ccomp", "xcomp")
            and (found := words.adjectives.get(child.lower_)) is not None
        ):
            return found
    return None


def _after_preposition(head: Token, words: _Words) -> Measure | None:
    """ "the death of one miner", "the arrest of nine men"."""
    preposition = head.head
    owner = preposition.head
    if preposition.lower_ == "of" and owner.pos_ == "NOUN":
        return words.nouns.get(owner.lemma_)
    return None


def _verb(verb: Token, table: dict[str, Measure], words: _Words) -> Measure | None:
    """The measure of a verb; a weak one ("take", "hold") needs a word of its field in the sentence."""
    found = table.get(verb.lemma_)
    if found is None or verb.lemma_ not in words.weak:
        return found
    lemmas = {token.lemma_.lower() for token in verb.sent}
    candidates = (Measure.ABDUCTED, Measure.DETAINED) if found in (Measure.ABDUCTED, Measure.DETAINED) else (found,)
    return next((measure for measure in candidates if words.context[measure] & lemmas), None)


def _by_noun(noun: Token, words: _Words) -> Measure | None:
    return words.nouns.get(noun.lemma_.lower()) or words.nouns.get(noun.lower_)


def _held(head: Token, words: _Words) -> Measure | None:
    """ "remain in prison", "fighters in custody": people who are where one is held."""
    verb = head.head
    places = words.context[Measure.DETAINED] - {"camp", "police", "militia", "guard"}
    for owner in (head, verb) if head.dep_ in ("nsubj", "nsubjpass") and verb.lemma_ in _COPULAS else (head,):
        for preposition in owner.children:
            if preposition.dep_ != "prep" or preposition.lower_ not in ("in", "inside", "at"):
                continue
            for place in preposition.children:
                if (
                    place.dep_ == "pobj"
                    and ({place.lemma_} | {child.lemma_ for child in place.children if child.dep_ == "compound"}) & places
                ):
                    return Measure.DETAINED
    return None


def _thing(noun: Token, words: _Words) -> Measure | None:
    """The class of the noun, as two words first ("car bomb"), then as one; a people's name and a type of weapon count by their form."""
    lemma = noun.lemma_.lower()
    forms = (lemma, noun.lower_, noun.lower_.removesuffix("s"))
    if (
        noun.i > 0
        and noun.nbor(-1).dep_ in ("compound", "amod")
        and (found := words.things.get(f"{noun.nbor(-1).lower_} {lemma}")) is not None
    ):
        return found
    known = next((found for form in forms if (found := words.things.get(form)) is not None), None)
    if known is not None:
        return known
    if _WEAPON_TYPE.fullmatch(noun.text) is not None:
        return Measure.MATERIEL
    return Measure.PEOPLE if noun.ent_type_ == "NORP" or lemma.endswith(_PERSON_ENDINGS) else None
