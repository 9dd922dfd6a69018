"""Credibility, confidence and conflicts."""

from __future__ import annotations

import pytest
from newsroom import Reading, news

from briefing.models import EventStatus, EventType, Measure, Qualifier, Reliability
from briefing.stories.conflicts import conflicts, main_figures
from briefing.stories.corroboration import standing
from briefing.stories.merging import merge
from briefing.stories.reprints import origins

TEXTS = (
    "A mine exploded under a bus near Dastin and killed 9 people, the provincial hospital said after dawn.",
    "Nine passengers died when their bus hit a mine, according to a driver who stopped to help. The toll of 9 may be wrong.",
    "The transport union counted 9 dead on the road to the salt works and called for an escort of all buses.",
)


def told(count: int, *, reliability: Reliability = Reliability.F, tolls: tuple[str, ...] = ("9", "9", "9")):
    readings = []
    for number in range(count):
        text = TEXTS[number].replace("9 ", f"{tolls[number]} ")
        reading = Reading(news(f"d{number}", "Mine kills bus passengers", text, outlet=f"Outlet {number}", reliability=reliability))
        figure = reading.figure(tolls[number], float(tolls[number]), Measure.KILLED)
        reading.event(("exploded", "hit", "escort")[number], EventType.EXPLOSION, outcomes=(figure,))
        readings.append(reading)
    return readings


def graded(readings):
    documents = [reading.document for reading in readings]
    merged = merge(documents, {reading.document.id: reading.findings() for reading in readings})
    differ = conflicts(merged.figures, merged.events, [document.id for document in documents])
    return standing(documents, origins(documents, 0.8), merged.events, differ), differ


@pytest.mark.parametrize(
    ("count", "reliability", "tolls", "credibility", "confidence"),
    [
        (1, Reliability.F, ("9",), 6, "low"),
        (1, Reliability.B, ("9",), 3, "low"),
        (2, Reliability.F, ("9", "9"), 1, "moderate"),
        (3, Reliability.F, ("9", "9", "9"), 1, "high"),
        (3, Reliability.B, ("9", "9", "11"), 2, "moderate"),
    ],
)
def test_grades(count, reliability, tolls, credibility, confidence):
    found, _ = graded(told(count, reliability=reliability, tolls=tolls))
    assert (found.credibility, found.confidence) == (credibility, confidence)
    assert any(f"{count} independent publisher" in reason for reason in found.confidence_reasons)
    assert ("single source" in found.confidence_reasons) == (count == 1)


@pytest.mark.parametrize(("denier", "credibility"), [(Reliability.B, 5), (Reliability.A, 5), (Reliability.D, 4)])
def test_a_denial_by_an_equal_or_better_source_makes_it_improbable(denier, credibility):
    readings = told(1, reliability=Reliability.B)
    denial = Reading(news("denial", "Army denies mine", "The army denied that any mine exploded.", outlet="Camp Radio", reliability=denier))
    denial.event("exploded", EventType.EXPLOSION, status=EventStatus.DENIED)
    found, _ = graded([*readings, denial])
    assert (found.credibility, found.confidence) == (credibility, "low")


def test_conflicts_run_from_lowest_to_highest_with_the_newest_marked():
    found = graded(told(3, tolls=("11", "7", "9")))[1]
    assert [[figure.value for figure in conflict.figures] for conflict in found] == [[7, 9, 11]]
    assert found[0].figures[found[0].newest].value == 11, "documents come newest first"


def one_report(text: str, *, figures, events=()):
    reading = Reading(news("a", "Raid in Lomar", text))
    made = [reading.figure(words, value, measure, **more) for words, value, measure, more in figures]
    for trigger, status, outcome in events:
        reading.event(trigger, EventType.ATTACK_ON_CIVILIANS, status=status, outcomes=tuple(made[i] for i in outcome))
    return reading


def test_parts_of_a_total_past_tolls_and_other_people_are_no_conflict():
    first = one_report(
        "Gunmen killed 20 villagers, among them 6 children, and 3 soldiers. A raid in 2019 killed 40 people.",
        figures=[
            ("20", 20, Measure.KILLED, {"counted": "villagers"}),
            ("6", 6, Measure.KILLED, {"counted": "children", "part_of_total": True}),
            ("3", 3, Measure.KILLED, {"counted": "soldiers"}),
            ("40", 40, Measure.KILLED, {"counted": "people"}),
        ],
        events=[("killed", EventStatus.ACTUAL, (0, 1, 2)), ("raid", EventStatus.HISTORICAL, (3,))],
    )
    second = Reading(news("b", "Raid in Lomar", "A raid on Lomar left 20 people dead.", outlet="Delta Post"))
    second.event("raid", EventType.ATTACK_ON_CIVILIANS, outcomes=(second.figure("20", 20, Measure.KILLED, counted="people"),))
    assert graded([first, second])[1] == ()
    merged = merge([first.document, second.document], {"a": first.findings(), "b": second.findings()})
    assert next(f for f in merged.figures if f.value == 40).background
    assert main_figures(merged.figures, merged.events, ["b", "a"])[Measure.KILLED].value == 20


def test_two_sources_in_one_report_can_disagree():
    reading = one_report(
        "Police said 4 people were killed. Villagers said 10 people were killed.",
        figures=[
            ("4", 4, Measure.KILLED, {"counted": "people", "by": "Police"}),
            ("10", 10, Measure.KILLED, {"counted": "people", "by": "Villagers"}),
        ],
        events=[("killed", EventStatus.ACTUAL, (0, 1))],
    )
    (conflict,) = graded([reading])[1]
    assert [figure.value for figure in conflict.figures] == [4, 10]


def test_a_bound_on_the_same_number_and_a_vague_word_are_no_conflict():
    first, second = told(2)
    vague = Reading(news("v", "Mine kills bus passengers", "Dozens were feared dead in the bus.", outlet="Outlet 9"))
    vague.figure("Dozens", None, Measure.KILLED, qualifier=Qualifier.VAGUE)
    assert graded([first, second, vague])[1] == ()
