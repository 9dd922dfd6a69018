"""The lines around a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.layout import is_running_title, recognised, same_title
from briefing.text.plain import blocks_of_lines
from briefing.text.reading import Block

ITEM = """Situation, Facts and Events
03.03.2026

Two guards die in raid on Dorra depot

Gunmen attacked a fuel depot in Dorra on Monday and killed two guards.

The army said it had closed the road.


Source: harbour-post.example"""


def test_the_shape_of_a_briefing_item_is_known_as_a_whole() -> None:
    layout = recognised(blocks_of_lines(ITEM))
    assert layout.whole
    assert layout.title == "Two guards die in raid on Dorra depot"
    assert [dated.words for dated in layout.dates] == ["03.03.2026"]
    assert layout.source == "harbour-post.example"
    assert layout.paragraphs == (
        "Gunmen attacked a fuel depot in Dorra on Monday and killed two guards.",
        "The army said it had closed the road.",
    )


def test_a_plain_article_has_headline_byline_and_date() -> None:
    text = "Two guards die in raid on depot\nBy Ana Reyes\n3 March 2026, 14:05 GMT\n\nGunmen attacked a depot.\n\nThe road is closed."
    layout = recognised(blocks_of_lines(text))
    assert not layout.whole
    assert layout.title == "Two guards die in raid on depot"
    assert layout.byline == "Ana Reyes"
    assert layout.dates[0].words == "3 March 2026, 14:05 GMT"
    assert layout.paragraphs == ("Gunmen attacked a depot.", "The road is closed.")


def test_a_standfirst_stays_in_the_body() -> None:
    layout = recognised(blocks_of_lines("Blast hits Dorra market\n\nTwo dead as police search for suspects\n\nA bomb went off on Monday."))
    assert layout.title == "Blast hits Dorra market"
    assert layout.paragraphs == ("Two dead as police search for suspects", "A bomb went off on Monday.")


def test_a_headline_right_above_its_text_is_found() -> None:
    layout = recognised(blocks_of_lines("Blast hits Dorra market\nA bomb went off in the market of Dorra on Monday and killed two people."))
    assert layout.title == "Blast hits Dorra market"


def test_text_without_a_headline_has_none() -> None:
    layout = recognised(blocks_of_lines("The army said on Monday that its forces had\nretaken the town of Dorra after\nthree days."))
    assert layout.title == ""
    assert layout.paragraphs == ("The army said on Monday that its forces had retaken the town of Dorra after three days.",)


def test_markings_exercise_lines_and_labels_are_read() -> None:
    head = "EXERCISE EXERCISE EXERCISE\nTLP:AMBER\nTitle: Blast in Dorra\nDate: 3 March 2026\nAuthor: Ana Reyes"
    text = f"{head}\n\nA bomb went off.\n\nTLP:AMBER\n© 2026 Harbour Post"
    layout = recognised(blocks_of_lines(text))
    assert layout.exercise
    assert layout.marking == "AMBER"
    assert layout.title == "Blast in Dorra"
    assert layout.byline == "Ana Reyes"
    assert layout.paragraphs == ("A bomb went off.",)


def test_lines_after_the_text_are_peeled_off() -> None:
    text = (
        "A bomb went off in Dorra.\n\n(Reporting by Ana Reyes; Editing by Tom Field)\n\nRead online: https://harbour-post.example/a\n\nENDS"
    )
    layout = recognised(blocks_of_lines(text))
    assert layout.paragraphs == ("A bomb went off in Dorra.",)
    assert layout.url == "https://harbour-post.example/a"


def test_a_source_line_directly_below_the_text_is_found() -> None:
    layout = recognised(blocks_of_lines("A bomb went off in Dorra on Monday morning, police said.\nSource: Harbour Post"))
    assert layout.source == "Harbour Post"
    assert layout.paragraphs == ("A bomb went off in Dorra on Monday morning, police said.",)


def test_an_exercise_in_the_text_is_no_declaration() -> None:
    layout = recognised(
        blocks_of_lines("The navy began an EXERCISE off Dorra on Monday with nine ships from three states.\n\nIt ends on Friday.")
    )
    assert not layout.exercise
    assert len(layout.paragraphs) == 2


def test_wrapped_lines_are_joined_and_meant_breaks_kept() -> None:
    text = (
        "The army said on Monday that its forces had taken the town of Dorra,\n"
        "which rebels had held for a year, and that the US-\n"
        "backed militia had left.\n"
        "The rebels denied it and said that their men still stood in the town.\n"
        "- first list entry\n"
        "- second list entry"
    )
    assert recognised(blocks_of_lines(text)).paragraphs == (
        "The army said on Monday that its forces had taken the town of Dorra, which rebels had held for a year, and that the US-backed"
        " militia had left.",
        "The rebels denied it and said that their men still stood in the town.",
        "- first list entry",
        "- second list entry",
    )


def test_long_lines_are_paragraphs() -> None:
    line = "The army said on Monday that its forces had taken the town of Dorra " * 3
    assert len(recognised(blocks_of_lines(f"{line}\n{line}\n{line}")).paragraphs) == 3


def test_a_date_below_a_byline_with_a_desk_is_read() -> None:
    layout = recognised(blocks_of_lines("Blast hits Dorra market\nBy Felix Reyes, English desk\n3 March 2026\n\nA bomb went off."))
    assert layout.byline == "Felix Reyes, English desk"
    assert [dated.words for dated in layout.dates] == ["3 March 2026"]
    assert layout.paragraphs == ("A bomb went off.",)


@pytest.mark.parametrize("heading", [True, False])
def test_a_masthead_hides_neither_headline_nor_date(heading: bool) -> None:
    lines = ("The Dorra Courier", "Blast hits market as patrols leave", "3 March 2026", "A bomb went off on Monday.")
    layout = recognised([Block((line,), heading=heading and number == 1) for number, line in enumerate(lines)])
    assert (layout.masthead, layout.title) == ("The Dorra Courier", "Blast hits market as patrols leave")
    assert [dated.words for dated in layout.dates] == ["3 March 2026"]
    assert layout.paragraphs == ("A bomb went off on Monday.",)


def test_a_masthead_with_its_date_on_one_line_is_read() -> None:
    layout = recognised(blocks_of_lines("The Dorra Courier | Tuesday, 3 March 2026 | No. 14\n\nBlast hits market\n\nA bomb went off."))
    assert (layout.masthead, layout.title) == ("The Dorra Courier", "Blast hits market")
    assert [dated.words for dated in layout.dates] == ["Tuesday, 3 March 2026"]


@pytest.mark.parametrize(
    "title", ["Dorra Post Bombed At Dawn Again, Ten Dead", "Rebels raid Dorra Post", "Rebels Seize Radio Station", "Storm"]
)
def test_a_headline_with_the_word_of_an_outlet_stays_one(title: str) -> None:
    layout = recognised(blocks_of_lines(f"{title}\n\nArmy says no one was hurt\n\nShells fell on Monday.\n\nIt left the town at noon."))
    assert layout.title == title
    assert layout.masthead == ""


@pytest.mark.parametrize(
    "line",
    [
        "Read online: https://post.example/a",
        "View this story in your browser <https://post.example/a>",
        "Web version: https://post.example/a",
    ],
)
def test_the_way_to_the_page_is_no_text_wherever_it_stands(line: str) -> None:
    layout = recognised(blocks_of_lines(f"A bomb went off in Dorra.\n\n{line}\n\nThe road was closed until noon, police said."))
    assert layout.paragraphs == ("A bomb went off in Dorra.", "The road was closed until noon, police said.")
    assert layout.url == "https://post.example/a"


def test_a_sentence_that_ends_in_an_address_stays() -> None:
    line = "Read online what the ministry published in March: https://post.example/a"
    assert recognised(blocks_of_lines(f"A bomb went off in Dorra.\n\n{line}\n\nThe road was closed.")).paragraphs[1] == line


def test_a_credit_line_names_the_agency() -> None:
    layout = recognised(blocks_of_lines("A bomb went off in Dorra.\n\nCredit: Kestrel News\n\nRead online: https://post.example/a"))
    assert (layout.wire, layout.paragraphs) == ("Kestrel News", ("A bomb went off in Dorra.",))


@pytest.mark.parametrize(
    ("title", "running"),
    [
        ("Situation, Facts and Events", True),
        ("Daily Security Brief No. 14", True),
        ("Situation report: flood in Dorra", False),
        ("Threat to Dorra", False),
        ("Security", False),
    ],
)
def test_running_titles(title: str, running: bool) -> None:
    assert is_running_title(title) is running


def test_titles_are_the_same_with_or_without_the_site() -> None:
    assert same_title("Blast hits Dorra", "Blast hits Dorra | Harbour Post")
    assert not same_title("Blast", "Blast hits Dorra market, two dead")
    assert not same_title("", "Blast")


@given(st.lists(st.lists(st.text(max_size=200), max_size=5), max_size=10))
def test_no_body_word_is_lost_or_invented(texts: list[list[str]]) -> None:
    layout = recognised([Block(tuple(lines)) for lines in texts])
    given_letters = "".join("".join(lines) for lines in texts)
    for paragraph in layout.paragraphs:
        assert all(letter in given_letters or letter == " " for letter in paragraph)
