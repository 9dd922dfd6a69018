"""Who did it to whom, where and when: the participants of an event mention.

Comes in: a ``Trigger`` and the findings made before it. Goes out: token spans of actor and target, the ``Place`` and the ``When`` of its
clause.
Active, passive and nominal forms: "rebels attacked the base", "the base was attacked by rebels", "the rebel attack on the base".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from spacy.tokens import Span, Token

from briefing.extraction import syntax
from briefing.extraction.gazetteer import gazetteer
from briefing.extraction.lexicon import load
from briefing.extraction.triggers import Trigger
from briefing.models import EventType, Place, When

__all__ = ["actor", "clause", "light_verbs", "locations", "nearest", "target"]

Item = TypeVar("Item", Place, When)

_CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp", "xcomp"})
# "of" after these nouns names who suffers it; after the others who does it ("the withdrawal of the brigade").
_DOERS = frozenset({EventType.DEPLOYMENT, EventType.PROTEST, EventType.RIOT, EventType.ESCAPE, EventType.AGREEMENT})
# With these "with" names the other side.
_MUTUAL = frozenset({EventType.BATTLE, EventType.AGREEMENT})
_ANAPHORS = frozenset({"it", "its", "he", "his", "she", "her", "they", "their", "them"})
_AGAINST = ("on", "against", "upon", "targeting")
_REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})
_CLIMB = 4
_HAVE = frozenset({"have", "has", "had", "having"})
_DEMONSTRATIVES = frozenset({"those", "anyone", "everyone", "someone", "people", "others"})
_VAGUE_COUNTS = frozenset({"hundreds", "dozens", "scores", "thousands", "millions", "several", "many"})
_LOCATIVE = frozenset(
    {
        "in",
        "at",
        "near",
        "outside",
        "around",
        "across",
        "inside",
        "on",
        "into",
        "throughout",
        "towards",
        "toward",
        "within",
        "to",
        "off",
        "from",
    }
)
_ROLE_PRONOUNS = frozenset({"who", "which", "that", "it", "there", "this", "what", "one", "i", "we", "you"})


@lru_cache(maxsize=1)
def _light() -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in load("light_verbs").items()}


def light_verbs() -> frozenset[str]:
    """Verbs that only say that their object took place: "launch", "carry out"."""
    return _light()["does"]


def clause(token: Token) -> Token:
    """The verb of the clause in which a token stands, or the root of its sentence."""
    while token.head.i != token.i:
        if token.pos_ in ("VERB", "AUX") and token.dep_ in _CLAUSES:
            return token
        token = token.head
    return token


def actor(trigger: Trigger) -> Span | None:
    """Who does it."""
    head = trigger.head
    return _phrase(_verb_actor(head, trigger) if trigger.is_verb else _noun_actor(head, trigger), trigger)


def target(trigger: Trigger) -> Span | None:
    """Whom or what it is done to."""
    head = trigger.head
    return _phrase(_verb_target(head, trigger) if trigger.is_verb else _noun_target(head, trigger), trigger)


def _phrase(noun: Token | Span | None, trigger: Trigger) -> Span | None:
    """The noun phrase without possessive ending, and without the part that holds the trigger ("the men | attacking the base")."""
    if noun is None or isinstance(noun, Span):
        return noun
    if noun.lower_ in _ANAPHORS:
        noun = _antecedent(noun) or noun
    if noun.lower_ in _ROLE_PRONOUNS or noun.pos_ in ("VERB", "AUX", "PUNCT"):
        return None
    span = syntax.noun_phrase(noun)
    end = _before_relative(noun, span)
    if noun.i < trigger.start < end:
        end = max(noun.i + 1, min(trigger.start, trigger.head.left_edge.i))
    # "attack by rebels | on the base": the parse hangs the target on the doer.
    if noun.dep_ == "pobj" and noun.head.lower_ == "by":
        end = min([end, *(child.i for child in noun.rights if child.dep_ == "prep" and child.lower_ in _AGAINST)])
    # "14 people | killed in the attack".
    while end < span.end and end - 1 > noun.i and span.doc[end - 1].pos_ in ("VERB", "ADP", "DET", "AUX", "SCONJ"):
        end -= 1
    while end - 1 > noun.i and (span.doc[end - 1].tag_ == "POS" or span.doc[end - 1].text in ",;:-–—"):
        end -= 1
    if noun.lower_ not in _VAGUE_COUNTS and all(
        token.like_num or token.pos_ in ("NUM", "SYM", "ADV", "ADP") for token in span.doc[span.start : end]
    ):
        return None
    return span.doc[span.start : end]


def _before_relative(noun: Token, span: Span) -> int:
    """Where a relative clause begins, of the noun or of a noun below it: "a market in the west | in which ten died". "Those who fled" stay
    whole, for the clause says who they are."""
    if noun.lower_ in _DEMONSTRATIVES:
        return span.end
    doc = span.doc
    for index in range(noun.i + 1, span.end):
        if doc[index].tag_ in ("WDT", "WP", "WP$", "WRB") and doc[index].dep_ != "det":
            start = index - 1 if doc[index - 1].pos_ == "ADP" else index
            return start if start > noun.i else span.end
    return span.end


def _antecedent(pronoun: Token) -> Token | None:
    """The subject of a clause above, for a pronoun of the same sentence: "the group said it would attack"."""
    verb = clause(pronoun)
    for _ in range(_CLIMB):
        above = clause(verb.head) if verb.head.i != verb.i else None
        here = next((child for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass") and child.i < pronoun.i), None)
        if here is not None and here.pos_ in ("NOUN", "PROPN") and not here.left_edge.i <= pronoun.i <= here.right_edge.i:
            return here
        if above is None or above.i == verb.i:
            return None
        verb = above
    return None


def _verb_actor(verb: Token, trigger: Trigger) -> Token | Span | None:
    if verb.lemma_ == "fall":
        return _prepositional(verb, ("to",))
    # "the decision to withdraw" is made by whoever the decision belongs to.
    if verb.dep_ == "acl" and verb.tag_ == "VB" and verb.head.pos_ == "NOUN":
        decision = verb.head
        owner = next((child for child in decision.lefts if child.dep_ in ("poss", "compound", "amod") and child.ent_type_), None)
        return owner or _prepositional(decision, ("by",)) or _light_subject(decision)
    if _takes_no_object(verb, trigger):
        return verb.head
    found = syntax.agent(verb) if _subjectless_passive(verb) else syntax.subject(verb)
    return found if found is None or found.pos_ not in ("VERB", "AUX") else None


def _takes_no_object(verb: Token, trigger: Trigger) -> bool:
    """ "Thousands of students protested", read as a participle: they are the doers."""
    return verb.dep_ == "acl" and verb.tag_ == "VBN" and trigger.kind.type in _DOERS


def _verb_target(verb: Token, trigger: Trigger) -> Token | None:
    inside = range(trigger.start, trigger.end)
    if _takes_no_object(verb, trigger):
        return None
    noun: Token | None
    # "Captured the town from the rebels".
    if trigger.kind.name == "territory taken" and (loser := _prepositional(verb, ("from",))) is not None and not _is_place(loser):
        return loser
    for noun in syntax.objects(verb):
        if noun.i not in inside and noun.lower_ not in _REFLEXIVE:
            return noun
    if _subjectless_passive(verb):
        return _sufferer(verb)
    # "took over 250 hostages", "opened fire on the crowd": the object is part of the trigger.
    for child in verb.children:
        if child.dep_ == "prep" and child.lower_ in ("on", "against", "at", "with", "upon"):
            noun = _pobj(child)
            if noun is not None and not _is_time(noun) and not (child.lower_ == "at" and noun.ent_type_ in ("GPE", "LOC", "FAC")):
                return noun
    for noun in (verb.doc[i] for i in inside if verb.doc[i].pos_ == "NOUN" and verb.doc[i].dep_ == "dobj"):
        found = _prepositional(noun, ("on", "against", "at", "of", "with"))
        if found is not None:
            return found
        if trigger.kind.type is EventType.ABDUCTION:
            return noun
    return None


def _subjectless_passive(verb: Token) -> bool:
    """ "Was arrested and jailed", "risks being shot": done to the subject above."""
    if verb.tag_ != "VBN" or any(
        child.dep_ in ("dobj", "nsubj", "nsubjpass") or (child.lower_ in _HAVE and not _has_auxpass(verb)) for child in verb.children
    ):
        return False
    return _has_auxpass(verb) or (verb.dep_ == "conj" and verb.head.tag_ == "VBN" and _has_auxpass(verb.head))


def _has_auxpass(verb: Token) -> bool:
    return any(child.dep_ == "auxpass" for child in verb.lefts)


def _noun_actor(noun: Token, trigger: Trigger) -> Token | Span | None:
    for child in noun.children:
        if child.dep_ == "poss" and not _is_time(child):
            return child
    if (by := _prepositional(noun, ("by",))) is not None:
        return by
    if (attribute := _attribute(noun, trigger)) is not None:
        return attribute
    if trigger.kind.type in _MUTUAL and _killed_in(noun) is not None:
        return _prepositional(noun, ("with",))
    if trigger.kind.type in _DOERS or trigger.kind.type in _MUTUAL:
        found = _prepositional(noun, ("of", "between") if trigger.kind.type is not EventType.AGREEMENT else ("between",))
        if found is not None and found.pos_ != "NUM":
            return found
    return _light_subject(noun)


def _attribute(noun: Token, trigger: Trigger) -> Span | None:
    """ "Turkish incursion", "US-led strikes", "rebel offensive": words left of the noun that name a doer."""
    names = gazetteer()
    for child in noun.lefts:
        if child.dep_ not in ("amod", "compound", "nmod") or child.i >= trigger.end:
            continue
        if child.lower_ in ("led", "backed") and child.i >= 2:
            return child.doc[max(child.left_edge.i, child.i - 3) : child.i + 1]
        known = names.adjective(child.text) or child.ent_type_ in ("NORP", "ORG", "GPE", "PERSON")
        if (child.i < trigger.start or child.text[0].isupper()) and (known or child.lower_ in _light()["doers"]):
            return child.doc[child.left_edge.i : child.i + 1]
    return None


def _light_subject(noun: Token) -> Token | None:
    """The subject of the verb that only says that it took place: "rebels launched an attack"."""
    head = noun
    for _ in range(3):
        # "carried out dozens of strikes", "a series of attacks", "strikes and shelling".
        if head.dep_ == "pobj" and head.head.lower_ in ("of", "in", "to", "for") and head.head.head.pos_ in ("NOUN", "NUM", "VERB"):
            head = head.head.head
            if head.pos_ == "VERB":
                break
        elif head.dep_ == "conj" and head.head.pos_ in ("NOUN", "PROPN"):
            head = head.head
        else:
            break
    verb = head if head.pos_ == "VERB" else head.head
    if verb.pos_ != "VERB" or (head is not verb and head.dep_ not in ("dobj", "attr", "nsubjpass")):
        return None
    if verb.lemma_.lower() not in _light()["does"]:
        return None
    return syntax.subject(verb)


def _noun_target(noun: Token, trigger: Trigger) -> Token | None:
    if (sufferer := _killed_in(noun)) is not None:
        return sufferer
    by = _prepositional(noun, ("by",))
    found = _prepositional(noun, _AGAINST) or (_prepositional(by, _AGAINST) if by is not None else None)
    if found is not None and not _is_time(found):
        return found
    if trigger.kind.type in _MUTUAL:
        # "a truce was signed with the rebels"
        for word in (noun, noun.head) if noun.dep_ in ("nsubjpass", "dobj") else (noun,):
            if (other := _prepositional(word, ("with",))) is not None:
                return other
    if trigger.kind.type not in _DOERS and (whom := _prepositional(noun, ("of",))) is not None and whom.pos_ != "NUM":
        return whom
    verb = noun.head
    if noun.dep_ in ("nsubj", "nsubjpass") and verb.pos_ == "VERB" and verb.lemma_.lower() in _light()["harms"]:
        return next(syntax.objects(verb), None) if noun.dep_ == "nsubj" else None
    for child in noun.children:
        if child.dep_ in ("acl", "relcl") and child.lemma_.lower() in (*_light()["harms"], "target"):
            return next(syntax.objects(child), None)
    return None


def _killed_in(noun: Token) -> Token | None:
    """ "Two people died in a strike", "he was wounded by a blast"."""
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in ("in", "by", "during"):
        return None
    verb = preposition.head
    if verb.lemma_.lower() in _light()["dies"]:
        return _sufferer(verb)
    if verb.lemma_.lower() in _light()["harms"]:
        return next(syntax.objects(verb), None) or (_sufferer(verb) if verb.tag_ == "VBN" else None)
    return None


def _sufferer(verb: Token) -> Token | None:
    """Of whom a passive or a dying without subject of its own is said: "are said to have died", "were found and held"."""
    for _ in range(_CLIMB):
        own = next((child for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass")), None)
        if own is not None:
            return verb.head if own.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else own
        if verb.dep_ == "acl" and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return verb.head
        if verb.dep_ not in ("conj", "xcomp", "pcomp", "advcl") or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def _prepositional(noun: Token, words: tuple[str, ...]) -> Token | None:
    for child in noun.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in words and (found := _pobj(child)) is not None:
            return found
    return None


def _pobj(preposition: Token) -> Token | None:
    return next((child for child in preposition.children if child.dep_ == "pobj"), None)


def _is_place(token: Token) -> bool:
    return token.ent_type_ in ("GPE", "LOC", "FAC") or _is_time(token)


def _is_time(token: Token) -> bool:
    return token.ent_type_ in ("DATE", "TIME")


def nearest(trigger: Trigger, found: Sequence[tuple[Token, Item]], taken: Iterable[Span], furthest: int = 3) -> Item | None:
    """Of places or times in the sentence of the trigger, with their first token: the one in its phrase, else in its clause, else nearest.
    What is part of ``taken`` (the actor) is passed over. ``furthest``: 1 stops at the clause, 2 at what hangs on it, 3 takes any."""
    own = clause(trigger.head)
    blocked = [(span.start, span.end) for span in taken]
    best: tuple[tuple[int, int], Item] | None = None
    for token, item in found:
        # "Fighters in Karsh": a place that says where the actor is says where it happened.
        if any(start <= token.i < end for start, end in blocked) and not _is_locative(token):
            continue
        rank = 0 if _below(token, trigger.head) else 1 if clause(token).i == own.i else 2 if _below(token, own) else 3
        if rank > furthest:
            continue
        key = (rank, abs(token.i - trigger.head.i))
        if best is None or key < best[0]:
            best = (key, item)
    return best[1] if best else None


def _is_locative(token: Token) -> bool:
    """Is the name the object of a preposition of place, "in the town of Dorra" included."""
    for _ in range(3):
        if token.dep_ == "pobj" and token.head.lower_ in _LOCATIVE:
            return True
        if token.dep_ not in ("pobj", "prep", "appos", "conj", "compound") or token.head.i == token.i:
            return False
        token = token.head
    return False


def _below(token: Token, head: Token) -> bool:
    return head.left_edge.i <= token.i <= head.right_edge.i


def locations(found: Sequence[tuple[Token, Place]], trigger: Trigger) -> list[tuple[Token, Place]]:
    """The places that say where: not those that act or speak ("Paris said"), nor the other side of a deal."""
    inside = range(trigger.start, trigger.end)
    return [
        (token, item)
        for token, item in found
        if token.i not in inside
        and not (token.dep_ in ("nsubj", "agent") or (token.dep_ == "pobj" and token.head.lower_ in ("by", "with", "between")))
    ]
