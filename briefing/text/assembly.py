"""From what a reader found to a draft of the document: layout, cleaning, date, language, kind, credit. Pure; runs in a worker.

What the container says (``hints``) is weighed against what the file says: front matter, then a recognised briefing item, then hints and
metadata, then the first lines of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from briefing.models import Marking, Precision, RawItem
from briefing.text.cleaning import folded, is_boilerplate, one_line
from briefing.text.credits import Dateline, agency, byline, credited_agency, split_dateline
from briefing.text.dates import Moment, in_path, read
from briefing.text.kinds import kind_of
from briefing.text.language import language_of
from briefing.text.layout import Layout, is_running_title, recognised, same_title
from briefing.text.reading import Dated, Draft, Reading
from briefing.text.wordlists import lists

__all__ = ["draft_of", "web_address"]

MOST_CHARACTERS = 500_000
"""Longer texts are cut at a paragraph and say so: the language model takes a million characters at most."""
LONGEST_TITLE = 400
REPEATED = 60
"""A paragraph of so many characters does not stand twice in one article on purpose."""
LONGEST_NAME = 120
UPDATED = "updated"
_TITLE_OF_TOOL = re.compile(r"^(?:microsoft word - .*|untitled.*|document\d*|.*\.(?:docx?|pdf|html?|txt|md|indd))$", re.IGNORECASE)


def draft_of(item: RawItem, reading: Reading) -> Draft:
    """The draft of ``item`` as its reader read it."""
    hints = {key: one_line(value) for key, value in item.hints.items()}
    layout = recognised(reading.blocks)
    title, paragraphs = _title(item, reading, layout, hints)
    dateline, paragraphs = _dateline(paragraphs)
    author = one_line(reading.byline) or layout.byline or hints.get("author", "")
    paragraphs = tuple(part for part in paragraphs if not _is_credit(part, author))
    wire = (dateline.agency if dateline else None) or layout.wire or credited_agency(paragraphs, author) or agency(layout.source)
    paragraphs, cut = _cut(_once(part for part in paragraphs if not is_boilerplate(part)))
    url = web_address(item.url) or web_address(reading.url) or web_address(layout.url) or web_address(hints.get("url"))
    dates = _dates(item, reading, layout, hints)
    if dateline and dateline.date:
        dates.insert(len(dates) if not layout.dates else dates.index(layout.dates[0]), Dated(dateline.date, "dateline"))
    moment, found, notes = _published(dates, url, item)
    updated = next(filter(None, (read(dated.words) for dated in dates if dated.found == UPDATED)), None)
    language, language_from = _language(item, reading, layout, hints, "\n".join((title, *paragraphs)))
    declared = "|".join(filter(None, (reading.kind, layout.kind, hints.get("kind", ""))))
    outlets = (reading.outlet, hints.get("source", ""), layout.source, reading.weak_outlet, layout.masthead)
    return Draft(
        title=title,
        paragraphs=paragraphs,
        byline=_byline(author),
        dateline=dateline.words if dateline else None,
        published_at=moment.at if moment else None,
        published_precision=moment.precision if moment else Precision.UNKNOWN,
        published_from=found if moment else None,
        updated_at=updated.at if updated else None,
        language=language,
        language_from=language_from,
        kind=kind_of(title, url, declared),
        wire=wire or None,
        url=url,
        url_key=_url_key(url),
        outlet=next((one_line(name)[:LONGEST_NAME] for name in outlets if name.strip()), ""),
        marking=_marking(reading.marking or layout.marking or hints.get("marking", "")),
        exercise=reading.exercise or layout.exercise or _hinted_exercise(hints),
        cut=cut,
        notes=(*reading.notes, *notes, *((f"text cut at {MOST_CHARACTERS} characters",) if cut else ())),
    )


def web_address(address: str | None) -> str | None:
    """The address when it is one of the web; never a path of this machine."""
    address = (address or "").strip()
    return address if address.startswith(("http://", "https://")) and not any(part.isspace() for part in address) else None


def _title(item: RawItem, reading: Reading, layout: Layout, hints: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The title, and the body's paragraphs with first lines that turned out not to be the title put back."""
    own = one_line(reading.own_title)
    described = reading.title if not _TITLE_OF_TOOL.match(reading.title) else ""
    described = (described or hints.get("title", "")) if item.source.kind == "web" else (hints.get("title", "") or described)
    title = own or (layout.title if layout.whole or layout.own_title else "") or described or layout.title
    paragraphs = layout.paragraphs
    back = [line for line in layout.titles if not (same_title(line, title) or is_running_title(line))]
    paragraphs = (*back, *paragraphs)
    if len(paragraphs) > 1 and len(paragraphs[0]) <= LONGEST_TITLE and folded(paragraphs[0]) == folded(title):
        paragraphs = paragraphs[1:]
    return title[:LONGEST_TITLE].rstrip(), paragraphs


def _dateline(paragraphs: tuple[str, ...]) -> tuple[Dateline | None, tuple[str, ...]]:
    # A standfirst may stand before the paragraph that starts with the dateline.
    for number, paragraph in enumerate(paragraphs[:2]):
        dateline, rest = split_dateline(paragraph)
        if dateline:
            return dateline, (*paragraphs[:number], rest, *paragraphs[number + 1 :])
    return None, paragraphs


