"""Constructions whose content is a clause or a quotation: "said that …", "…, she said", 'wrote: "…"', "it is feared that …".

Comes in: a ``VerbCue``. Goes out: a ``Claim``, or None when this is not the construction.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from spacy.tokens import Token

from briefing.extraction.claims import Claim, VerbCue
from briefing.extraction.clauses import Range, View, minus
from briefing.extraction.cues import Entry, entries
from briefing.extraction.lexicon import load
from briefing.extraction.sources import fits

__all__ = [
    "after_that",
    "clause_after",
    "colon",
    "impersonal",
    "misread_clause",
    "quotation_after",
    "relative_gap",
    "trailing",
    "unpunctuated",
]

_ADDING = frozenset({"though", "although", "because", "if", "unless", "whereas", "even", "so", "until", "once"})

_CIRCUMSTANCES = frozenset({"prep", "npadvmod", "advmod"})
_SHORT = 8
_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})


def relative_gap(verb: VerbCue) -> Claim | None:
    """What is said of a noun that stands before: "a gang many experts suspect works for the port", "the man they say led it"."""
    entry, end = verb.taking("clause"), verb.group[1]
    if entry is None or verb.relative is None or end >= verb.view.sentence(verb.token.i)[1]:
        return None
    if verb.noun is None or verb.noun.i < verb.token.head.i:
        return None
    first = verb.view.doc[end]
    if first.tag_ not in _FINITE or verb.view.inside[end] >= 0:
        return None
    head = first.head if first.dep_ in ("aux", "auxpass") and first.head.i > first.i else first
    stop = max(verb.view.subtree(head)[1], end + 1)
    dash = next((i for i in range(end, stop) if verb.view.doc[i].text in ("-", "–", "—", "--")), stop)
    return verb.made(entry, verb.relative, (end, dash))


def after_that(verb: VerbCue) -> Claim | None:
    """Whatever the parser made of it, what stands behind cue and "that" was said: up to the end of the sentence."""
    entry, start, end = verb.taking("clause"), _said(verb), verb.view.sentence(verb.token.i)[1]
    if entry is None or verb.noun is None or not start + 2 < end or verb.view.inside[start] >= 0:
        return None
    that = verb.view.doc[start]
    return verb.made(entry, (start + 1, end)) if that.lower_ == "that" and that.tag_ == "IN" else None


def misread_clause(verb: VerbCue) -> Claim | None:
    """A clause the parser takes for an object: "said rebels including the Herons captured the pass". Only for words that take no object."""
    entry, thing = verb.taking("clause"), verb.child("dobj")
    if (
        entry is None
        or thing is None
        or thing.left_edge.i != verb.group[1]
        or verb.taking("object", "command", "order", "naming") is not None
    ):
        return None
    start, end = verb.view.subtree(thing)
    if not any(token.tag_ in ("VBD", "VBN", "VBZ", "MD") and token.dep_ != "relcl" for token in verb.view.doc[start:end]):
        return None
    return verb.made(entry, (start, max(end, verb.view.subtree(verb.token)[1])))


def clause_after(verb: VerbCue) -> Claim | None:
    """The content clause stands behind the cue: "The mayor said that the bridge had been closed"."""
    entry = verb.taking("clause", "quotation", "order")
    clause = verb.child("ccomp") or _clause_of_object(verb)
    if entry is None or clause is None or not _is_finite(clause, verb):
        return None
    start, end = verb.view.subtree(clause)
    if start < verb.token.i or _is_parenthesis(verb):
        return None
    end = _completed(verb, clause, end)
    pieces = minus(verb.view.widened((start, end)), verb.used)
    return verb.made(entry, *_gap(verb, clause), *_fronted(verb.view, verb.token, verb.block), *pieces)


def _gap(verb: VerbCue, clause: Token) -> list[Range]:
    """The noun a clause without a subject is said of: "a gang many experts suspect works for the port"."""
    if (
        verb.relative is None
        or clause.tag_ in ("VB", "VBG")
        or any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for c in clause.children)
    ):
        return []
    return [verb.relative]


def _completed(verb: VerbCue, clause: Token, end: int) -> int:
    """The end of a clause with what the parser hung on the cue instead: "…, though it may take days", ", but she could not pay"."""
    view, stop = verb.view, verb.view.sentence(verb.token.i)[1]
    for child in verb.token.children:
        low, high = view.subtree(child)
        gap = low - end
        if child.i < clause.i or not 0 <= gap <= 2 or not _continues(verb, child, end, low):
            continue
        end = min(high, stop)
    if end + 1 < stop and view.doc[end].lower_ in ("'s", "’s") and not view.doc[end - 1].whitespace_:
        return stop  # a possessive ending taken for a verb
    if end + 1 < stop and view.doc[end].text == ":" and view.inside[end] < 0:
        return stop
    return end


def _continues(verb: VerbCue, child: Token, end: int, low: int) -> bool:
    doc = verb.view.doc
    if doc[end].text == "," and doc[low].pos_ == "ADP" and doc[low + 1].tag_ == "WDT":
        return True  # "…, under which"
    if child.dep_ == "advcl":
        return doc[low].lower_ in _ADDING
    if child.dep_ != "conj" or child.pos_ not in ("VERB", "AUX") or not any(doc[i].lower_ in ("but", "so", "and") for i in range(end, low)):
        return False
    if child.lemma_ in entries()["verbs"] and child.tag_ != "VBG":
        return False
    subjects = [c for c in child.children if c.dep_ in ("nsubj", "nsubjpass", "expl")]
    if subjects:
        return all(c.pos_ == "PRON" for c in subjects)
    return any(c.dep_ in ("aux", "auxpass", "neg") for c in child.children) or child.lemma_ == "be"


def _clause_of_object(verb: VerbCue) -> Token | None:
    """The clause the parser hangs on the listener: "told a meeting of farmers that the dam would hold"."""
    told = verb.child("dobj", "dative") if verb.taking("command") else None
    if told is None:
        return None
    clauses = [child for child in told.subtree if child.dep_ in ("acl", "relcl", "ccomp") and child.left_edge.lower_ == "that"]
    return next((clause for clause in clauses if clause.left_edge.tag_ == "IN"), None)


def _is_parenthesis(verb: VerbCue) -> bool:
    """Source and cue between two commas: "The plan, critics say, is dead"."""
    start, end = verb.block[0], _said(verb)
    doc, low = verb.view.doc, verb.view.sentence(verb.token.i)[0]
    return start - 1 > low and doc[start - 1].text == "," and end < len(doc) and doc[end].text == "," and verb.noun is not None


def _said(verb: VerbCue) -> int:
    """The end of source and cue with time, place and listener behind them: "the mayor told reporters on Monday"."""
    end = verb.block[1]
    for child in verb.token.children:
        low, high = verb.view.subtree(child)
        if (
            low == end
            and high - low <= _SHORT
            and (child.dep_ in _CIRCUMSTANCES or (child.dep_ in ("dobj", "dative") and verb.taking("command")))
        ):
            end = high
    return end


def _is_finite(clause: Token, verb: VerbCue) -> bool:
    """A clause with "to" is an order, a clause in -ing is no statement, unless it is quoted."""
    if verb.view.inside[clause.i] >= 0 or clause.tag_ not in ("VB", "VBG") or verb.taking("order"):
        return True
    return any(child.dep_ in ("aux", "nsubj", "expl") and child.tag_ != "TO" for child in clause.children)


def _fronted(view: View, verb: Token, block: Range) -> list[Range]:
    """A clause or phrase before the speaker that belongs to what is said: "With the bridge gone, officials say …"."""
    sentence = view.sentence(verb.i)
    pieces = []
    for child in verb.children:
        if child.i >= block[0] or child.dep_ not in ("advcl", "prep"):
            continue
        start, end = view.subtree(child)
        opens = view.doc[start].lower_ in _opening_words()
        if start >= sentence[0] and opens and end <= block[0] and block[0] - end <= 1:
            pieces.append((start, end))
    return pieces


@lru_cache(maxsize=1)
def _opening_words() -> frozenset[str]:
    return frozenset(load("grammar")["fronted"])


def trailing(verb: VerbCue) -> Claim | None:
    """The words come first: "The bridge is closed, the mayor said." or "The bridge, she said, is closed."."""
    entry = verb.taking("clause", "quotation")
    view, block = verb.view, verb.block
    sentence = view.sentence(verb.token.i)
    before = block[0] - 1
    if entry is None or before < sentence[0] or not _ends_words(view, before):
        return None
    dependent = verb.token.dep_ in ("relcl", "acl", "advcl") or (verb.token.dep_ == "conj" and not _has_subject(verb))
    if dependent and view.inside[before] < 0:
        return None
    pieces = [*minus(view.widened((sentence[0], block[0])), verb.used), *_resumed(verb, sentence)]
    quoted = view.inside[before] >= 0 or view.inside[before - 1] >= 0
    if not quoted and not _says_something(verb, pieces):
        return None
    return verb.made(entry, *pieces, direct=quoted)


def _has_subject(verb: VerbCue) -> bool:
    return verb.noun is not None and verb.noun.head == verb.token


def _says_something(verb: VerbCue, pieces: list[Range]) -> bool:
    """Is what stands before the speaker a clause, not a phrase of the speaker's own clause ("While it rained, she agreed")."""
    if verb.source is not None and verb.source[0] == verb.group[1]:
        return True  # "Attack planned, warn officials"
    rest = verb.child("ccomp") if _is_parenthesis(verb) else None
    if rest is not None and not any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in rest.children):
        return True  # "The plan, critics warned on Monday, could fail"
    if not any(token.pos_ in ("VERB", "AUX") for start, end in pieces for token in verb.view.doc[start:end]):
        return False
    if verb.child("dobj", "xcomp", "ccomp") is not None:
        return False
    left = [c for c in verb.token.children if c.i < verb.block[0]]
    return not any(c.dep_ == "advcl" for c in left) or any(c.dep_ == "ccomp" for c in left)


