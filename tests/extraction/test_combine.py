"""Title and text become one set of findings."""

from __future__ import annotations

import hashlib

from spacy.language import Language

from briefing.extraction.combine import combine
from briefing.extraction.events import Events
from briefing.extraction.parsed import Parsed, parsed
from briefing.models import Document, EntityType, EventStatus, EventType, Findings, Part, Place, PlacePrecision, Source


def findings(nlp: Language, title: str, text: str, places: tuple[tuple[str, str], ...] = ()) -> Findings:
    """``places`` are (as written, canonical) pairs the gazetteer would give for the text."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(id="d1", source=Source(id="s", name="s"), name="d1", title=title, text=text, sha256=digest)
    parts: list[Parsed] = []
    sentences: tuple[tuple[int, int], ...] = ()
    for part, words in ((Part.TITLE, title), (Part.TEXT, text)):
        doc = nlp.make_doc(words)
        doc._.briefing = Parsed(document, part)
        doc = nlp(doc)
        parts.append(parsed(doc))
        sentences = tuple((sent.start_char, sent.end_char) for sent in doc.sents)
    for written, name in places:
        start = text.index(written)
        parts[1].places.append(
            Place(evidence=parts[1].cite(start, start + len(written)), name=name, country="NO", precision=PlacePrecision.SETTLEMENT)
        )
    return combine(parts[0], parts[1], sentences)


def test_an_entity_of_both_parts_is_one_with_the_title_first(plain: Language) -> None:
    found = findings(plain, "Floods cut off Vienna", "Two roads to Vienna were closed by floods.")
    (vienna,) = [one for one in found.entities if one.name == "Vienna"]
    assert [mention.part for mention in vienna.evidence] == [Part.TITLE, Part.TEXT]
    assert len(vienna.context) == 2


def test_a_surname_in_the_title_is_the_full_name_of_the_text(plain: Language) -> None:
    found = findings(plain, "Bridge is safe, Keller says", "Mayor Anna Keller spoke in Vienna. Keller gave no details.")
    assert [statement.speaker for statement in found.statements if statement.evidence[0].part is Part.TITLE] == ["Anna Keller"]


def test_a_place_without_an_entity_becomes_one(plain: Language) -> None:
    found = findings(plain, "Floods", "The road through dorrahavn is closed.", (("dorrahavn", "Dorrahavn"),))
    (place,) = [one for one in found.entities if one.name == "Dorrahavn"]
    assert place.type is EntityType.PLACE
    assert place.context[0].quote == "The road through dorrahavn is closed."


def test_a_place_gets_its_canonical_name(plain: Language) -> None:
    found = findings(plain, "Floods", "Two people died in Vienna.", (("Vienna", "Wien"),))
    assert [one.name for one in found.entities if "Vienna" in one.aliases] == ["Wien"]


def test_a_text_without_a_title_stands_alone(plain: Language) -> None:
    doc = plain("Anna Keller said the bridge was safe.")
    found = combine(None, parsed(doc), ((0, 37),))
    assert [statement.speaker for statement in found.statements] == ["Anna Keller"]
    assert found.sentences == ((0, 37),)


def test_the_event_of_title_and_text_is_one(base: Language) -> None:
    title, text = (
        "Rebels planning mass jailbreak, warn officials",
        "Rebels are planning a mass prison break in Goma, officials said on Monday.",
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    document = Document(id="d1", source=Source(id="s", name="s"), name="d1", title=title, text=text, sha256=digest)
    parts: list[Parsed] = []
    for part, words in ((Part.TITLE, title), (Part.TEXT, text)):
        doc = base(words)
        doc._.briefing = Parsed(document, part)
        parts.append(parsed(Events()(doc)))
    found = combine(parts[0], parts[1], ((0, len(text)),))
    (escape,) = [event for event in found.events if event.type is EventType.ESCAPE]
    assert escape.status is EventStatus.PLANNED
    assert escape.evidence[0].part is Part.TEXT
    assert parts[0].events
    assert escape.evidence[-1].part is Part.TITLE