def _is_credit(paragraph: str, author: str) -> bool:
    """A paragraph that is the byline again, or a byline that the first lines did not hold."""
    if len(paragraph) > 140:
        return False
    return byline(paragraph) is not None or (bool(author) and folded(paragraph) == folded(author))


def _byline(author: str) -> str | None:
    name = re.sub(r"^by:?\s+", "", author, flags=re.IGNORECASE)[: LONGEST_NAME * 2].strip(" ,;|")
    return name or None


def _dates(item: RawItem, reading: Reading, layout: Layout, hints: Mapping[str, str]) -> list[Dated]:
    """Candidates for the date of publication, most trusted first. A recognised briefing item is trusted over its envelope."""
    origin = _origin(item)
    hinted = [Dated(hints[key], origin) for key in ("published", "date") if hints.get(key)]
    changed = [Dated(hints["updated"], UPDATED)] if hints.get("updated") else []
    changed += [Dated(layout.updated, UPDATED)] if layout.updated else []
    declared = [dated for dated in reading.dates if dated.found != UPDATED]
    changed += [dated for dated in reading.dates if dated.found == UPDATED]
    if layout.whole:
        return [*layout.dates, *hinted, *declared, *changed]
    return [*hinted, *declared, *layout.dates, *changed]


def _origin(item: RawItem) -> str:
    """Where the hints come from: a folder holds feeds and JSON lines too, told apart by what an entry brings along."""
    known = {"feed": "feed", "jsonl": "json", "mail": "header"}.get(item.source.kind)
    if known or item.source.kind == "web":
        return known or "metadata"
    return "feed" if "summary" in item.hints or item.media_type.startswith("text/html") else "json"


def _published(dates: Iterable[Dated], url: str | None, item: RawItem) -> tuple[Moment | None, str, tuple[str, ...]]:
    """The first candidate that is a date, how it was found, and notes on it."""
    notes: tuple[str, ...] = ()
    changed: Moment | None = None
    for dated in dates:
        moment = read(dated.words)
        if moment is None:
            notes = (*notes, f"date {dated.words[:60]!r} is ambiguous or none")
        elif dated.found == UPDATED:
            changed = changed or moment
        else:
            return moment, dated.found, notes if moment.zoned else (*notes, "time without zone, read as UTC")
    for words, found in ((urlsplit(url).path if url else "", "url"), (PurePosixPath(item.name.replace("\\", "/")).name, "file name")):
        moment = in_path(words)
        if moment and not (found == "file name" and web_address(item.name)):
            return moment, found, notes
    if changed:
        return changed, UPDATED, (*notes, "only the time of the last change is known")
    return None, "", notes


def _language(item: RawItem, reading: Reading, layout: Layout, hints: Mapping[str, str], text: str) -> tuple[str, str]:
    sure = item.source.language or (reading.language if reading.language_sure else "") or layout.language
    likely = reading.language if not reading.language_sure else ""
    if item.source.kind in ("feed", "web"):
        return language_of(text, sure, likely or hints.get("language", ""))
    return language_of(text, sure or hints.get("language", ""), likely)


def _once(paragraphs: Iterable[str]) -> Iterator[str]:
    """Paragraphs without later copies of a long one, as captions and pull quotes are."""
    seen: set[str] = set()
    for paragraph in paragraphs:
        if len(paragraph) < REPEATED or paragraph not in seen:
            seen.add(paragraph)
            yield paragraph


def _cut(paragraphs: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    kept: list[str] = []
    room = MOST_CHARACTERS
    for paragraph in paragraphs:
        if len(paragraph) > room:
            # One endless paragraph is cut at a word; later ones are left out whole.
            piece = paragraph[:room].rpartition(" ")[0] or paragraph[:room] if not kept else ""
            return tuple([*kept, piece] if piece else kept), True
        kept.append(paragraph)
        room -= len(paragraph) + 2
    return tuple(kept), False


def _hinted_exercise(hints: Mapping[str, str]) -> bool:
    """Declared by JSON, or by a category of a feed ("EXERCISE", "Exercise only")."""
    known = lists("layout")["exercise"]
    categories = [re.findall(r"\w+", part) for part in hints.get("kind", "").casefold().split(",")]
    declared = any("exercise" in words and all(word in known for word in words) for words in categories)
    return declared or hints.get("exercise", "").casefold() in {"true", "yes", "1", "exercise"}


def _marking(words: str) -> Marking | None:
    name = words.strip().upper().removeprefix("TLP:").strip().replace("_", "+").replace("WHITE", "CLEAR")
    return next((marking for marking in Marking if marking.value == f"TLP:{name}"), None)


def _url_key(url: str | None) -> str | None:
    """The address as a key for versions of one article; None for a bare host, which names no article."""
    if not url:
        return None
    from courlan import normalize_url

    try:
        key = str(normalize_url(url)).partition("#")[0]
        parts = urlsplit(key)
    except ValueError:
        return None
    return key.rstrip("/") if parts.path.strip("/") or parts.query else None
