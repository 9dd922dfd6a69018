"""In which language a text is written: declared for this text, or guessed from its first characters and recorded as a guess."""

from __future__ import annotations

import re

__all__ = ["UNKNOWN", "language_of"]

SAMPLE = 2_000
ENOUGH = 80
"""Letters from which a guess is trusted over a declaration made for a whole site."""
UNKNOWN = "und"
_TAG = re.compile(r"^([a-z]{2,3})(?:[-_][a-z0-9-]+)?$")
_NAMES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "spanish": "es", "arabic": "ar", "russian": "ru", "turkish": "tr",
    "persian": "fa", "ukrainian": "uk", "chinese": "zh", "portuguese": "pt", "italian": "it", "hebrew": "he",
}  # fmt: skip


def language_of(text: str, sure: str = "", likely: str = "") -> tuple[str, str]:
    """Primary language subtag and how it is known: ``metadata`` or ``guess``.

    ``sure`` is a declaration for this text, ``likely`` one for a whole site or feed, which a long enough text overrules. A text too short
    to guess from, with no declaration, is "und".
    """
    declared = _primary(sure)
    if declared:
        return declared, "metadata"
    sample = text[:SAMPLE]
    letters = sum(map(str.isalpha, sample[: 5 * ENOUGH]))
    declared = _primary(likely)
    if letters >= ENOUGH or (letters >= 20 and not declared):
        return _guess(sample), "guess"
    return (declared, "metadata") if declared else (UNKNOWN, "guess")


def _primary(tag: str) -> str:
    tag = tag.strip().casefold()
    match = _TAG.match(tag)
    return _NAMES.get(tag) or (match[1] if match else "")


def _guess(sample: str) -> str:
    import py3langid

    # Upper case is rare in what the guesser learned from: a text in capitals is guessed in lower case.
    return str(py3langid.classify(sample.lower() if sample.isupper() else sample)[0])
