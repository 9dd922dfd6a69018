"""Wire copy and reprints: one origin, however many outlets print it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from newsroom import news

from briefing.models import independent_publishers
from briefing.stories.reprints import origins, reprint_pairs, shared
from briefing.stories.words import shingles

TEXT = (
    "Coast guards boarded a freighter off Lomar on Tuesday and found crates of ammunition under a load of onions. "
    "The captain said that he had been paid in cash by a man he did not know. A court in Kestra will hear the case in April."
)
OTHER = (
    "Ammunition was found aboard a ship near Lomar, customs officers told this newspaper. The crew of nine was brought ashore and "
    "questioned through the night, while divers inspected the hull for further packages."
)


def test_a_reprint_is_found_and_verified_by_text():
    documents = [
        news("a", "Freighter boarded", TEXT),
        news("b", "Ship with ammunition stopped off Lomar", "LOMAR: " + TEXT.replace("Tuesday", "Tuesday night")),
        news("c", "Ammunition aboard", OTHER),
    ]
    assert reprint_pairs(documents, 0.8) == [(0, 1)]


def test_a_text_cut_short_shares_all_it_has():
    assert shared(shingles(TEXT), shingles(TEXT[:110])) > 0.9
    assert shared(shingles(TEXT), shingles(OTHER)) == 0.0
    assert shared(shingles("police said on Monday that"), shingles("police said on Monday that")) == 0.0, "too short to tell"


def test_origin_by_text_agency_owner_and_duplicate():
    documents = [
        news("wire", "Freighter boarded", TEXT, outlet="Coast Wire"),
        news("copy", "Freighter stopped", TEXT + " (Coast Wire)", outlet="Delta Post", wire="Coast Wire"),
        news("silent", "Guards find ammunition", "From our desk. " + TEXT, outlet="Hill Tribune"),
        news("own", "Ammunition aboard", OTHER, outlet="Orven Gazette"),
        news("again", "Ammunition aboard (repeat)", "x", outlet="Lake Daily", duplicate_of="own"),
    ]
    found = origins(documents, 0.8)
    assert found == {"wire": "Coast Wire", "copy": "Coast Wire", "silent": "Coast Wire", "own": "Orven Gazette", "again": "Orven Gazette"}
    assert independent_publishers((d.source.owner, found[d.id]) for d in documents) == ("Coast Wire", "Orven Gazette")


def test_an_outlet_with_its_own_report_counts_beside_the_wire_it_also_prints():
    assert independent_publishers([("A", "A"), ("A", "Wire"), ("B", "Wire")]) == ("A", "B")
    assert independent_publishers([("A", "A"), ("A", "Wire")]) == ("A",)
    assert independent_publishers([("A", "Wire"), ("B", "Wire"), ("C", "Wire")]) == ("A",)
    assert independent_publishers([]) == ()


@given(st.lists(st.tuples(st.sampled_from("ABCDE"), st.sampled_from("VWXYZ")), max_size=20))
def test_no_more_publishers_than_owners_or_origins(reports):
    counted = independent_publishers(reports)
    assert len(counted) <= min(len({owner for owner, _ in reports}), len({origin for _, origin in reports}))
    assert len(counted) == len(set(counted))
    assert bool(counted) == bool(reports)
    assert len(independent_publishers(reversed(reports))) == len(counted)
