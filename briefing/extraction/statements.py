"""The component ``briefing_statements``: who said what, as FIELDS of ``Statement`` define it.

Comes in: a parsed text with its entities and times. Goes out: ``parsed(doc).statements``, in text order, each with its evidence.
"""

# No postponed annotations here: spaCy reads the types of a factory's arguments when it is called.

from bisect import bisect_left

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from briefing.extraction.claims import Claim
from briefing.extraction.clauses import Range, View
from briefing.extraction.constructions import claim
from briefing.extraction.cues import cues
from briefing.extraction.parsed import Parsed, parsed
from briefing.extraction.passages import continued, standing
from briefing.extraction.phrases import phrase_claims
from briefing.extraction.speakers import Speakers
from briefing.extraction.transcripts import transcript_claims
from briefing.models import Evidence, Polarity, Statement, StatementKind, When

__all__ = ["Statements", "claims", "create"]

_TIMES = 20
"""Times looked at in one sentence."""


class Statements:
    """Appends the statements of a text to its workspace."""

    def __call__(self, doc: Doc) -> Doc:
        work = parsed(doc)
        view = View(doc)
        found = claims(view)
        speakers = Speakers(view, work)
        work.statements.extend(_statement(view, work, one, speakers) for one in found)
        return doc


@Language.factory("briefing_statements")
def create(nlp: Language, name: str) -> Statements:
    return Statements()


def claims(view: View) -> list[Claim]:
    """All claims of a text, in text order."""
    found = [made for cue in cues(view.doc) if view.inside[cue.token.i] < 0 and (made := claim(view, cue))]
    found.extend(phrase_claims(view))
    found.extend(transcript_claims(view, found))
    return continued(view, standing(view, found))


def _statement(view: View, work: Parsed, found: Claim, speakers: Speakers) -> Statement:
    content = tuple(_cited(view, work, piece) for piece in found.content)
    source = (_cited(view, work, found.source),) if found.source else ()
    cue = (_cited(view, work, found.cue),) if found.cue[0] < found.cue[1] else ()
    quoted = tuple(_quoted(view, work, content))
    speaker = speakers.resolve(found)
    role, affiliation = speakers.office(found)
    spans = [*content, *source, *cue]
    return Statement(
        evidence=(work.cite(*_with_marks(view, content, min(span.start for span in spans), max(span.end for span in spans))),),
        context=(work.sentence(found.anchor),),
        source=source,
        cue=cue,
        content=content,
        quoted=quoted,
        kind=_kind(work, content, quoted),
        speaker=speaker,
        role=role,
        affiliation=affiliation,
        addressee=_cited(view, work, found.addressee) if found.addressee else None,
        stance=found.entry.stance,
        polarity=_polarity(view, found),
        when=_when(view, work, found),
    )


def _cited(view: View, work: Parsed, piece: Range) -> Evidence:
    return work.cite_span(view.doc[piece[0] : piece[1]])


def _with_marks(view: View, content: tuple[Evidence, ...], start: int, end: int) -> Range:
    """``[start, end)`` with the quotation marks that open or close the content at its ends."""
    for piece in content:
        for quote in view.quotes_between(piece.start, piece.end):
            if quote.start < start and not _has_words(view.text[quote.start : start]):
                start = quote.start
            if quote.end > end and not _has_words(view.text[end : quote.end]):
                end = quote.end
    return start, end


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def _quoted(view: View, work: Parsed, content: tuple[Evidence, ...]) -> list[Evidence]:
    """The stretches of the content inside quotation marks."""
    found = []
    for piece in content:
        for quote in view.quotes_between(piece.start, piece.end):
            start, end = max(quote.inner_start, piece.start), min(quote.inner_end, piece.end)
            if work.stored[start:end].strip():
                found.append(work.cite(*work.trimmed(start, end)))
    return found


def _kind(work: Parsed, content: tuple[Evidence, ...], quoted: list[Evidence] | tuple[Evidence, ...]) -> StatementKind:
    """Direct when every word of the content is quoted, indirect when none is."""
    if not quoted:
        return StatementKind.INDIRECT
    everything = sum(map(str.isalnum, "".join(piece.quote for piece in content)))
    marked = sum(map(str.isalnum, "".join(piece.quote for piece in quoted)))
    return StatementKind.DIRECT if marked >= everything else StatementKind.MIXED


def _polarity(view: View, found: Claim) -> Polarity:
    """Negative for denials and for "did not say"; positive again for "did not rule out"."""
    negated = any(token.dep_ == "neg" for token in view.doc[found.cue[0] : found.cue[1]])
    return Polarity.NEGATIVE if negated != found.entry.negative else Polarity.POSITIVE


def _when(view: View, work: Parsed, found: Claim) -> When | None:
    """The time in the said clause itself ("said on Sunday that"), not in what was said."""
    sentence = view.sentence(found.anchor.i)
    low, high = (view.doc[sentence[0]].idx, view.doc[sentence[1] - 1].idx + len(view.doc[sentence[1] - 1]))
    taken = [view.characters(piece) for piece in (*found.content, *((found.source,) if found.source else ()))]
    first = bisect_left(work.times, low, key=lambda time: time.evidence.start)
    for time in work.times[first : first + _TIMES]:
        start, end = time.evidence.start, time.evidence.end
        outside = end <= high and not any(start < stop and end > begin for begin, stop in taken)
        if outside and _times_cue(view.doc.char_span(start, end, alignment_mode="expand"), found):
            return time
    return None


def _times_cue(time: Span | None, found: Claim) -> bool:
    """Does the time stand beside the cue or hang on it: "said on Sunday", not "said, in the worst attack this year"."""
    if time is None:
        return False
    if time.end == found.cue[0] or 0 <= time.start - found.cue[1] <= 1:
        return True
    if any(token.text == "," for token in time.doc[found.cue[1] : time.start]):
        return False
    head: Token = time.root
    for _ in range(2):
        if head.dep_ in ("pobj", "npadvmod", "prep", "advmod"):
            head = head.head
    return head.i == found.anchor.i
