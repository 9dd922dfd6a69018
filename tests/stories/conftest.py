"""A day of invented reports: one blast in Orven told by four outlets, and a strike in another town."""

from __future__ import annotations

import pytest
from newsroom import Reading, news

from briefing.models import Document, EntityType, EventType, Findings, Measure, Qualifier

WIRE = (
    "A car bomb killed at least 12 people at the grain market in Orven on Monday, the interior ministry said. "
    "Police closed the ring road and searched the warehouses behind the railway station for a second device. "
    "Nobody has claimed the bombing, the third in the province since the harvest. "
    "The governor of the province, Maro Tellin, asked residents to stay away from the market."
)


class Day:
    """Documents and findings side by side."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.findings: list[Findings] = []

    def add(self, reading: Reading) -> Document:
        self.documents.append(reading.document)
        self.findings.append(reading.findings())
        return reading.document


def blast(document: Document, words: str, value: float, *, qualifier: Qualifier = Qualifier.EXACTLY) -> Reading:
    """What every report of the Orven bomb holds."""
    reading = Reading(document)
    toll = reading.figure(words, value, Measure.KILLED, counted="people", qualifier=qualifier)
    reading.event("bomb", EventType.EXPLOSION, place="Orven", outcomes=(toll,))
    return reading


@pytest.fixture
def orven() -> Day:
    """Two independent reports that differ on the toll, a reprint of one wire text by two outlets, and an airstrike elsewhere."""
    day = Day()
    first = blast(news("wire-1", "Car bomb kills at least 12 in Orven", WIRE, outlet="Delta Post", wire="Coast Wire"), "at least 12", 12,
                  qualifier=Qualifier.AT_LEAST)  # fmt: skip
    first.entity("Maro Tellin", EntityType.PERSON, role="governor of the province")
    first.statement("The governor of the province, Maro Tellin", "asked", "residents to stay away from the market", speaker="Maro Tellin")
    day.add(first)
    reprint = news("wire-2", "Bomb at Orven market kills 12", WIRE + " (Coast Wire)", outlet="Hill Tribune", hours=1, wire="Coast Wire")
    day.add(blast(reprint, "at least 12", 12, qualifier=Qualifier.AT_LEAST))
    own = news(
        "own-1",
        "Orven market bomb: 15 dead, hospital says",
        "The bomb at the grain market in Orven killed 15 people, the director of the town hospital said on Monday evening. "
        "Surgeons worked by lamp light after the power failed. Police are searching warehouses near the railway station.",
        outlet="Orven Gazette",
        hours=9,
    )
    day.add(blast(own, "15", 15))
    strike = Reading(
        news(
            "strike-1",
            "Airstrike hits fuel depot near Kestra",
            "An airstrike destroyed a fuel depot near Kestra on Monday, 300 km from the coast. Drivers said that two tankers burned out.",
            outlet="Orven Gazette",
            hours=5,
        )
    )
    strike.event("airstrike", EventType.AIRSTRIKE, place="Kestra")
    day.add(strike)
    return day
