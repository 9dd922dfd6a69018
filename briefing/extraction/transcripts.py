"""Speech marked by a colon alone: headlines ("Minister: talks failed") and transcripts ("OKAFOR: Good evening.").

Comes in: a ``View`` and the claims already found. Goes out: further claims, one a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefing.extraction.claims import Claim
from briefing.extraction.clauses import View
from briefing.extraction.cues import Entry
from briefing.extraction.parsed import parsed
from briefing.extraction.sources import fits, source_phrase
from briefing.models import Part, Stance

__all__ = ["transcript_claims"]

_SPEAKER = re.compile(r"^[ \t]*([A-Z][\w.’'-]*(?: [\w.’'-]+){0,6}):[ \t]+(?=\S)", re.MULTILINE)
_SAYS = Entry(Stance.ASSERTS, frozenset({"quotation"}))


def transcript_claims(view: View, found: Iterable[Claim]) -> Iterator[Claim]:
    """Claims of lines that start with a speaker and a colon. In a running text the speaker must be written in capitals or be a person."""
    if ":" not in view.text:
        return
    title = parsed(view.doc).part is Part.TITLE
    cues = {claim.cue for claim in found}
    for match in _SPEAKER.finditer(view.text):
        speaker = view.doc.char_span(match.start(1), match.end(1))
        if speaker is None or speaker.end + 1 >= len(view.doc):
            continue
        colon = speaker.end
        end = view.doc.char_span(match.end(), _line_end(view.text, match.end()), alignment_mode="contract")
        if end is None or any(speaker.start <= cue[0] <= colon for cue in cues):
            continue
        if speaker.text.isupper() or speaker.root.ent_type_ == "PERSON" or (title and fits(speaker.root, "speaker")):
            source = source_phrase(speaker.root)
            source = (speaker.start, max(min(source[1], colon), speaker.start + 1))
            yield Claim((colon, colon + 1), view.doc[colon], _SAYS, ((colon + 1, end.end),), speaker.root, source, direct=True)


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end
