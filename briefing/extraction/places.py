"""Place mentions with country and coordinates, where the text decides them.

Comes in: a parse with entity labels. Goes out: a ``Place`` per mention in ``parsed(doc).places``, in text order. A name that can mean
several places is settled by the countries the text names, then by population; otherwise it is marked ambiguous and has no coordinates.
"""

# No postponed annotations here: spaCy reads the types of a factory's arguments when it is called.

from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span

from briefing.extraction import syntax
from briefing.extraction.gazetteer import Candidate, Gazetteer, fold, gazetteer, read_areas
from briefing.extraction.lexicon import load
from briefing.extraction.parsed import Parsed, parsed
from briefing.models import EntityType, Part, Place, PlacePrecision

__all__ = ["Places", "create", "decide"]

_LABELS = frozenset({"GPE", "LOC", "FAC"})
# Labels the model gives to unknown place names by mistake.
_MISTAKEN = frozenset({"PERSON", "ORG", "NORP", "PRODUCT", "WORK_OF_ART"})
_NO_PLACE = frozenset({EntityType.PERSON, EntityType.ARMED_GROUP, EntityType.ORGANISATION, EntityType.STATE_BODY})
# Of two namesakes the larger one is meant when it is this many times larger; without a country named it must be a city anyone knows.
_DOMINANT = 10
_KNOWN = 100_000
_NOTABLE = 15_000
_HAND_WRITTEN = 1_000_000_000
_REGION = 150_000
_METROPOLIS = 1_000_000
_LEADING = frozenset({"the", "a", "an", "'s", "’s"})
_TITLE_CONTEXT = 4000
_MARKS = ",;:!?()[]\"“”‘’'–—"


