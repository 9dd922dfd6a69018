"""Headline and Situation: whole sentences, verbatim."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from newsroom import Reading, news

from briefing.models import EventType, Measure, Part, Reliability
from briefing.stories.merging import merge
from briefing.stories.summary import headline, leading, situation

TEXT = (
    "The weather was fine when the season opened in the hills above the lake. "
    "A boat carrying market traders sank off Lomar on Monday and 14 people drowned. "
    "They had set out before dawn. "
    "He said that it was the wind. "
    "Why did nobody check the hull? "
    "Divers searched for 6 missing passengers until nightfall, the harbour master said. "
    "The ferry company was founded in 1974 and owns three boats."
)


def boat() -> Reading:
    reading = Reading(news("a", "Traders drown off Lomar", TEXT))
    drowned = reading.figure("14", 14, Measure.KILLED, counted="people")
    reading.figure("6", 6, Measure.MISSING, counted="passengers")
    reading.event("sank", EventType.DISASTER, place="Lomar", outcomes=(drowned,))
    return reading


def of(*readings: Reading):
    found = {reading.document.id: reading.findings() for reading in readings}
    documents = [reading.document for reading in readings]
    merged = merge(documents, found)
    order = leading(documents, found, merged)
    return headline(order, found), situation(order, found, merged)


def test_the_sentences_with_the_key_findings_are_chosen_in_reading_order():
    title, sentences = of(boat())
    assert (title.quote, title.part) == ("Traders drown off Lomar", Part.TITLE)
    quotes = [sentence.quote for sentence in sentences]
    assert quotes[0].startswith("A boat carrying")
    assert any(quote.startswith("Divers searched") for quote in quotes)
    assert 2 <= len(quotes) <= 4
    assert not any(quote.startswith(("They", "He", "Why")) for quote in quotes)


def test_a_second_report_adds_what_is_new_and_does_not_repeat():
    other = Reading(
        news(
            "b",
            "Captain held after sinking",
            "A boat carrying traders sank off Lomar on Monday and 14 people drowned. Police arrested the captain in Dastin at night.",
            outlet="Delta Post",
            hours=2,
        )
    )
    other.event("arrested", EventType.ARREST, place="Dastin")
    _, sentences = of(boat(), other)
    quotes = [sentence.quote for sentence in sentences]
    assert any("arrested the captain" in quote for quote in quotes)
    assert sum("14 people drowned" in quote for quote in quotes) == 1


def test_a_text_without_findings_still_has_its_first_sentences():
    _, sentences = of(
        Reading(news("a", "Notes", "The council met on Monday in Lomar. It rained for hours over the bay. The end came late."))
    )
    assert sentences[0].quote == "The council met on Monday in Lomar."


def test_without_a_title_the_first_sentence_is_the_headline():
    title, _ = of(Reading(news("a", " ", "The council met on Monday in Lomar. Nothing was decided there.")))
    assert title.quote == "The council met on Monday in Lomar."
    assert of(Reading(news("a", "", "")))[0] is None


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.text(alphabet="ab .!?\n“’”", max_size=60), max_size=8))
def test_every_sentence_is_whole_and_verbatim(parts):
    reading = Reading(news("a", "Title", ". ".join(parts)))
    _, sentences = of(reading)
    ranges = set(reading.findings().sentences)
    assert len(sentences) <= 4
    for sentence in sentences:
        assert (sentence.start, sentence.end) in ranges
        assert reading.document.text[sentence.start : sentence.end] == sentence.quote


def test_a_title_that_asks_and_a_doubtful_source_do_not_lead():
    asking = Reading(news("b", "Was the boat too old?", TEXT, outlet="Delta Post", hours=2))
    assert of(asking, boat())[0].quote == "Traders drown off Lomar"
    doubtful = Reading(news("c", "Fourteen dead off Lomar", TEXT, outlet="Hill Rumour", hours=2, reliability=Reliability.E))
    assert of(doubtful, boat())[0].quote == "Traders drown off Lomar"
