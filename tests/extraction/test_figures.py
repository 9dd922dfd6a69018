"""Figures: each rule by an own sentence, then properties and hostile input."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from briefing.extraction.numbers import Number, read
from briefing.extraction.parsed import Parsed, parsed
from briefing.models import Document, Figure, Measure, Qualifier

M = Measure
Find = Callable[[str], list[Figure]]


@pytest.fixture
def find(figures_nlp: Language) -> Find:
    return lambda text: parsed(figures_nlp(text)).figures


def shown(figures: list[Figure]) -> list[tuple[str, str]]:
    return [(figure.evidence[0].quote, figure.measure.value) for figure in figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # passive, active, nominal
        ("At least 36 villagers were killed and 50 others injured in the raid.", [("At least 36", "killed"), ("50", "wounded")]),
        ("The blast killed 13 and wounded 29.", [("13", "killed"), ("29", "wounded")]),
        ("Six miners died when the shaft fell in.", [("Six", "killed")]),
        ("The fire caused the death of four farmers.", [("four", "killed")]),
        ("Rescuers found 12 bodies in the river.", [("12", "killed")]),
        ("Gunmen shot dead three drivers near Dorra.", [("three", "killed")]),
        ("Police arrested 14 protesters on the bridge.", [("14", "detained")]),
        ("Around 900 rebels are held in two prisons.", [("Around 900", "detained"), ("two", "other")]),
        ("Pirates kidnapped nine sailors.", [("nine", "abducted")]),
        ("They still keep 40 hostages.", [("40", "abducted")]),
        ("Some 5,000 people have fled the valley.", [("Some 5,000", "displaced")]),
        ("The camp shelters 3,000 refugees.", [("3,000", "displaced")]),
        ("Seven fishermen are missing.", [("Seven", "missing")]),
        ("Seven fishermen were still missing.", [("Seven", "missing")]),
        ("Two herders drowned in the river.", [("Two", "killed")]),
        ("The flood toll stood at 11.", [("11", "killed")]),
        # whose: attackers are people, victims are killed
        ("Three gunmen killed 12 shoppers.", [("Three", "people"), ("12", "killed")]),
        # headline forms
        ("Five wounded in market blast", [("Five", "wounded")]),
        ("Three killed, over 70 injured in port fire", [("Three", "killed"), ("over 70", "wounded")]),
        # verbs the parse may miss
        ("Twelve soldiers were stabbed to death.", [("Twelve", "killed")]),
        # tolls
        ("The death toll rose to 70 on Monday.", [("70", "killed")]),
        # vague quantities
        ("Dozens were wounded and hundreds of families fled.", [("Dozens", "wounded"), ("hundreds", "displaced")]),
        # things and incidents
        ("The army carried out six air strikes with 22 tanks.", [("six", "incidents"), ("22", "materiel")]),
        ("Rebels captured three villages.", [("three", "area")]),
        # units
        ("The group demanded $2.5m and paid 12 per cent of it.", [("$2.5m", "money"), ("12 per cent", "share")]),
        ("The quake of magnitude 6.1 destroyed 40 hectares of vines.", [("magnitude 6.1", "other"), ("40 hectares", "area")]),
        # an article counts a casualty or a captive, nothing else
        ("A soldier was killed and a civilian was wounded near a bridge.", [("A", "killed"), ("a", "wounded")]),
        ("One guard was killed.", [("One", "killed")]),
    ],
)
def test_the_measure_follows_from_verb_noun_and_unit(find: Find, text: str, expected: list[tuple[str, str]]) -> None:
    assert shown(find(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The clinic opened on 3 May 2021 at 10:30.",
        "The driver, 34, was a farmer aged 12 when it began.",
        "A 24-year rule ended after six months and two weeks.",
        "The camp lies 30 km north of Dorra.",
        "One of the ministers left for one reason.",
        "Both men met the two sides.",
        "Resolution 2254 and the T-72 were discussed by the G7.",
        "He came first, she was the 22nd.",
        "Several villages and a number of towns were quiet.",
        "A man opened a shop with a friend.",
        "They met three times over the last two years.",
        # ages
        "One suspect is 22 and the other, 58, runs a bakery.",
        "A man seen in Dorra, 34, was calm.",
        "A widow of 91 spoke, and a father of three listened.",
        "She was 91 when the flood came, and he died at 88.",
        # hours
        "They came at eleven and the bus went at ten.",
        # codes
        "The server answered {{7*8}} to the note.",
        # an article beside a verb of harm that tells of nobody harmed
        "If a soldier is killed, the truce ends.",
        "Gunmen could kill a hostage and threatened to abduct a minister.",
        "The ministry denied that a guard was killed.",
        "Not a single guard was killed.",
        "A man's wife was killed in the raid.",
    ],
)
def test_numbers_that_measure_nothing_are_no_figures(find: Find, text: str) -> None:
    assert shown(find(text)) == []


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("At least 40,000 people linked to the North Column remain in camps.", "people linked to the North Column"),
        ("The militia holds thousands of its fighters in the fort.", "its fighters"),
        ("About 8,000 are foreigners.", "foreigners"),
        ("The army carried out six attacks in the desert.", "attacks in the desert"),
        ("The death toll rose to 70.", "The death toll"),
        ("The 2,000 troops stationed in Dorra will leave.", "troops stationed in Dorra"),
        ("Just over 42% of respondents agreed.", "respondents"),
        # up to a finite verb, an apposition, a time, another number
        (
            "At least 40,000 people linked to the North Column remain in camps run by the Dorra League, the armed militia that rules it.",
            "people linked to the North Column",
        ),
        ("Some 300 fighters trained by the army fled to the hills.", "fighters trained by the army"),
        ("The port has 90 cranes on its quays, including a tall one.", "cranes on its quays"),
        ("A ship with 22 sailors of the Dorra Line on Sunday left the port.", "sailors of the Dorra Line"),
        # a participle with what belongs to it, never alone
        ("Hundreds were killed in an earlier riot at the fort in 2022.", "killed in an earlier riot at the fort"),
        ("About 12,000 were driven from their homes by the flood.", "driven from their homes by the flood"),
        ("The store held 20 displaced families.", "displaced families"),
    ],
)
def test_what_is_counted_is_the_whole_noun_phrase_without_the_number(find: Find, text: str, counted: str) -> None:
    (figure,) = find(text)
    assert figure.counted is not None and figure.counted.quote == counted


@pytest.mark.parametrize(
    "text", ["Hundreds were killed.", "Dozens have been arrested.", "The rebels paid $3m.", "A quake killed 13.", "She met two of the six."]
)
def test_a_bare_verb_is_not_what_is_counted(find: Find, text: str) -> None:
    assert find(text)[0].counted is None or find(text)[0].counted.quote == "the six"


def test_each_thing_of_a_list_is_counted_alone(find: Find) -> None:
    figures = find("Raiders seized 42 rifles, 18 pistols and 300 rounds.")
    assert [figure.counted and figure.counted.quote for figure in figures] == ["rifles", "pistols", "rounds"]


def test_the_wounded_after_the_dead_are_not_counted_as_bodies(find: Find) -> None:
    bodies, wounded = find("Medics received seven bodies and 15 wounded.")
    assert (bodies.counted and bodies.counted.quote, wounded.counted, wounded.measure) == ("bodies", None, M.WOUNDED)


def test_a_part_named_in_between_does_not_hide_the_participle(find: Find) -> None:
    found = find("More than 100 people were killed and over 90 more including 35 children injured in the blast.")
    assert shown(found) == [("More than 100", "killed"), ("over 90", "wounded"), ("35", "wounded")]


def test_a_part_is_told_from_its_total(find: Find) -> None:
    figures = find("The strike killed 58 people, including 11 children and two women, and wounded 30.")
    assert [(figure.value, figure.measure, figure.part_of_total) for figure in figures] == [
        (58, M.KILLED, False),
        (11, M.KILLED, True),
        (2, M.KILLED, True),
        (30, M.WOUNDED, False),
    ]


def test_value_range_qualifier_and_unit(find: Find) -> None:
    ranged, money = find("Analysts put their strength at between 1,000 and 5,000 fighters and the cost at about £2.5m.")
    assert (ranged.value, ranged.low, ranged.high, ranged.qualifier) == (None, 1_000, 5_000, Qualifier.BETWEEN)
    assert (money.value, money.unit, money.qualifier, money.measure) == (2_500_000, "GBP", Qualifier.ABOUT, M.MONEY)


def test_the_time_of_the_clause_is_kept(figures_nlp: Language, document_of: Callable[..., Document]) -> None:
    document = document_of("On Sunday six guards were killed. Nine boats sank.", published_at=datetime(2026, 3, 4, tzinfo=UTC))
    doc = figures_nlp.make_doc(document.text)
    doc._.briefing = Parsed(document)
    killed, sunk = parsed(figures_nlp(doc)).figures
    assert killed.when is not None and killed.when.evidence.quote == "On Sunday" and killed.when.start == datetime(2026, 3, 1, tzinfo=UTC)
    assert sunk.when is None


def test_the_context_is_the_sentence(find: Find) -> None:
    (figure,) = find("Rain fell. Six guards were killed. Night came.")
    assert figure.context[0].quote == "Six guards were killed."


SENTENCES = st.sampled_from(
    [
        "At least 40 people were killed. ",
        "Between 3 and 5 boats sank, ",
        "dozens of ",
        "including a child ",
        "half a million refugees fled ",
        "$3m was paid for 12 per cent ",
        "one of the 7 guards died; ",
        "A soldier was wounded\n\n",
        "1.5 million more ",
        "the two men and 20 or so others ",
        "(34) ",
        "THREE KILLED, 20-30 HURT ",
        "٣٠ people died ",
        "up to 2,000",
        "% ",
        "“",
        "-",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SENTENCES, max_size=12).map("".join))
def test_every_value_can_be_read_again_from_its_quote(figures_nlp: Language, text: str) -> None:
    last = 0
    for figure in parsed(figures_nlp(text)).figures:
        evidence = figure.evidence[0]
        assert text[evidence.start : evidence.end] == evidence.quote
        assert evidence.start >= last
        last = evidence.end
        assert read(evidence.quote) == Number(figure.value, figure.low, figure.high, figure.unit, figure.qualifier)
        if figure.counted is not None:
            assert text[figure.counted.start : figure.counted.end] == figure.counted.quote
            assert figure.counted.end <= evidence.start or figure.counted.start >= evidence.end


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=200))
def test_any_text_gives_evidence_inside_it(figures_nlp: Language, text: str) -> None:
    for figure in parsed(figures_nlp(text)).figures:
        evidence = figure.evidence[0]
        assert text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize("text", ["12 " * 1_000, "killed 3 " * 500, '" ' * 2_000, "a man and " * 500, "1" * 100_000])
def test_long_rows_of_numbers_do_not_hang(find: Find, text: str) -> None:
    assert len(find(text)) >= 0


def test_figures_of_an_endless_sentence_are_found_in_linear_time(figures_nlp: Language) -> None:
    doc = figures_nlp.make_doc("12 boats and " * 2_000)
    for name, component in figures_nlp.pipeline:
        start = time.process_time()
        doc = component(doc)
        if name == "briefing_figures":
            assert time.process_time() - start < 10
    figures = parsed(doc).figures
    assert len(figures) > 1_950
    assert all(figure.context[0].start <= figure.evidence[0].start < figure.context[0].end for figure in figures)