def unpunctuated(verb: VerbCue) -> Claim | None:
    """The speaker ends the sentence without a comma before: "The bridge is closed the mayor said"."""
    entry = verb.taking("clause")
    view, block = verb.view, verb.block
    start, end = view.sentence(verb.token.i)
    if entry is None or verb.noun is None or not _has_subject(verb):
        return None
    if verb.token.dep_ in ("relcl", "acl") and (verb.noun.pos_ == "PRON" or verb.taking("quotation") is None):
        return None
    tail = view.doc[block[1] : _said(verb)]
    told = _said(verb) if any(token.ent_type_ in ("DATE", "TIME") or fits(token, "document") for token in tail) else block[1]
    if any(not token.is_punct and not token.is_space for token in view.doc[told:end]) or block[0] - start < 3:
        return None
    if view.doc[block[0] - 1].pos_ in ("ADP", "CCONJ", "SCONJ") or view.doc[block[0] - 1].tag_ in ("WP", "WDT", "WRB"):
        return None
    pieces = minus(view.widened((start, block[0])), verb.used)
    return verb.made(entry, *pieces) if _says_something(verb, pieces) else None


def _ends_words(view: View, index: int) -> bool:
    """Is the token before the speaker a comma, a dash or a closing mark."""
    token = view.doc[index]
    return token.text in (",", "-", "–", "—", "--") or (view.inside[index] >= 0 and index + 1 == view.quoted[view.inside[index]][1])