class Places:
    """Reads ``doc``, fills ``parsed(doc).places``."""

    def __init__(self, knowledge: list[str]) -> None:
        words = load("places")
        self._before = frozenset(words["before"])
        self._within = frozenset(words["within"])
        self._settlement = frozenset(words["settlement"])
        self._region = frozenset(words["region"])
        self._part = frozenset(words["part"])
        self._other = frozenset(words["other"])
        self._own: dict[str, tuple[Candidate, ...]] = {}
        for path in knowledge:
            self._own.update(read_areas(Path(path)))

    def __call__(self, doc: Doc) -> Doc:
        work = parsed(doc)
        names = gazetteer()
        mentions = self._places(list(self._mentions(doc, names)), names, _other_names(work))
        if not mentions:
            return doc
        named = _countries(doc, names, work, mentions)
        work.places.extend(self._place(work, names, span, named) for span in mentions)
        return doc

    def _places(self, spans: list[Span], names: Gazetteer, others: frozenset[str]) -> list[Span]:
        """Without names that are somebody's in this text, unless one of their mentions can only be a place."""
        sure = {span.text.lower() for span in spans if span.text.lower() in others and self._surely(span, names)}
        return [self._widened(span) for span in spans if span.text.lower() not in others or span.text.lower() in sure]

    def _mentions(self, doc: Doc, names: Gazetteer) -> Iterator[Span]:
        """Spans of place names without article and possessive, in text order, none overlapping."""
        labelled = {ent.start: ent for ent in doc.ents}
        for sent in syntax.prose(doc):
            at = sent.start
            while at < sent.end:
                ent = labelled.get(at)
                span = self._entity(ent, names) if ent is not None else self._unlabelled(doc, at, names)
                if span is not None:
                    yield span
                at = ent.end if ent is not None else (span.end if span is not None else at + 1)

    def _entity(self, ent: Span, names: Gazetteer) -> Span | None:
        span = _trimmed(ent)
        if span is None or not any(letter.isupper() for letter in span.text):
            return None
        if ent.label_ in _LABELS:
            return None if names.adjective(span.text) or span.text.lower() in self._other else span
        if ent.label_ not in _MISTAKEN or len(span) > 3 or not self._located(span):
            return None
        return span if self._known(span, names) else None

    def _unlabelled(self, doc: Doc, at: int, names: Gazetteer) -> Span | None:
        """A name without a label that the gazetteer knows, where a place is expected. The longest of up to three words."""
        if not doc[at].text[0].isupper() or doc[at].ent_type_ or doc[at].pos_ != "PROPN":
            return None
        end = at + 1
        while end < len(doc) and end - at < 3 and doc[end].pos_ in ("PROPN", "PUNCT") and not doc[end].ent_type_ and _joins(doc, end):
            end += 1
        for stop in range(end, at, -1):
            span = doc[at:stop]
            if self._located(span) and self._known(span, names):
                return span
        return None

    def _known(self, span: Span, names: Gazetteer) -> bool:
        return span.text.lower() not in self._other and names.adjective(span.text) is None and bool(self._find(span.text, names))

    def _surely(self, span: Span, names: Gazetteer) -> bool:
        """A place, although the name is also read as somebody's: known, and after "in" or "near", where no person stands."""
        before = span.doc[span.start - 1].lower_ if span.start > span.sent.start else ""
        return before in self._within and self._known(span, names)

    def _located(self, span: Span) -> bool:
        """Is a place expected here: after "in", after "the town of", beside a class word, or as a dateline."""
        doc, sent = span.doc, span.sent
        if span.end < len(doc) and (doc[span.end].lower_ in self._region or doc[span.end].lower_ in self._settlement):
            return True
        if span.end < sent.end and doc[span.end].text[0].isupper() and doc[span.end].pos_ == "PROPN":
            return False
        if span.start == 0:
            return span.text.isupper() and span.end < len(doc) and doc[span.end].text in ("(", "-", "–", "—", "--", ",")
        before = span.start - 1
        while before > sent.start and (doc[before].lower_ in self._part or doc[before].lower_ == "the"):
            before -= 1
        word = doc[before].lower_
        if word in ("of", "and", ","):
            return doc[before - 1].lower_ in self._settlement | self._region if word == "of" and before > sent.start else False
        return word in self._before or word in self._settlement

    def _widened(self, span: Span) -> Span:
        """With the word for its part before it: "northern Syria"."""
        start = span.start
        if start > span.sent.start and span.doc[start - 1].lower_ in self._part:
            start -= 1
            # "north - eastern" is three tokens.
            if start - 1 > span.sent.start and span.doc[start - 1].text == "-" and span.doc[start - 2].lower_ in self._part:
                start -= 2
        return span.doc[start : span.end]

    def _place(self, work: Parsed, names: Gazetteer, span: Span, named: frozenset[str]) -> Place:
        evidence = work.cite_span(span)
        whole = self._find(span.text, names)
        core = next((i for i, token in enumerate(span) if token.lower_ not in self._part and token.text != "-"), 0)
        candidates = whole or self._find(span[core:].text, names)
        if not candidates:
            precision = PlacePrecision.FACILITY if span[-1].ent_type_ == "FAC" else PlacePrecision.UNKNOWN
            return Place(evidence=evidence, name=span.text, precision=precision)
        if span.end < len(span.doc) and span.doc[span.end].lower_ in self._region:
            candidates = tuple(c for c in candidates if c.precision is PlacePrecision.REGION) or candidates
        place = decide(candidates, named)
        if place is None or _far_spelling(place, span[0 if whole else core :].text, named):
            return Place(evidence=evidence, name=span.text, ambiguous=True)
        if core and not whole and place.precision is not PlacePrecision.SETTLEMENT:
            return Place(evidence=evidence, name=span.text, country=place.country, precision=PlacePrecision.REGION)
        return Place(
            evidence=evidence,
            name=place.name,
            country=place.country,
            latitude=place.latitude,
            longitude=place.longitude,
            precision=place.precision,
        )

    def _find(self, name: str, names: Gazetteer) -> tuple[Candidate, ...]:
        return (self._own and self._own.get(name.casefold())) or names.find(name)


@Language.factory("briefing_places", default_config={"knowledge": []})
def create(nlp: Language, name: str, knowledge: list[str]) -> Places:
    """The component; ``knowledge`` are YAML files with further places (shape of ``lexicons/areas.yaml``)."""
    return Places(knowledge)


