"""Values in words: figures, dates, places, vocabularies."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from briefing.models import Evidence, Figure, Place, Precision, Qualifier, When
from briefing.models.vocabularies import EventType, Measure, RiskKind
from briefing.rendering.themes import chain
from briefing.rendering.words import Words


def cite(words: str) -> Evidence:
    return Evidence(document_id="d", start=0, end=len(words), quote=words)


def figure(words: str, **fields: object) -> Figure:
    return Figure.model_validate({"evidence": (cite(words),), "context": (cite(words),), **fields})


@pytest.fixture(scope="module")
def words() -> Words:
    settings = chain("situation").settings
    return Words(settings.labels, settings.text, "Asia/Kolkata")


@pytest.mark.parametrize(
    ("made", "reading"),
    [
        (figure("at least 40,000", value=40000, qualifier=Qualifier.AT_LEAST), "at least 40,000"),
        (figure("1 to 3", low=1, high=3, qualifier=Qualifier.BETWEEN), "between 1 and 3"),
        (figure("six", value=6), "6"),
        (figure("half", value=50, unit="%", qualifier=Qualifier.ABOUT), "about 50%"),
        (figure("£2.5m", value=2_500_000, unit="GBP"), "£2,500,000"),
        (figure("2.5 CHF", value=2.5, unit="CHF"), "CHF 2.5"),
        (figure("12 km", value=12, unit="km", qualifier=Qualifier.AT_MOST), "up to 12 km"),
        (figure("dozens", qualifier=Qualifier.VAGUE), ""),
    ],
)
def test_a_figure_is_read_out(words: Words, made: Figure, reading: str) -> None:
    assert words.reading(made) == reading


def test_a_figure_keeps_its_own_words(words: Words) -> None:
    assert words.amount(figure("at least 40,000", value=40000)) == "At least 40,000"


def test_moments_are_in_the_zone_of_the_brief(words: Words) -> None:
    at = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    assert words.moment(at) == "2026-03-03 01:30 +05:30"
    assert words.day(at) == "2026-03-03"
    assert words.clock(at) == "01:30"
    assert words.long_day("2026-03-03") == "Tuesday, 3 March 2026"
    assert words.moment(None) == "not reported"


def test_date_time_groups_are_zulu() -> None:
    settings = chain("situation").settings
    group = Words(settings.labels, settings.text, "Asia/Kolkata", "dtg")
    assert group.moment(datetime(2026, 3, 2, 20, 5, tzinfo=UTC)) == "022005Z MAR 26"


@pytest.mark.parametrize(
    ("precision", "shown"),
    [
        (Precision.DAY, "on Sunday (2026-03-01)"),
        (Precision.MONTH, "on Sunday (2026-03)"),
        (Precision.YEAR, "on Sunday (2026)"),
        (Precision.WEEK, "on Sunday (2026-03-01 – 2026-03-07)"),
    ],
)
def test_a_time_is_as_exact_as_it_is_known(words: Words, precision: Precision, shown: str) -> None:
    end = datetime(2026, 3, 7 if precision is Precision.WEEK else 1, 18, 30, tzinfo=UTC)
    when = When(evidence=cite("on Sunday"), start=datetime(2026, 2, 28, 18, 30, tzinfo=UTC), end=end, precision=precision)
    assert words.when(when) == shown


def test_an_unresolved_time_keeps_its_words(words: Words) -> None:
    assert words.when(When(evidence=cite("within days"))) == "within days"
    assert words.when(None) == "not reported"


def test_places_say_what_is_known(words: Words) -> None:
    assert words.place(Place(evidence=cite("Selk"), name="Selk", country="DK")) == "Selk (DK)"
    assert words.place(Place(evidence=cite("the port"), name="Selk", ambiguous=True)) == "the port (Selk, ambiguous name)"
    assert words.place(Place(evidence=cite("Selk"), name="Selk")) == "Selk"


def test_vocabularies_have_words(words: Words) -> None:
    assert words.label(EventType.AIRSTRIKE) == "air or drone strike"
    assert words.label(RiskKind.CASUALTIES_MAY_RISE) == "casualties may rise"
    assert words.count(1, "story") == "1 story" and words.count(1200, "story") == "1,200 stories"
    assert words.more({"stories": 7}, "stories", "story") == "and 7 more stories"
    assert words.more({}, "stories", "story") == ""


def test_every_value_of_every_vocabulary_has_words() -> None:
    from enum import StrEnum

    from briefing.models import vocabularies
    from briefing.rendering.words import _CAMEL

    labels = chain("situation").settings.labels
    exempt = {"Marking", "Drop", "Part"}
    for name, kind in vars(vocabularies).items():
        if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum and name not in exempt:
            missing = [value for value in kind if value.value not in labels.get(_CAMEL.sub("_", name).lower(), {})]
            assert not missing, f"{name}: {missing}"
    assert Measure.KILLED.value in labels["measure"]


def test_clip_cuts_between_words(words: Words) -> None:
    assert words.clip("one two three four", 9) == "one two …"
    assert words.clip("x" * 20, 10) == "x" * 10 + " …"
    assert words.clip("short") == "short"


@pytest.mark.parametrize(
    ("clause", "shown"),
    [
        ("the ford could be mined", "… the ford could be mined …"),
        ("Engineers fear the ford could be mined", "Engineers fear the ford could be mined …"),
        ("the ford could be mined before the thaw ends", "… the ford could be mined before the thaw ends"),
    ],
)
def test_an_excerpt_of_a_long_sentence_shows_where_it_goes_on(words: Words, clause: str, shown: str) -> None:
    sentence = "Engineers fear the ford could be mined before the thaw ends."
    claim = figure(clause).model_copy(update={"context": (cite(sentence),)})
    assert words.excerpt(claim, 50) == shown
    assert words.excerpt(claim, 60) == sentence
    assert words.excerpt(claim, 12).endswith(" …")