def _resumed(verb: VerbCue, sentence: Range) -> list[Range]:
    """What goes on behind a speaker in the middle: "…, she said, is closed" but not "…, she said, pointing at it"."""
    view, end = verb.view, _said(verb)
    if end >= sentence[1] or view.doc[end].text != ",":
        return []
    clause = next((c for c in verb.token.children if c.dep_ == "ccomp" and c.i < verb.token.i and c.right_edge.i > end), None)
    follower = verb.child("ccomp") if _is_parenthesis(verb) else None
    if follower is not None:
        return [(end, verb.view.subtree(follower)[1])]
    if clause is not None:
        return [(end, min(clause.right_edge.i + 1, sentence[1]))]
    if verb.token.dep_ in ("parataxis", "ccomp") and verb.token.head.right_edge.i > end and verb.token.right_edge.i <= end:
        return [(end, min(verb.token.head.right_edge.i + 1, sentence[1]))]
    if view.inside[min(end + 1, sentence[1] - 1)] >= 0:
        start, stop = view.quoted[view.inside[min(end + 1, sentence[1] - 1)]]
        return [(start, stop)] if start == end + 1 else []
    return []


def quotation_after(verb: VerbCue) -> Claim | None:
    """A quotation behind the cue: 'She said on Monday: "The bridge is closed."', 'wrote "closed" on it' is none."""
    entry = verb.taking("quotation")
    view, (_, end) = verb.view, verb.block
    if entry is None or verb.child("xcomp") is not None:
        return None
    reach = min(view.sentence(verb.token.i)[1] + 2, len(view.doc))
    for index in range(end, reach):
        number = view.inside[index]
        if number >= 0:
            start = view.quoted[number][0]
            near = start - end <= 1 or view.doc[start - 1].text in (":", ",")
            fits = near or (view.is_whole(number) and verb.child("dobj") is None)
            return verb.made(entry, view.quoted[number], direct=True) if fits else None
        if view.doc[index].text.startswith("\n"):
            return _next_paragraph(verb, entry, index)
    return None


def _next_paragraph(verb: VerbCue, entry: Entry, index: int) -> Claim | None:
    """A colon at the end of a paragraph hands the next one to the speaker."""
    view, start = verb.view, index + 1
    if view.doc[index - 1].text != ":" or start >= len(view.doc):
        return None
    number = view.inside[start]
    if number >= 0:
        return verb.made(entry, view.quoted[number], direct=True)
    following = bisect_right(view.breaks, index)
    end = view.breaks[following] if following < len(view.breaks) else len(view.doc)
    return verb.made(entry, (start, end), direct=True)


def colon(verb: VerbCue) -> Claim | None:
    """A colon instead of "that": "The mayor said: the bridge is closed"."""
    entry = verb.taking("clause", "quotation")
    view, (_, end) = verb.view, verb.block
    stop = view.sentence(verb.token.i)[1]
    if entry is None or end >= stop or view.doc[end].text != ":":
        return None
    return verb.made(entry, (end + 1, stop)) if end + 1 < stop else None


def impersonal(verb: VerbCue) -> Claim | None:
    """Nobody is named: "It is feared that the dam will break"."""
    if not any(c.dep_ in ("nsubjpass", "expl") and c.lower_ == "it" for c in verb.token.children):
        return None
    entry, clause = verb.taking("clause"), verb.child("ccomp")
    return verb.made(entry, verb.view.subtree(clause)) if entry and clause is not None else None
