"""Risks: possible future harm the text itself raises.

Comes in: a parse with times and places. Goes out: ``Risk`` objects in ``parsed(doc).risks``, in text order, one per clause.
The hedge stays as written; likelihood, impact and level come from ``ratings`` or stay empty.
"""

# No postponed annotations here: spaCy reads the types of a factory's arguments when it is called.

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from briefing.extraction import participants, ratings, syntax
from briefing.extraction.hedge import Hedge
from briefing.extraction.hedges import find
from briefing.extraction.parsed import Parsed, parsed
from briefing.models import Evidence, Level, Place, Risk, RiskKind, When

__all__ = ["Risks", "create"]

_CAUSES = frozenset({"if", "once", "because", "after", "as", "since", "unless", "when", "while"})
_CLIMB = 4
_EDGES = frozenset(",;:-–—\"“”'‘’")


class Risks:
    """Reads ``doc``, fills ``parsed(doc).risks``."""

    def __init__(self, matrix: dict[str, dict[str, Level]]) -> None:
        self._matrix = matrix

    def __call__(self, doc: Doc) -> Doc:
        work = parsed(doc)
        hedges = find(doc)
        if not hedges:
            return doc
        for hedge, span in _clearest(doc, hedges):
            work.risks.append(self._risk(work, hedge, span))
        return doc

    def _risk(self, work: Parsed, hedge: Hedge, span: Span) -> Risk:
        cause = _cause(span)
        lemmas = [token.lemma_.lower() for token in span if cause is None or not cause.start <= token.i < cause.end]
        likelihood, impact = ratings.likelihood(lemmas), ratings.impact(lemmas)
        if hedge.kind is RiskKind.CASUALTIES_MAY_RISE:
            likelihood = impact = None
        doer = _doer(hedge)
        return Risk(
            evidence=(work.cite_span(span),),
            context=(work.sentence(hedge.head),),
            kind=hedge.kind,
            hedge=work.cite_span(span.doc[hedge.start : hedge.end]),
            cause=_cite(work, cause),
            event=_cite(work, _event(hedge)),
            consequence=_cite(work, _consequence(hedge)),
            actor=_cite(work, _plain(syntax.noun_phrase(doer))) if doer is not None else None,
            target=_cite(work, _target(hedge)),
            place=_place(work, span, hedge),
            horizon=_horizon(work, span),
            likelihood=likelihood[0] if likelihood else None,
            likelihood_basis=likelihood[1] if likelihood else None,
            impact=impact[0] if impact else None,
            impact_basis=impact[1] if impact else None,
            level=ratings.level(likelihood[0] if likelihood else None, impact[0] if impact else None, self._matrix),
        )


@Language.factory("briefing_risks", default_config={"matrix": {}})
def create(nlp: Language, name: str, matrix: dict[str, dict[str, str]]) -> Risks:
    """The component; ``matrix`` is likelihood → impact → level, empty for the shipped table."""
    return Risks({row: {column: Level(cell) for column, cell in cells.items()} for row, cells in matrix.items()})


def _clearest(doc: Doc, hedges: list[Hedge]) -> list[tuple[Hedge, Span]]:
    """One hedge per clause, the clearest, of two equal ones the first; in text order."""
    covered = bytearray(len(doc))
    taken = []
    for hedge in sorted(hedges, key=lambda hedge: (-hedge.strength, hedge.start)):
        span = _clause(hedge)
        if covered.find(1, span.start, span.end) < 0:
            covered[span.start : span.end] = b"\1" * len(span)
            taken.append((hedge, span))
    return sorted(taken, key=lambda item: item[1].start)


def _clause(hedge: Hedge) -> Span:
    """The clause that expresses the risk: what is warned of or feared, else the clause of the hedge."""
    verb = participants.clause(hedge.head)
    if hedge.kind in (RiskKind.WARNING, RiskKind.FEAR) and hedge.head.pos_ == "VERB" and hedge.event.dep_ == "ccomp":
        verb = hedge.event
    while verb.dep_ == "xcomp" and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    sent = verb.sent
    start, end = max(verb.left_edge.i, sent.start), min(verb.right_edge.i + 1, sent.end)
    # "fears | the group will ..." keeps its hedge, wherever the parse hangs it.
    if hedge.kind is not RiskKind.WARNING:
        start, end = min(start, hedge.start), max(end, hedge.end)
    doer = _shared_subject(hedge.head if hedge.kind is RiskKind.FEAR and hedge.head.pos_ == "VERB" else verb)
    if doer is not None and sent.start <= doer.left_edge.i < start:
        start = doer.left_edge.i
    while end - start > 1 and (verb.doc[start].is_space or verb.doc[start].text in _EDGES):
        start += 1
    while end - start > 1 and (verb.doc[end - 1].is_space or verb.doc[end - 1].text in _EDGES or verb.doc[end - 1].text == "."):
        end -= 1
    if end - start > 1 and verb.doc[start].dep_ == "mark" and verb.doc[start].lower_ == "that":
        start += 1
    return verb.doc[start:end]


