"""An invented day at invented places: one brief that uses every field, and one that uses none."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from briefing.models import (
    Brief,
    Change,
    ChangeLine,
    CitedDocument,
    Conflict,
    Coverage,
    Delta,
    DocumentKind,
    DocumentRow,
    Drop,
    Entity,
    EntityType,
    Event,
    EventStatus,
    EventType,
    Evidence,
    Figure,
    Impact,
    Judgement,
    KeyActor,
    KeyFigure,
    Level,
    Likelihood,
    Line,
    MapPoint,
    Marking,
    Measure,
    Methodology,
    Part,
    Period,
    Place,
    PlacePrecision,
    Polarity,
    Precision,
    Qualifier,
    Reliability,
    Risk,
    RiskKind,
    SourceRow,
    Stance,
    Statement,
    StatementKind,
    Story,
    TopRisk,
    When,
)

ZONE = ZoneInfo("Europe/Berlin")
CUT_OFF = datetime(2026, 3, 3, 6, 0, tzinfo=ZONE)

LEAD = (
    "At least 14 guards were wounded on Monday night when gunmen attacked the river customs post at Tarn Ford in Velmora. "
    "Colonel Ansa Breck, commander of the Velmoran Border Guard, said two dozen attackers had crossed in four boats. "
    "The Reed Brigade denied that its fighters had taken part. "
    'The interior ministry warned that further raids "could follow within days" if the ford stayed open. '
    "About 1,200 residents left the villages on the eastern bank."
)
SECOND = (
    "Between 15 and 20 border guards were hurt in the raid on Tarn Ford, the hospital in Ostrel reported. "
    "Shipping on the river was stopped until Thursday. "
    "Aid groups fear that thousands more could be driven from the eastern bank. "
    "A raid on the same post in 2024 had cost the port €2 million."
)
HEADLINES = (
    "Gunmen raid the customs post at Tarn Ford",
    "Harbour of Selk closed after a drone is found in the fairway",
    "Courts of Ostrel offline after an intrusion into their registry",
    "Truce talks in Marrow Hall enter a third day",
    "Flood on the lower Velm cuts the coast road",
    "Four held over plan to free prisoners from Ketter Gaol",
    "Dockers' protest in Selk turns violent",
    "Northern Accord lists two shipping firms",
    "Convoy halted at the Aldry crossing",
    "Power lines to Brack cut for the second time in a week",
    "Mine found beside the school road at Imber",
    "Ferry crew freed after nine days",
)


class Text:
    """A stored text from which evidence is cut by its words."""

    def __init__(self, id: str, title: str, text: str) -> None:
        self.id, self.title, self.text = id, title, text

    def cite(self, words: str, part: Part = Part.TEXT) -> Evidence:
        stored = self.title if part is Part.TITLE else self.text
        start = stored.index(words)
        return Evidence(document_id=self.id, part=part, start=start, end=start + len(words), quote=words)

    def sentence(self, words: str) -> Evidence:
        at = self.text.index(words)
        start = self.text.rfind(". ", 0, at) + 2 if ". " in self.text[:at] else 0
        end = self.text.find(". ", at + len(words) - 1)
        return self.cite(self.text[start : len(self.text) if end < 0 else end + 1])


def make_story(number: int, headline: str) -> tuple[Story, tuple[CitedDocument, ...]]:
    """One story from two reports, with one of everything in it."""
    one, two = Text(f"d{number}a", headline, LEAD), Text(f"d{number}b", f"{headline}: what is known", SECOND)
    seen = CUT_OFF - timedelta(hours=20 - number)
    place = Place(
        evidence=one.cite("Tarn Ford"), name="Tarnford", country="DE", latitude=52.1, longitude=11.6, precision=PlacePrecision.SETTLEMENT
    )
    monday = When(
        evidence=one.cite("on Monday night"),
        start=datetime(2026, 3, 2, 18, 0, tzinfo=ZONE),
        end=CUT_OFF,
        precision=Precision.PART_OF_DAY,
    )
    wounded = Figure(
        evidence=(one.cite("At least 14"), two.cite("border guards")),
        context=(one.sentence("At least 14"), two.sentence("border guards")),
        value=14,
        qualifier=Qualifier.AT_LEAST,
        measure=Measure.WOUNDED,
        counted=one.cite("guards"),
        place=place,
        when=monday,
    )
    hurt = Figure(
        evidence=(two.cite("Between 15 and 20"),),
        context=(two.sentence("Between 15"),),
        low=15,
        high=20,
        qualifier=Qualifier.BETWEEN,
        measure=Measure.WOUNDED,
        counted=two.cite("border guards"),
        attributed_to=two.cite("the hospital in Ostrel"),
    )
    attackers = Figure(
        evidence=(one.cite("two dozen"),),
        context=(one.sentence("two dozen"),),
        value=24,
        measure=Measure.PEOPLE,
        counted=one.cite("attackers"),
        attributed_to=one.cite("Colonel Ansa Breck"),
        part_of_total=True,
    )
    residents = Figure(
        evidence=(one.cite("About 1,200"),),
        context=(one.sentence("About 1,200"),),
        value=1200,
        qualifier=Qualifier.ABOUT,
        measure=Measure.DISPLACED,
        counted=one.cite("residents"),
        place=place.model_copy(update={"ambiguous": True}),
    )
    thousands = Figure(
        evidence=(two.cite("thousands"),), context=(two.sentence("thousands"),), qualifier=Qualifier.VAGUE, measure=Measure.DISPLACED
    )
    earlier = Figure(
        evidence=(two.cite("€2 million"),),
        context=(two.sentence("€2 million"),),
        value=2_000_000,
        unit="EUR",
        measure=Measure.MONEY,
        when=When(
            evidence=two.cite("in 2024"),
            start=datetime(2024, 1, 1, tzinfo=ZONE),
            end=datetime(2025, 1, 1, tzinfo=ZONE),
            precision=Precision.YEAR,
        ),
        background=True,
    )
    said = Statement(
        evidence=(one.sentence("Colonel"),),
        context=(one.sentence("Colonel"),),
        source=(one.cite("Colonel Ansa Breck, commander of the Velmoran Border Guard"),),
        cue=(one.cite("said"),),
        content=(one.cite("two dozen attackers had crossed in four boats"),),
        kind=StatementKind.INDIRECT,
        speaker="Ansa Breck",
        role=one.cite("commander"),
        affiliation=one.cite("Velmoran Border Guard"),
        addressee=one.cite("guards"),
        when=monday,
    )
    denied = Statement(
        evidence=(one.sentence("The Reed"),),
        context=(one.sentence("The Reed"),),
        source=(one.cite("The Reed Brigade"),),
        cue=(one.cite("denied"),),
        content=(one.cite("its fighters had taken part"),),
        kind=StatementKind.INDIRECT,
        speaker="Reed Brigade",
        stance=Stance.DENIES,
        polarity=Polarity.NEGATIVE,
    )
    unnamed = Statement(
        evidence=(two.cite("Shipping on the river was stopped"),),
        context=(two.sentence("Shipping"),),
        content=(two.cite("Shipping on the river was stopped"),),
        kind=StatementKind.DIRECT,
    )
    warned = Statement(
        evidence=(one.sentence("further raids"),),
        context=(one.sentence("further raids"),),
        source=(one.cite("The interior ministry"),),
        cue=(one.cite("warned"),),
        content=(one.cite('further raids "could follow within days" if the ford stayed open'),),
        quoted=(one.cite("could follow within days"),),
        kind=StatementKind.MIXED,
        speaker="Interior Ministry",
        stance=Stance.WARNS,
    )
    attack = Event(
        evidence=(one.cite("attacked"), two.cite("raid")),
        context=(one.sentence("attacked"), two.sentence("raid")),
        type=EventType.BATTLE,
        status=EventStatus.ACTUAL,
        actor=one.cite("gunmen"),
        target=one.cite("the river customs post"),
        place=place,
        when=monday,
        outcomes=(wounded.id,),
    )
    closure = Event(evidence=(two.cite("stopped"),), context=(two.sentence("stopped"),), type=EventType.OTHER, status=EventStatus.PLANNED)
    raids = Risk(
        evidence=(one.cite('further raids "could follow within days" if the ford stayed open'),),
        context=(one.sentence("further raids"),),
        kind=RiskKind.WARNING,
        hedge=one.cite("could"),
        cause=one.cite("the ford stayed open"),
        event=one.cite("further raids"),
        consequence=one.cite("residents left"),
        actor=one.cite("gunmen"),
        target=one.cite("the villages"),
        place=place,
        horizon=When(evidence=one.cite("within days"), precision=Precision.UNKNOWN),
        attributed_to=one.cite("The interior ministry"),
        likelihood=Likelihood.POSSIBLE,
        likelihood_basis="hedge “could”",
        impact=Impact.SERIOUS,
        impact_basis="14 wounded in the same place",
        level=(Level.EXTREME, Level.HIGH, Level.MEDIUM, Level.LOW)[number % 4],
    )
    fear = Risk(
        evidence=(two.cite("thousands more could be driven from the eastern bank"),),
        context=(two.sentence("thousands"),),
        kind=RiskKind.FEAR,
    )
    story = Story(
        id=f"s{number}",
        headline=one.cite(headline, Part.TITLE),
        summary=(one.sentence("At least 14"), one.sentence("The interior"), two.sentence("Shipping")),
        documents=(two.id, one.id),
        publishers=("Velm Herald", "Ostrel Post") if number % 2 else ("Velm Herald",),
        origins={one.id: "Velm Press", two.id: "Northern Wire"},
        figures=(wounded, hurt, attackers, residents, thousands, earlier),
        statements=(said, denied, warned, unnamed),
        events=(attack, closure),
        risks=(raids, fear),
        entities=(
            Entity(
                evidence=(one.cite("Ansa Breck"),),
                context=(one.sentence("Ansa Breck"),),
                name="Ansa Breck",
                type=EntityType.PERSON,
                aliases=("Breck",),
                role=one.cite("commander"),
                affiliation=one.cite("Velmoran Border Guard"),
            ),
        ),
        places=(place,),
        conflicts=(Conflict(measure=Measure.WOUNDED, figures=(wounded, hurt), newest=1),),
        credibility=2,
        credibility_reasons=("2 independent publishers", "figures differ"),
        confidence="moderate",
        confidence_reasons=("2 independent publishers", "figures differ"),
        first_seen=seen,
        last_seen=seen + timedelta(hours=3),
        change=(Change.NEW, Change.UPDATED, Change.UNCHANGED, Change.CORRECTED)[number % 4],
        deltas=(Delta(measure=Measure.WOUNDED, old="At least 9", new=wounded, issue=41),),
        rank=3.5,
        reasons=("casualties", "watch-list: Tarn Ford"),
        level=raids.level,
    )
    documents = (
        CitedDocument(
            number=2 * number - 1,
            id=one.id,
            source_id="herald",
            source="Velm Herald",
            publisher="Velm Press",
            title=one.title,
            url=f"https://herald.example/{number}/a-very-long-address-without-a-single-blank-that-has-to-wrap?edition=morning&section=security",
            published_at=seen,
            published_precision=Precision.MINUTE,
            published_from="feed",
            reliability=Reliability.B,
            sha256=hashlib.sha256(one.text.encode()).hexdigest(),
            story_ids=(f"s{number}",),
        ),
        CitedDocument(
            number=2 * number,
            id=two.id,
            source_id="post",
            source="Ostrel Post",
            publisher="Ostrel Post",
            title=two.title,
            url="javascript:alert(1)" if number == 1 else None,
            published_at=seen + timedelta(hours=3),
            published_precision=Precision.DAY,
            language="de",
            kind=DocumentKind.REPORT,
            wire="Northern Wire",
            labels=("stale",),
            duplicate_of=one.id,
            sha256=hashlib.sha256(two.text.encode()).hexdigest(),
            story_ids=(f"s{number}",),
        ),
    )
    return story, documents


def make_brief(stories: int = 2, **changes: object) -> Brief:
    """A brief that uses every field."""
    made = [make_story(number, HEADLINES[(number - 1) % len(HEADLINES)]) for number in range(1, stories + 1)]
    told = [story for story, _ in made]
    first = told[0]
    documents = tuple(document for _, pair in made for document in pair)
    extra = CitedDocument(
        number=len(documents) + 1,
        id="unused",
        source_id="gazette",
        source="Brack Gazette",
        publisher="Brack Gazette",
        title="",
        sha256="0" * 64,
    )
    actor = KeyActor(
        name="Ansa Breck",
        type=EntityType.PERSON,
        aliases=("Breck", "Colonel Breck"),
        role=first.statements[0].role,
        affiliation=first.statements[0].affiliation,
        said=first.statements[0].evidence[0],
        reports=2,
        story_ids=(first.id,),
        evidence=first.statements[0].source,
    )
    group = KeyActor(name="Reed Brigade", type=EntityType.ARMED_GROUP, did=first.summary[0], evidence=first.statements[1].source)
    brief = Brief(
        id="daily-2026-03-03",
        title="Situation, Facts and Events",
        subtitle="Velmora and the lower river",
        organisation="River Watch Desk",
        issue=42,
        date="2026-03-03",
        period=Period(start=CUT_OFF - timedelta(days=1), end=CUT_OFF),
        cut_off=CUT_OFF,
        prepared_at=CUT_OFF + timedelta(minutes=7),
        timezone="Europe/Berlin",
        marking=Marking.AMBER,
        exercise=True,
        bottom_line=tuple(
            Line(
                text=f"{story.summary[0].quote.split(' when ')[0]} in {story.headline.quote[:40]}.",
                evidence=(story.summary[0],),
                story_id=story.id,
            )
            for story in told[:2]
        ),
        judgements=(
            Judgement(text="The river stays the main line of effort.", analyst="J. Doe", confidence="moderate: two reports", story_id="s1"),
        ),
        changes=(
            *(
                ChangeLine(story_id=story.id, change=story.change, headline=story.headline.quote, deltas=story.deltas, issue=41)
                for story in told[:9]
            ),
            ChangeLine(story_id="gone", change=Change.CLOSED, headline="Bridge at Aldry open again"),
        ),
        key_figures=tuple(KeyFigure(story_id=story.id, figure=figure) for story in told for figure in story.figures[:4])[:8],
        key_actors=(actor, group),
        top_risks=tuple(TopRisk(story_id=story.id, risk=risk) for story in told for risk in story.risks)[:5],
        stories=tuple(told),
        documents=(*documents, extra),
        history={"wounded": (("2026-03-01", 3.0), ("2026-03-02", 9.0))},
        coordinates=(MapPoint(name="Tarnford", latitude=52.1, longitude=11.6, story_ids=("s1",)),),
        charts={"wounded": hashlib.sha256(b"wounded").hexdigest()},
        coverage=Coverage(
            sources_asked=8,
            sources_answered=6,
            sources_empty=1,
            sources_failed=1,
            documents_read=31,
            documents_kept=25,
            dropped={"stale": 4, "duplicate": 2},
            source_rows=(
                SourceRow(source="Velm Herald", answered=True, items=17, warning="3 entries without a link"),
                SourceRow(source="Harbour Radio", reason="no answer within 20 s; check the address"),
                SourceRow(source="Brack Gazette", answered=True),
                SourceRow(source="Switched Off", asked=False),
            ),
            document_rows=(
                DocumentRow(
                    name="old.txt",
                    source="Brack Gazette",
                    title="Last year's flood",
                    document_id="old",
                    drop=Drop.STALE,
                    reason="published 2025-03-01",
                ),
                DocumentRow(name="new.txt", source="Brack Gazette", notes=("charset guessed",)),
            ),
            sentences_refused=1,
            cut={
                "stories": 7,
                "judgements": 1,
                "changes": 2,
                "key_figures": 3,
                "key_actors": 1,
                "top_risks": 4,
            },
            warnings=("Harbour Radio fell silent 3 days ago",),
        ),
        methodology=Methodology(
            software="security-briefing 0.1.0",
            model="en_core_web_sm 3.8.0",
            versions={"lexicon": "1", "rules": "1"},
            legends={
                "Probability (ICD 203)": (("likely", "55–80 %"), ("unlikely", "20–45 %")),
                "Source reliability": (("A", "completely reliable"), ("F", "cannot be judged")),
            },
            limits=("English text only.", "Places are looked up by name; ambiguous names carry no coordinates."),
            credits=("Place names: GeoNames, CC BY 4.0.",),
        ),
    )
    return Brief.model_validate({**dict(brief), **changes})


def make_empty() -> Brief:
    """A brief that uses no field that may be left out."""
    day = datetime(2026, 3, 3, tzinfo=UTC)
    return Brief(
        id="daily-2026-03-03",
        title="Situation, Facts and Events",
        date="2026-03-03",
        period=Period(start=day - timedelta(days=1), end=day),
        cut_off=day,
        prepared_at=day,
        timezone="UTC",
        coverage=Coverage(),
        methodology=Methodology(software="security-briefing 0.1.0", model="none"),
    )
