"""Who said what: one own example for each construction, then what is no speech, then hostile texts."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from briefing.errors import ConfigurationError
from briefing.extraction.cues import entries
from briefing.extraction.parsed import parsed
from briefing.models import Polarity, Stance, Statement, StatementKind


def said(nlp: Language, text: str) -> list[Statement]:
    return parsed(nlp(text)).statements


def shown(statement: Statement) -> tuple[str, str, str]:
    """Source, cue and content as texts."""
    parts = (statement.source, statement.cue, statement.content)
    source, cue, content = (" // ".join(piece.quote for piece in pieces) for pieces in parts)
    return source, cue, content


CONSTRUCTIONS = {
    "clause after": (
        "The harbour master said on Monday that the eastern dock had been closed.",
        ("The harbour master", "said", "the eastern dock had been closed"),
    ),
    "clause before": ("The eastern dock has been closed, officials say.", ("officials", "say", "The eastern dock has been closed")),
    "clause around": (
        "The dock, the mayor said, will stay closed.",
        ("the mayor", "said", "The dock // will stay closed"),
    ),
    "fronted phrase": (
        "With the bridge gone, analysts believe the town cannot be supplied.",
        ("analysts", "believe", "With the bridge gone // the town cannot be supplied"),
    ),
    "inverted": ("“The dock is closed,” said Ana Weir.", ("Ana Weir", "said", "The dock is closed")),
    "quotation after": ("Ana Weir wrote: “The dock is closed.”", ("Ana Weir", "wrote", "The dock is closed.")),
    "according to": (
        "Two ships sank overnight, according to the coast guard.",
        ("the coast guard", "according to", "Two ships sank overnight"),
    ),
    "addressee": (
        "The governor told reporters that the dam would hold.",
        ("The governor", "told", "the dam would hold"),
    ),
    "relative clause": (
        "They met Ana Weir, who said the dam would hold.",
        ("Ana Weir", "said", "the dam would hold"),
    ),
    "order": ("The council urged residents to leave the valley.", ("The council", "urged", "residents to leave the valley")),
    "infinitive": ("The rebels vowed to return to the valley.", ("The rebels", "vowed", "to return to the valley")),
    "evaluative": ("The ministry condemned the raid on the camp.", ("The ministry", "condemned", "the raid on the camp")),
    "blame": ("The mayor accused the army of looting.", ("The mayor", "accused", "the army of looting")),
    "topic": ("The agency warned of floods and famine.", ("The agency", "warned of", "floods and famine")),
    "noun cue": (
        "His warning that the dam may break was ignored.",
        ("His", "His warning", "the dam may break"),
    ),
    "noun topic": (
        "The council's call for calm was ignored.",
        ("The council", "call", "calm"),
    ),
    "document": ("The report found that the dam had cracks.", ("The report", "found", "the dam had cracks")),
    "no comma": ("Two ships sank off the coast the harbour master said.", ("the harbour master", "said", "Two ships sank off the coast")),
    "told a meeting": (
        "She told a meeting of farmers that the dam would hold.",
        ("She", "told", "the dam would hold"),
    ),
    "call to act": (
        "The union called for the council to reopen the road.",
        ("The union", "called for", "the council to reopen the road"),
    ),
    "naming": ("The mayor called the raid a crime.", ("The mayor", "called", "the raid a crime")),
    "description": ("The mayor described the raid as a crime.", ("The mayor", "described", "the raid as a crime")),
    "passive": ("The army was criticised by the mayor.", ("the mayor", "was criticised", "The army")),
    "colon and next paragraph": ("The mayor added:\n\n“The raid was a crime.”", ("The mayor", "added", "The raid was a crime.")),
    "headline": ("Militia planning new raid, warn port officials", ("port officials", "warn", "Militia planning new raid")),
    "gap in a relative clause": (
        "The raid was the work of a gang many experts suspect works for the port.",
        ("many experts", "suspect", "a gang // works for the port"),
    ),
    "clause with a phrase of time around the speaker": (
        "The decision to close the dam, critics warned on Monday, could put the valley at risk.",
        ("critics", "warned", "The decision to close the dam // could put the valley at risk"),
    ),
    "no punctuation": (
        "Rebels attacked three villages in the valley a monitoring group said on Monday",
        ("a monitoring group", "said", "Rebels attacked three villages in the valley"),
    ),
    "clause taken for an object": (
        "The council said insurgents including the Heron Front captured army positions outside the town and pushed into the plain.",
        ("The council", "said", "insurgents including the Heron Front captured army positions outside the town and pushed into the plain"),
    ),
    "second half with but": (
        "The governor said he was not leaving the town, but was merely taking a rest.",
        ("The governor", "said", "he was not leaving the town, but was merely taking a rest"),
    ),
    "passive with the speaker last": (
        "The army was accused of looting by the mayor.",
        ("the mayor", "was accused", "The army // of looting"),
    ),
    "passive with the deed last": (
        "The army was accused by villagers of looting.",
        ("villagers", "was accused", "The army // of looting"),
    ),
    "nobody named": ("Two ships were reportedly hit near the port.", ("", "reportedly", "Two ships were // hit near the port")),
    "thought to": ("The gang is thought to have 500 members.", ("", "is thought", "The gang // to have 500 members")),
    "percentage": ("Forty percent said that the road was too long.", ("Forty percent", "said", "the road was too long")),
    "leaflets": (
        "The leaflets said that the bridge would be bombed.",
        ("The leaflets", "said", "the bridge would be bombed"),
    ),
    "source with a relative clause": (
        "Two ships sank overnight, according to the coast guard, which sent boats.",
        ("the coast guard", "according to", "Two ships sank overnight"),
    ),
    "quoted as saying": (
        "The daily quoted an officer as saying the dam would hold.",
        ("an officer", "saying", "the dam would hold"),
    ),
}


@pytest.mark.parametrize("name", CONSTRUCTIONS)
def test_each_construction_gives_source_cue_and_content(plain: Language, name: str) -> None:
    text, expected = CONSTRUCTIONS[name]
    assert expected in [shown(statement) for statement in said(plain, text)]


@pytest.mark.parametrize(
    "text",
    [
        "The army wants to retake the valley.",
        "The ministry did not respond to a request for comment.",
        "Rebels seized the bridge and burned two trucks.",
        "The minister refused to say who had fired.",
        "Divers found a wreck near the pier.",
        "The union wanted voters to think that the dam was safe.",
        "It is too early to claim that the dam is safe.",
        "No group has claimed responsibility for the raid.",
        "18,000 doses suggest that the campaign will go on.",
    ],
)
def test_wishes_silence_and_deeds_are_no_statements(plain: Language, text: str) -> None:
    assert said(plain, text) == []


def test_kind_follows_the_marks(plain: Language) -> None:
    kinds = {
        "“The dam will hold,” the governor said.": StatementKind.DIRECT,
        "The governor said that the dam would hold.": StatementKind.INDIRECT,
        "The governor said the dam was in “perfect shape” after the flood.": StatementKind.MIXED,
    }
    assert {text: said(plain, text)[0].kind for text in kinds} == kinds


def test_quoted_parts_stand_without_their_marks(plain: Language) -> None:
    (statement,) = said(plain, "The governor said the dam was in “perfect shape” after the flood.")
    assert [piece.quote for piece in statement.quoted] == ["perfect shape"]


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ('"They were shot while they ran," he said.', '"They were shot while they ran," he said'),
        ("The nurse said: “They were shot.”", "The nurse said: “They were shot.”"),
        ("The dam is safe, the governor said.", "The dam is safe, the governor said"),
    ],
)
def test_the_evidence_holds_the_marks_of_its_quotation(plain: Language, text: str, evidence: str) -> None:
    (statement,) = said(plain, text)
    assert statement.evidence[0].quote == evidence
    assert not statement.content[0].quote.startswith(('"', "“"))


def test_a_name_a_group_gives_itself_is_no_statement(plain: Language) -> None:
    (statement,) = said(plain, "An armed group calling itself the North Column Movement said it had seized the bridge.")
    assert statement.cue[0].quote == "said"
    assert statement.speaker == "North Column Movement"


def test_two_verbs_of_one_speaker_are_two_statements(plain: Language) -> None:
    found = [shown(one) for one in said(plain, "The group called the raid a punishment and announced more of them.")]
    assert found == [("The group", "called", "the raid a punishment"), ("The group", "announced", "more of them")]


def test_the_speaker_who_goes_on_ends_what_was_said(plain: Language) -> None:
    found = [shown(one) for one in said(plain, "The governor said the dam was safe as he criticised the delay.")]
    assert found == [("The governor", "said", "the dam was safe"), ("he", "criticised", "the delay")]


def test_a_time_far_from_the_cue_is_not_when_it_was_said(nlp: Language) -> None:
    (far,) = said(nlp, "Two people were killed, nurses said, in one of the worst attacks this year.")
    (near,) = said(nlp, "Nurses said on Sunday that two people had been killed.")
    assert far.when is None
    assert near.when is not None


def test_sentences_without_end_are_not_read(plain: Language) -> None:
    assert said(plain, "he said that " * 200 + "the dam broke") == []


@pytest.mark.parametrize(
    ("text", "stance", "polarity"),
    [
        ("The army denied that it had shelled the town.", Stance.DENIES, Polarity.NEGATIVE),
        ("The army did not rule out an attack on the town.", Stance.DENIES, Polarity.POSITIVE),
        ("The agency warned that the dam may break.", Stance.WARNS, Polarity.POSITIVE),
        ("The minister promised that the road would reopen.", Stance.PROMISES, Polarity.POSITIVE),
        ("Analysts fear the truce will not last.", Stance.FEARS, Polarity.POSITIVE),
    ],
)
def test_stance_comes_from_the_word_and_polarity_from_negation(plain: Language, text: str, stance: Stance, polarity: Polarity) -> None:
    (statement,) = said(plain, text)
    assert (statement.stance, statement.polarity) == (stance, polarity)


def test_addressee_is_in_neither_source_nor_content(plain: Language) -> None:
    (statement,) = said(plain, "The governor told local reporters that the dam would hold.")
    assert statement.addressee is not None
    assert statement.addressee.quote == "local reporters"


def test_quoted_sentences_without_a_cue_join_the_statement_before_them(plain: Language) -> None:
    (statement,) = said(plain, "“The dam will hold,” the governor said. “We checked it twice this week.”")
    assert [piece.quote for piece in statement.content] == ["The dam will hold", "We checked it twice this week."]


def test_a_quoted_paragraph_goes_on_with_the_same_source(plain: Language) -> None:
    first, second = said(plain, "The governor said: “The dam will hold.”\n\n“We checked it twice this week.”")
    assert second.cue == ()
    assert second.source == first.source
    assert second.content[0].quote == "We checked it twice this week."


def test_a_named_source_inside_a_statement_is_a_statement_of_its_own(plain: Language) -> None:
    found = [shown(one) for one in said(plain, "The governor said that several engineers believe the dam will hold.")]
    assert ("several engineers", "believe", "the dam will hold") in found
    assert ("The governor", "said", "several engineers believe the dam will hold") in found


def test_a_participle_adds_a_statement_of_the_same_speaker(plain: Language) -> None:
    found = [shown(one) for one in said(plain, "The governor said the dam would hold, adding that crews were on watch.")]
    assert found == [("The governor", "said", "the dam would hold"), ("The governor", "adding", "crews were on watch")]


def test_a_line_in_capitals_with_a_colon_is_speech(plain: Language) -> None:
    (statement,) = said(plain, "OKONJO: Good evening to all of you at home.")
    assert shown(statement) == ("OKONJO", ":", "Good evening to all of you at home")


def test_the_lexicon_reads_and_every_word_has_a_stance() -> None:
    words = entries()
    assert {"verbs", "nouns"} == set(words)
    assert all(reading.takes for readings in words["verbs"].values() for reading in readings)


def test_a_wrong_lexicon_entry_names_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from briefing.extraction import cues
    from briefing.extraction.lexicon import Record

    wrong = Record("reporting.yaml:7", {"stance": "sings", "takes": ("clause",), "words": ("sing",)})
    monkeypatch.setattr(cues, "records", lambda name: {"verbs": (wrong,)})
    with pytest.raises(ConfigurationError, match=r"reporting\.yaml:7: no stance `sings`"):
        entries.__wrapped__()


HOSTILE = [
    "",
    " \n\n ",
    '"' * 2000,
    "said " * 500,
    "“He said “she said “they said",
    "SAID THE MAYOR: THE DAM IS CLOSED AND NO ONE KNOWS WHY",
    "he said she said he said that she said that",
    "\x00\x07 said \u202e\u200b the \ud7ff mayor",
    "according to according to according to",
    "’’’’ said ''''",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_give_evidence_that_stands_in_them(plain: Language, text: str) -> None:
    check(text, said(plain, text))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(
        st.sampled_from(["said", "“", "”", '"', "that", "he", "Weir", "the dam", "broke", ",", ".", "\n", "according to", ":", "'"])
        | st.text(max_size=5),
        max_size=40,
    )
)
def test_any_text_gives_evidence_that_stands_in_it(plain: Language, words: list[str]) -> None:
    text = " ".join(words)
    check(text, said(plain, text))


def check(text: str, found: list[Statement]) -> None:
    for statement in found:
        for piece in (*statement.evidence, *statement.source, *statement.cue, *statement.content, *statement.quoted):
            assert text[piece.start : piece.end] == piece.quote