def _shared_subject(verb: Token) -> Token | None:
    """The subject of a clause that has none of its own: "the group rested and is likely to return", "the dam, which may burst"."""
    for _ in range(_CLIMB):
        own = next((child for child in verb.lefts if child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl")), None)
        if own is not None:
            # "The group is back, he says, and may attack": the speaker stands between.
            told = next((child for child in verb.lefts if child.dep_ == "ccomp" and child.i < own.i), None)
            if told is not None:
                return next((child for child in told.lefts if child.dep_ in ("nsubj", "nsubjpass")), own)
            return verb.head if own.tag_ in ("WDT", "WP") and verb.dep_ == "relcl" else own
        if verb.dep_ in ("relcl", "acl") and verb.head.pos_ in ("NOUN", "PROPN"):
            return verb.head
        if verb.dep_ not in ("conj", "advcl", "xcomp", "pcomp", "prep") or verb.head.i == verb.i:
            return None
        verb = verb.head
    return None


def _doer(hedge: Hedge) -> Token | None:
    """Who threatens: the subject of the harm or of the hedge, or the noun that is its attribute ("an IS prison break")."""
    for token in (hedge.event, hedge.head):
        verb = token if token.pos_ in ("VERB", "AUX") else None
        if verb is not None and (found := syntax.subject(verb)) is not None and found.pos_ in ("NOUN", "PROPN"):
            if (
                hedge.kind in (RiskKind.WARNING, RiskKind.FEAR, RiskKind.EXPECTATION)
                and verb is hedge.head
                and verb is not hedge.event
                and verb.pos_ == "VERB"
            ):
                return None
            return found
        if verb is None:
            for child in token.lefts:
                if child.dep_ in ("poss", "compound", "amod", "nmod") and child.ent_type_ in ("ORG", "GPE", "NORP", "PERSON"):
                    return child
    return None


def _event(hedge: Hedge) -> Span | None:
    """What may happen: the noun phrase, or the verb with what belongs to it, without its subject and auxiliaries."""
    token = hedge.event
    if token.pos_ not in ("VERB", "AUX"):
        return _plain(syntax.noun_phrase(token)) if token.i != hedge.head.i or token.pos_ in ("NOUN", "PROPN") else None
    purpose = _purpose(token)
    end = min(token.right_edge.i + 1, token.sent.end)
    if purpose is not None:
        end = min(end, max(token.i + 1, purpose.left_edge.i))
    return _plain(token.doc[token.i : end])


def _consequence(hedge: Hedge) -> Span | None:
    """What it would lead to: the purpose, or what the verb of bringing about has as its object."""
    purpose = _purpose(hedge.event)
    if purpose is None and hedge.event.head.i == hedge.head.i and hedge.event.dep_ == "dobj":
        purpose = next((child for child in hedge.head.rights if child.i > hedge.event.i and _is_infinitive(child)), None)
    if purpose is not None:
        return _plain(purpose.doc[purpose.i : min(purpose.right_edge.i + 1, purpose.sent.end)])
    verb = hedge.head.head if hedge.event.dep_ == "nsubj" else hedge.event
    if verb.pos_ in ("VERB", "AUX") and verb.lemma_.lower() in ("lead", "cause", "be", "result", "trigger", "provoke", "spark", "create"):
        for child in verb.rights:
            if child.dep_ in ("dobj", "attr"):
                return _plain(syntax.noun_phrase(child))
            if child.dep_ == "prep" and child.lower_ in ("to", "in"):
                noun = next((below for below in child.children if below.dep_ == "pobj"), None)
                return _plain(syntax.noun_phrase(noun)) if noun is not None else None
    return None


def _purpose(token: Token) -> Token | None:
    """The infinitive that says what for: "a prison break to free fighters"."""
    for child in token.rights:
        if child.dep_ in ("advcl", "acl", "relcl") and _is_infinitive(child):
            return child
    return None


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(mark.tag_ == "TO" for mark in verb.lefts)


def _target(hedge: Hedge) -> Span | None:
    token = hedge.event
    if token.pos_ == "VERB":
        noun = next(syntax.objects(token), None)
    else:
        noun = next(
            (below for child in token.rights if child.dep_ == "prep" and child.lower_ in ("on", "against") for below in child.children),
            None,
        )
    return _plain(syntax.noun_phrase(noun)) if noun is not None and noun.pos_ in ("NOUN", "PROPN", "PRON") else None


def _cause(span: Span) -> Span | None:
    """A clause that says under what condition or why."""
    for token in span:
        if token.dep_ in ("mark", "advmod", "prep") and token.lower_ in _CAUSES and token.head.dep_ in ("advcl", "pcomp"):
            left, right = max(token.i, span.start), min(token.head.right_edge.i + 1, span.end)
            return _plain(span.doc[left:right]) if right > left else None
    return None


def _plain(span: Span) -> Span:
    """Without white space, quotation marks and commas at its ends."""
    start, end = span.start, span.end
    while end - start > 1 and (span.doc[start].is_space or span.doc[start].text in _EDGES):
        start += 1
    while end - start > 1 and (span.doc[end - 1].is_space or span.doc[end - 1].text in _EDGES or span.doc[end - 1].tag_ == "POS"):
        end -= 1
    return span.doc[start:end]


def _cite(work: Parsed, span: Span | None) -> Evidence | None:
    return work.cite_span(span) if span is not None and span.text.strip() else None


def _place(work: Parsed, span: Span, hedge: Hedge) -> Place | None:
    """The place nearest after the hedge in its clause, else the first."""
    inside = [
        place
        for place in work.places
        if span.start_char <= place.evidence.start < span.end_char
        and _is_location(span.doc.char_span(place.evidence.start, place.evidence.end))
    ]
    behind = span.doc[hedge.start].idx
    return next((place for place in inside if place.evidence.start > behind), inside[0] if inside else None)


def _horizon(work: Parsed, span: Span) -> When | None:
    """The first time of the clause that lies ahead of the publication day."""
    published = work.document.published_at
    for when in work.times:
        if (
            span.start_char <= when.evidence.start < span.end_char
            and published is not None
            and when.end is not None
            and when.end > published
        ):
            return when
    return None


def _is_location(span: Span | None) -> bool:
    """Not a government that acts or speaks ("Paris said")."""
    return span is None or span.root.dep_ not in ("nsubj", "agent")
