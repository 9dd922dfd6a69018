"""Key figures: quantities that measure the situation reported, each with what it counts and what was done to it.

Comes in: a parsed ``Doc`` with times and places. Goes out: ``Figure`` objects in ``parsed(doc).figures``, in text order. Which numbers are
none (dates, ages, codes, durations, distances) is said in docs/fields.md; the words are in ``lexicons/figures.yaml``.
"""

# No postponed annotations here: spaCy reads those of the factory when it builds the pipeline.
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token

from briefing.extraction.counted import Counting, counted_range, head_noun, measured_noun, partitive, said_of
from briefing.extraction.measures import HARM, harm_of, is_person, measure_of
from briefing.extraction.numbers import NumberSpan, find, read
from briefing.extraction.parsed import Parsed, parsed
from briefing.extraction.significance import counts_nothing, happened, is_one, is_part, refers_back
from briefing.extraction.surroundings import bounded, clause, nearest
from briefing.models import Evidence, Figure, Measure

__all__ = ["create"]

_CAPTIVES = (Measure.KILLED, Measure.WOUNDED, Measure.MISSING, Measure.DETAINED, Measure.ABDUCTED)
_COUNTING_ONE = (*_CAPTIVES, Measure.INCIDENTS)
_PASSED_ON = (*HARM, Measure.PEOPLE, Measure.INCIDENTS)
_GROUPS = ("dozen", "hundred", "thousand", "million", "billion", "score")
_ARTICLE = re.compile(r"\b(?:[Aa]n?|AN)(?=\s)")


class Figures:
    """Appends the key figures of a text to its workspace."""

    def __call__(self, doc: Doc) -> Doc:
        work = parsed(doc)
        tree = bounded(doc)
        spans = list(find(work.stored))
        starts: list[int] = doc.to_array("IDX").tolist()
        totals = list(_measured(tree, starts, work.stored, spans))
        victims = list(_single_victims(tree, starts, work.stored, totals))
        work.figures.extend(
            _figure(work, tree, work.sentence(doc[found.counting.number.i]), found)
            for found in sorted((*totals, *victims), key=lambda found: found.span.start)
        )
        return doc


@Language.factory("briefing_figures")
def create(nlp: Language, name: str) -> Figures:
    """The component ``briefing_figures``."""
    return Figures()


@dataclass(frozen=True, slots=True)
class _Found:
    """A key figure before it is built; ``counted`` is a token range."""

    span: NumberSpan
    counting: Counting
    measure: Measure
    counted: tuple[int, int] | None
    part: bool = False


def _measured(doc: Doc, starts: Sequence[int], text: str, spans: Sequence[NumberSpan]) -> Iterator[_Found]:
    """The number expressions that are key figures. A number without a noun takes over what the figure before it counts."""
    earlier: _Found | None = None
    for span in spans:
        counting = _in_parse(doc, starts, span)
        if counts_nothing(text, span, counting):
            continue
        found = _judged(text, span, counting, earlier)
        if is_one(text, span) and not _counts_one(found):
            continue
        if not refers_back(text, span, found.measure):
            earlier = found
            yield found


def _counts_one(found: _Found) -> bool:
    """ "one" counts only an attack, or a casualty or captive there really was; never "one of the guards"."""
    if found.measure not in _COUNTING_ONE or partitive(found.counting.number, found.counting.last) is not None:
        return False
    return found.measure is Measure.INCIDENTS or happened(found.counting.outer)


def _in_parse(doc: Doc, starts: Sequence[int], span: NumberSpan) -> Counting:
    first, last = bisect_right(starts, span.core) - 1, bisect_right(starts, span.end - 1) - 1
    number = _last_numeral(doc, first, last)
    noun = head_noun(number, last) if span.number.unit is None else measured_noun(number, last)
    return Counting(number, bisect_right(starts, span.start) - 1, last, noun)