def decide(candidates: tuple[Candidate, ...], named: frozenset[str]) -> Candidate | None:
    """The one place meant, given the countries the text names; None when the text does not decide."""
    if candidates[0].precision is PlacePrecision.COUNTRY and len(candidates) > 1:
        return _country_or_state(candidates, named)
    local = tuple(place for place in candidates if place.country in named)
    pool = sorted(local or candidates, key=_weight, reverse=True)
    best, weight = pool[0], _weight(pool[0])
    if weight < (0 if local else _KNOWN if named else _NOTABLE):
        return None
    rivals = [place for place in pool[1:] if not _same(best, place)]
    return None if any(_weight(place) * _DOMINANT > weight for place in rivals) else best


def _far_spelling(place: Candidate, written: str, named: frozenset[str]) -> bool:
    """A town abroad that is only spelled so elsewhere: "Nante in Zambezia, Mozambique" is not Nantes in France."""
    if place.curated or place.precision is not PlacePrecision.SETTLEMENT or place.population >= _METROPOLIS:
        return False
    return bool(named) and place.country not in named and fold(place.name) != fold(written)


def _country_or_state(candidates: tuple[Candidate, ...], named: frozenset[str]) -> Candidate | None:
    """ "Georgia": the country when the text speaks of it otherwise ("Georgian"), undecided when it speaks of the state's country."""
    country, *states = candidates
    return country if country.country in named or not any(state.country in named for state in states) else None


def _weight(place: Candidate) -> int:
    """How well known: countries and places written down by hand are known to every reader, first-level regions like a city of some size."""
    if place.curated or place.precision is PlacePrecision.COUNTRY:
        return _HAND_WRITTEN
    return _REGION if place.precision is PlacePrecision.REGION else place.population


def _same(one: Candidate, other: Candidate) -> bool:
    """A region and the city it is named after are no rivals."""
    return one.country == other.country and one.precision is not other.precision


def _joins(doc: Doc, at: int) -> bool:
    token = doc[at]
    return (
        token.text in ("-", "'") and not doc[at - 1].whitespace_
        if token.pos_ == "PUNCT"
        else token.text[0].isupper() or not doc[at - 1].whitespace_
    )


def _trimmed(ent: Span) -> Span | None:
    start, end = ent.start, ent.end
    while start < end and (ent.doc[start].lower_ in _LEADING or ent.doc[start].is_punct or ent.doc[start].is_space):
        start += 1
    while end > start and (ent.doc[end - 1].lower_ in _LEADING or ent.doc[end - 1].is_punct or ent.doc[end - 1].is_space):
        end -= 1
    return ent.doc[start:end] if start < end else None


def _other_names(work: Parsed) -> frozenset[str]:
    """Names that the document uses for people and groups."""
    return frozenset(alias.lower() for entity in work.entities if entity.type in _NO_PLACE for alias in (entity.name, *entity.aliases))


def _countries(doc: Doc, names: Gazetteer, work: Parsed, mentions: list[Span]) -> frozenset[str]:
    """Countries the text names: by name, by adjective, or by a city that can be only one."""
    text = f"{doc.text} {work.document.text[:_TITLE_CONTEXT]}" if work.part is Part.TITLE else doc.text
    words = dict.fromkeys(
        word.strip(_MARKS).removesuffix("'s").removesuffix("’s") for word in text.split() if word[0].isupper() or not word[0].isalpha()
    )
    found = {code for word in words if (code := names.adjective(word))}
    for word in (*words, *(span.text for span in mentions)):
        # A name that is also a state's ("Georgia") does not speak for itself.
        if (code := names.country(word)) and len(names.find(word)) == 1:
            found.add(code)
    for span in mentions:
        candidates = names.find(span.text)
        sure = decide(candidates, frozenset()) if candidates else None
        if sure is not None and sure.country and sure.population >= 5 * _KNOWN:
            found.add(sure.country)
    return frozenset(found)
