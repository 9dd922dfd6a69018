"""Names, pronouns and short names of speakers; what could be two people is nobody."""

from __future__ import annotations

import pytest
from spacy.language import Language

from briefing.extraction.parsed import parsed
from briefing.models import Statement


def statements(nlp: Language, text: str) -> list[Statement]:
    return parsed(nlp(text)).statements


def speakers(nlp: Language, text: str) -> list[str | None]:
    return [statement.speaker for statement in statements(nlp, text)]


def test_a_surname_is_the_full_name(plain: Language) -> None:
    text = "Mayor Anna Keller said the bridge was safe. Keller warned that the road was not."
    assert speakers(plain, text) == ["Anna Keller", "Anna Keller"]


def test_a_pronoun_is_the_last_speaker(plain: Language) -> None:
    text = "Mayor Anna Keller said the bridge was safe. She warned that the road was not."
    assert speakers(plain, text) == ["Anna Keller", "Anna Keller"]


def test_a_possessive_before_a_reporting_noun_is_resolved(plain: Language) -> None:
    text = "Mayor Anna Keller said the bridge was safe. Her warning that the road was not came later."
    assert speakers(plain, text)[-1] == "Anna Keller"


def test_it_is_the_body_that_spoke(plain: Language) -> None:
    text = "The Red Cross said two camps had flooded. It added that help was on its way."
    assert speakers(plain, text) == ["Red Cross", "Red Cross"]


def test_two_people_who_may_be_meant_are_nobody(plain: Language) -> None:
    text = "Anna Keller and Peter Brandt met in Vienna. He said the bridge was safe."
    assert speakers(plain, text) == [None]


def test_we_is_nobody(plain: Language) -> None:
    assert speakers(plain, "We said that the bridge was safe.") == [None]


def test_unnamed_sources_keep_their_words(plain: Language) -> None:
    assert speakers(plain, "The Norwegian officials said that the bridge was safe.") == ["Norwegian officials"]


@pytest.mark.parametrize(
    ("source", "role", "affiliation"),
    [
        ("Norway's security chief Peter Brandt", "Norway's security chief", "Norway"),
        ("The defence minister, Peter Brandt,", "defence minister", None),
        ("Peter Brandt, head of the Red Cross,", "head of the Red Cross", "Red Cross"),
        ("US Secretary of State Peter Brandt", "US Secretary of State", "US"),
        ("Secretary of State Peter Brandt", "Secretary of State", None),
        ("Norwegian Minister of Defence Peter Brandt", "Norwegian Minister of Defence", "Norwegian"),
    ],
)
def test_role_and_affiliation_are_kept_as_written(plain: Language, source: str, role: str, affiliation: str | None) -> None:
    (statement,) = statements(plain, f"{source} said that the bridge was safe.")
    assert statement.speaker == "Peter Brandt"
    assert statement.role is not None
    assert statement.role.quote == role
    assert (statement.affiliation.quote if statement.affiliation else None) == affiliation


def test_a_relative_pronoun_is_no_part_of_a_name(plain: Language) -> None:
    (statement,) = statements(plain, "They met an activist who said that the bridge was safe.")
    assert statement.speaker == "activist"


def test_a_role_ends_before_a_relative_clause(plain: Language) -> None:
    (statement,) = statements(plain, "Anna Keller, the Norwegian envoy who is chairing the meeting, said that both sides agreed.")
    assert statement.role is not None
    assert statement.role.quote == "Norwegian envoy"