def _judged(text: str, span: NumberSpan, counting: Counting, earlier: _Found | None) -> _Found:
    measure = measure_of(counting, span.number.unit)
    counted = counted_range(counting.noun, counting.last) if counting.noun is not None else said_of(counting)
    if earlier is None:
        return _Found(span, counting, measure or Measure.OTHER, counted)
    here, there = counting.number.sent, earlier.counting.number.sent
    same = here.start == there.start
    part = same and is_part(text, span, counting, earlier.counting, in_part=earlier.part)
    if part and measure in HARM and earlier.measure in HARM and measure is not earlier.measure:
        part = False
    if (part and measure not in HARM) or (measure is None and counting.noun is None and (same or here.start == there.end)):
        measure = earlier.measure if earlier.measure in _PASSED_ON else measure
    if counted is None and same and counting.noun is None and (part or _goes_on(span, counting, measure, earlier)):
        counted = earlier.counted
    return _Found(span, counting, measure or Measure.OTHER, counted, part)


def _goes_on(span: NumberSpan, counting: Counting, measure: Measure | None, earlier: _Found) -> bool:
    """Does a lone number count what the one before it counts: "killed 12 people and wounded 30", but not "seven bodies and 15 wounded"?"""
    noun = earlier.counting.noun
    if span.number.unit != earlier.span.number.unit:
        return False
    return counting.root.dep_ == "conj" if noun is None else measure is earlier.measure or is_person(noun)


def _last_numeral(doc: Doc, first: int, last: int) -> Token:
    """The token of the expression that the noun hangs on: the last one that is itself a number."""
    for token in reversed(doc[first : last + 1]):
        if token.like_num or token.pos_ == "NUM" or token.lower_.rstrip("s") in _GROUPS:
            return token
    return doc[first]


def _single_victims(doc: Doc, starts: Sequence[int], text: str, totals: Sequence[_Found]) -> Iterator[_Found]:
    """ "a soldier was killed", "ten people, including a child": an article counts one when its person is a casualty or captive."""
    taken = {found.span.core for found in totals}
    ends = [found.span.end for found in totals]
    for match in _ARTICLE.finditer(text):
        token = doc[bisect_right(starts, match.start()) - 1]
        noun = token.head
        if token.dep_ != "det" or token.idx != match.start() or token.idx in taken or noun.i <= token.i or not _one_person(noun):
            continue
        counting = Counting(token, token.i, token.i, noun)
        article = text[token.idx : token.idx + len(token.text)]
        before = bisect_right(ends, token.idx)
        total = totals[before - 1] if before else None
        number = read(article)
        if number is None:
            continue
        span = NumberSpan(token.idx, token.idx + len(article), token.idx, number)
        measure = harm_of(counting)
        part = (
            total is not None
            and total.counting.number.sent.start == token.sent.start
            and is_part(text, span, counting, total.counting, in_part=total.part)
        )
        if part and total is not None and measure is None:
            measure = total.measure
        if measure in _CAPTIVES and happened(noun):
            yield _Found(span, counting, measure, counted_range(noun, token.i), part)


def _one_person(noun: Token) -> bool:
    return noun.tag_ in ("NN", "NNP") and noun.dep_ not in ("poss", "compound") and is_person(noun)


def _figure(work: Parsed, doc: Doc, context: Evidence, found: _Found) -> Figure:
    span, number = found.span, found.span.number
    start, end = clause(found.counting.outer)
    return Figure(
        evidence=(work.cite(span.start, span.end),),
        context=(context,),
        value=number.value,
        low=number.low,
        high=number.high,
        unit=number.unit,
        qualifier=number.qualifier,
        measure=found.measure,
        counted=_counted(work, doc, found),
        place=nearest(work.places, span.start, start, end, lambda place: place.evidence),
        when=nearest(work.times, span.start, start, end, lambda time: time.evidence),
        part_of_total=found.part,
    )


def _counted(work: Parsed, doc: Doc, found: _Found) -> Evidence | None:
    """The phrase counted, never with the number itself in it."""
    if found.counted is None:
        return None
    first, last = doc[found.counted[0]], doc[found.counted[1] - 1]
    start, end = work.trimmed(first.idx, last.idx + len(last.text))
    if start < found.span.end and end > found.span.start:
        start = found.span.end + (len(work.stored[found.span.end : end]) - len(work.stored[found.span.end : end].lstrip()))
    return work.cite(start, end) if start < end else None
