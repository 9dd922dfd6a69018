"""From single claims to the claims of a text: which of them stand, and which quotations without a cue belong to them.

Comes in: the ``View`` of a text and the claims of its cues. Goes out: claims in text order with clean content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import accumulate

from briefing.extraction.claims import Claim
from briefing.extraction.clauses import Range, View

__all__ = ["continued", "standing"]

_LONGEST = 600
"""Tokens of content kept; bounds the evidence of a text without full stops."""
_NEAR = 20
"""Claims back a claim may lie inside another; bounds the work on a text of nothing but speech."""


def standing(view: View, claims: Iterable[Claim]) -> list[Claim]:
    """Claims with trimmed content, without those in other people's words or without any content.

    A claim inside another's content stands when it names its source ("officials say that analysts fear …"). A participle that adds to
    the same speaker's words ("…, adding that …") ends the content before it.
    """
    found = [clean for clean in (_cleaned(view, claim) for claim in sorted(claims, key=lambda claim: claim.cue)) if clean]
    kept: list[Claim] = []
    for claim in found:
        outer = next((other for other in reversed(kept[-_NEAR:]) if _within(claim.cue, other.content)), None)
        if outer is not None:
            if _adds(claim, outer):
                claim = replace(claim, noun=outer.noun, source=outer.source)
                shorter = _cleaned(view, replace(outer, content=tuple(_before(outer.content, claim.cue[0]))))
                kept[kept.index(outer, max(len(kept) - _NEAR, 0))] = shorter or outer
            elif _follows(claim, outer):
                shorter = _cleaned(view, replace(outer, content=tuple(_before(outer.content, claim.anchor.left_edge.i))))
                kept[kept.index(outer, max(len(kept) - _NEAR, 0))] = shorter or outer
            elif claim.source is None or claim.noun is None or claim.noun.pos_ == "PRON":
                continue
        kept.append(claim)
    return kept


def _cleaned(view: View, claim: Claim) -> Claim | None:
    if view.inside[claim.anchor.i] >= 0:
        return None
    pieces: list[Range] = []
    for piece in sorted(claim.content):
        trimmed = view.trimmed((piece[0], min(piece[1], piece[0] + _LONGEST)))
        if trimmed[0] >= trimmed[1] or not view.has_words(trimmed):
            continue
        if pieces and trimmed[0] <= pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], max(trimmed[1], pieces[-1][1]))
        else:
            pieces.append(trimmed)
    return replace(claim, content=tuple(pieces)) if pieces else None


def _within(cue: Range, content: tuple[Range, ...]) -> bool:
    return any(start <= cue[0] < end for start, end in content)


def _adds(claim: Claim, outer: Claim) -> bool:
    anchor = claim.anchor
    if claim.noun is None or claim.cue[0] < outer.cue[0]:
        return False
    participle = anchor.tag_ == "VBG" and anchor.i > 0 and anchor.nbor(-1).text == ","
    if participle and claim.noun.pos_ == "PRON":  # "said she was safe, adding that …": the parser gives it to "she"
        return True
    return claim.noun == outer.noun and (anchor.tag_ == "VBG" or anchor.dep_ == "conj")


def _follows(claim: Claim, outer: Claim) -> bool:
    """Does the speaker go on in a clause with "as": "said the dam was safe as he denounced the protest"."""
    anchor, noun = claim.anchor, claim.noun
    if noun is None or noun.pos_ != "PRON" or outer.noun is None or anchor.dep_ != "advcl" or claim.cue[0] < outer.cue[0]:
        return False
    return anchor.left_edge.lower_ in ("as", "while") and noun.i == anchor.left_edge.i + 1


def _before(content: tuple[Range, ...], index: int) -> Iterator[Range]:
    for start, end in content:
        if start < index:
            yield start, min(end, index)


def continued(view: View, claims: list[Claim]) -> list[Claim]:
    """Whole quotations without a cue go to the statement before them in the paragraph, else to the one after; a paragraph that is one
    quotation, after a paragraph that ended in one, is a statement of the same source without a cue."""
    owned = _owned(view, claims)
    by_paragraph = _by_paragraph(view, claims)
    result: list[Claim] = []
    last: Claim | None = None
    for paragraph, mine in by_paragraph:
        free = [number for number in _numbers(view, paragraph) if not owned[number] and view.is_whole(number)]
        if mine:
            mine = _shared(view, mine, free)
            last = mine[-1]
        elif free and last is not None and _is_all_quoted(view, paragraph, free):
            pieces = tuple(view.trimmed(view.quoted[number]) for number in free)
            start = pieces[0][0]
            last = replace(last, cue=(start, start), content=pieces, anchor=view.doc[start], addressee=None, direct=True)
            mine = [last]
        else:
            last = None
        result.extend(mine)
    return result


def _owned(view: View, claims: list[Claim]) -> list[bool]:
    """For each quotation, whether some claim holds a part of it."""
    steps = [0] * (len(view.doc) + 1)
    for start, end in (piece for claim in claims for piece in claim.content):
        steps[start] += 1
        steps[end] -= 1
    depth = list(accumulate(steps))
    return [any(depth[start:end]) for start, end in view.quoted]


def _by_paragraph(view: View, claims: list[Claim]) -> list[tuple[Range, list[Claim]]]:
    """The token range of each paragraph that has words, with its claims."""
    paragraphs: list[tuple[Range, list[Claim]]] = []
    start, waiting = 0, 0
    for end in [*view.breaks, len(view.doc)]:
        mine = []
        while waiting < len(claims) and claims[waiting].cue[0] <= end:
            mine.append(claims[waiting])
            waiting += 1
        if end > start:
            paragraphs.append(((start, end), mine))
        start = end + 1
    return paragraphs


def _numbers(view: View, paragraph: Range) -> list[int]:
    return list(dict.fromkeys(number for number in view.inside[paragraph[0] : paragraph[1]] if number >= 0))


def _is_all_quoted(view: View, paragraph: Range, free: list[int]) -> bool:
    """Do the free quotations hold all words of the paragraph."""
    start, end = paragraph
    return all(view.inside[i] in free or not view.has_words((i, i + 1)) for i in range(start, end))


def _shared(view: View, claims: list[Claim], free: list[int]) -> list[Claim]:
    """``claims`` of a paragraph with its free quotations handed out."""
    for number in free:
        start = view.quoted[number][0]
        if not _starts_sentence(view, start):
            continue
        before = [i for i, claim in enumerate(claims) if claim.cue[0] < start]
        index = _quoted_before(claims, before) if before else 0
        piece = view.trimmed(view.quoted[number])
        claims[index] = replace(claims[index], content=tuple(sorted((*claims[index].content, piece))))
    return claims


def _quoted_before(claims: list[Claim], before: list[int]) -> int:
    """The claim a further quotation goes on from: the last one, or an earlier one of the same speaker that is a quotation."""
    last = before[-1]
    named = claims[last].noun
    for index in reversed(before):
        noun = claims[index].noun
        if named is None or noun is None or noun.lower_ != named.lower_:
            break
        if claims[index].direct:
            return index
    return last


def _starts_sentence(view: View, start: int) -> bool:
    """Does a sentence or a paragraph start at the token."""
    if start == 0:
        return True
    before = view.doc[start - 1]
    return before.text[-1:] in '.!?:\n”"' or before.is_space or view.sentence(start)[0] == start
