"""Times as the text gives them: "on Sunday", "two days ago", "since Friday", "24 November", "in 2022", "early Tuesday".

Comes in: a ``Doc`` whose document may know when it was published. Goes out: ``When`` records in ``parsed(doc).times``, in text order: the
words as written, and where they can be resolved the half-open interval they name, in the zone of the publication date. A weekday is the
last one before publication, unless the words point ahead ("next Monday"). Without a publication date only a date with its year is
resolved. Nothing is guessed: what cannot be resolved keeps its words and has no interval.
"""

# No postponed annotations here: spaCy reads those of the factory when it builds the pipeline.

import re
from collections.abc import Iterator
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from briefing.extraction import lexicon
from briefing.extraction.calendar import resolve
from briefing.extraction.parsed import parsed
from briefing.models import When

__all__ = ["create", "times"]


_REACH = 45
"""How far around its telling word ("ago", "Sunday", "2022") a time expression may reach, in characters."""


class Times:
    """Appends the times of a text to its workspace."""

    def __call__(self, doc: Doc) -> Doc:
        work = parsed(doc)
        published = work.document.published_at
        for match in times(work.stored):
            interval = resolve(match, published)
            evidence = work.cite(*match.span())
            if interval is None:
                work.times.append(When(evidence=evidence))
            else:
                work.times.append(When(evidence=evidence, start=interval.start, end=interval.end, precision=interval.precision))
        return doc


@Language.factory("briefing_times")
def create(nlp: Language, name: str) -> Times:
    """The component ``briefing_times``."""
    return Times()


def times(text: str) -> Iterator[re.Match[str]]:
    """The time expressions of ``text`` in order; the groups of each match are those that ``calendar.resolve`` reads."""
    position = 0
    pattern, hint = _pattern(), _hint()
    while (near := hint.search(text, position)) is not None:
        match = pattern.search(text, max(position, near.start() - _REACH), near.end() + _REACH)
        position = max(match.end() if match else 0, near.end())
        if match is not None:
            yield match


@lru_cache(maxsize=1)
def _hint() -> re.Pattern[str]:
    words = lexicon.pairs("times")
    names = "|".join((*words["months"], *words["weekdays"], *(name for name in words["days"] if " " not in name)))
    telling = r"ago|earlier|later|last|next|this|past|previous|coming|day\s(?:before|after)|(?:19|20)\d\d|\d{1,2}\.\d{1,2}\.\d{4}"
    return re.compile(rf"\b(?:{names}|{telling})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = lexicon.pairs("times")

    def either(kind: str, *, upper: bool = False) -> str:
        names = [*words[kind], *((name.upper() for name in words[kind]) if upper else ())]
        return "|".join(re.escape(name).replace(r"\ ", r"\s") for name in sorted(names, key=lambda name: (-len(name), name)))

    month, weekday, part, unit, count = (
        either("months", upper=True),
        either("weekdays", upper=True),
        either("parts"),
        either("units"),
        either("counts"),
    )
    bound = r"(?P<bound>(?i:since|until|till|before|after|by|from|as\sof))\s"
    vague = r"(?i:late|early|mid)"
    return re.compile(
        rf"""
        (?<![\w$£€.,/-])(?:{bound})?(?:(?i:on|in|at|during)\s)?(?:(?i:the)\s)?
        (?:(?P<stage>{vague}|(?i:{part})(?:\s(?:on|of))?)[\s-](?:(?i:on)\s)?)?
        (?:
          \b(?P<iso>\d{{4}}-\d{{2}}-\d{{2}})(?:T(?P<clock>\d{{2}}:\d{{2}})(?::\d{{2}}(?:\.\d{{1,9}})?)?(?P<zone>Z|[+-]\d{{2}}:?\d{{2}})?)?\b
        | \b(?P<dotted>\d{{1,2}}\.\d{{1,2}}\.\d{{4}})\b
        | \b(?:(?:{weekday}),?\s)?(?:the\s)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?(?P<month>{month})\b\.?(?:,?\s(?P<year>\d{{4}})\b)?
        | \b(?:(?:{weekday}),?\s)?(?P<month2>{month})\b\.?\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!,\d{{3}}|:\d|\.\d)
          (?:,?\s(?P<year2>\d{{4}})\b)?
        | \b(?P<month3>{month})\b\.?,?\s(?:of\s)?(?P<year3>(?:19|20)\d\d)\b
        | \b(?P<weekday>(?:(?P<which>(?i:last|next|this|coming|past|following))\s)?(?P<name>{weekday}))\b(?:\s(?P<part>(?i:{part}))\b)?
        | \b(?P<relative>(?i:{either("days")}))\b(?:\s(?P<part2>(?i:{part}))\b)?
        | \b(?:(?i:just\sover|just\sunder|more\sthan|about|almost|nearly|over|some)\s)?(?P<count>(?i:{count})|\d{{1,3}})\s
          (?P<unit>(?i:{unit}))\s(?P<direction>(?i:ago|earlier|later))\b
        | \b(?P<span>(?P<which2>(?i:last|next|this|past|previous|coming))\s
          (?:(?P<count2>(?i:{count}|few|several)|\d{{1,3}})\s)?(?P<unit2>(?i:{unit})))\b
        | \b(?P<which3>(?i:last|next|this))\s(?P<month4>{month}|(?i:{either("seasons")}))\b
        | (?<=\s)(?<=\b(?:[Ii]n|[Bb]y)\s)(?P<month5>{month})\b(?!\s\d)
        | (?<![\w.,$£€/-])(?P<year4>(?:19|20)\d\d)\b(?![,.]\d|[-–/]\d|\s(?i:people|troops|civilians|soldiers|men|women|children|fighters)\b)
        )
        """,
        re.VERBOSE,
    )
