"""Which source stands behind which claim: reference numbers, anchors and the way back from the source list.

In: a brief. Out: lookups that templates use; nothing is counted or looked up while a page is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefing.models import Brief, CitedDocument, Event, Evidence, Figure, Risk, Statement, Story

__all__ = ["Claim", "References"]

Claim = Figure | Statement | Event | Risk


class References:
    """Reference numbers of documents, the story each claim is printed in, and the claims that cite a document."""

    def __init__(self, brief: Brief) -> None:
        self._documents = {document.id: document for document in brief.documents}
        self._position = {story.id: number for number, story in enumerate(brief.stories, start=1)}
        self._stories = {story.id: story for story in brief.stories}
        self._home: dict[str, str] = {}
        self._cited: dict[str, dict[str, None]] = {}
        for story in brief.stories:
            for claim in claims(story):
                self._home.setdefault(claim.id, story.id)
                for evidence in claim.evidence:
                    self._cited.setdefault(evidence.document_id, {}).setdefault(claim.id)

    def numbers(self, evidence: Iterable[Evidence]) -> tuple[int, ...]:
        """Numbers of the documents the evidence stands in, each once, in the order of the source list."""
        return self.numbered(item.document_id for item in evidence)

    def numbered(self, document_ids: Iterable[str]) -> tuple[int, ...]:
        """The same for document ids. A document that the brief does not list has no number."""
        return tuple(sorted({self._documents[name].number for name in document_ids if name in self._documents}))

    def document(self, document_id: str) -> CitedDocument | None:
        return self._documents.get(document_id)

    def story(self, story_id: str | None) -> Story | None:
        """The story, when it is printed in this brief."""
        return self._stories.get(story_id) if story_id is not None else None

    def position(self, story_id: str | None) -> int | None:
        """Its number in this brief, from 1."""
        return self._position.get(story_id) if story_id is not None else None

    def is_home(self, story: Story, claim: Claim) -> bool:
        """True where the claim's anchor belongs: a claim that stands in two stories has it in the first."""
        return self._home.get(claim.id) == story.id

    def has_anchor(self, claim_id: str) -> bool:
        return claim_id in self._home

    def citing(self, document_id: str) -> tuple[str, ...]:
        """Ids of the printed claims that cite the document, in the order of the page."""
        return tuple(self._cited.get(document_id, ()))


def claims(story: Story) -> Iterator[Claim]:
    """All claims of a story, in the order of the page."""
    yield from story.figures
    yield from story.events
    yield from story.statements
    yield from story.risks
