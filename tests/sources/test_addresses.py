from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.sources.connect import refusal

OPEN = [
    "93.184.216.34",
    "8.8.8.8",
    "2606:4700::1111",
    "2a00:1450:4001:829::200e",
    "64:ff9b::808:808",  # NAT64 of 8.8.8.8
    "2002:808:808::1",  # 6to4 of 8.8.8.8
    "::ffff:8.8.8.8",
]
PRIVATE = ["127.0.0.1", "127.255.0.9", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "::1", "fd12::1", "::ffff:127.0.0.1"]
WRAPPED = ["2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "2002:c0a8:101::1"]
NEVER = [
    "169.254.169.254",
    "::ffff:169.254.169.254",
    "64:ff9b::169.254.169.254",
    "2002:a9fe:a9fe::",
    "0.0.0.0",
    "::",
    "224.0.0.1",
    "239.1.1.1",
    "255.255.255.255",
    "240.0.0.1",
    "192.88.99.1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "64:ff9b:1::1",
    "2001::1",  # Teredo
    "2001:db8::1",
    "100::1",
    "4000::1",
]


@pytest.mark.parametrize("text", OPEN)
def test_public_addresses_pass(text: str) -> None:
    assert refusal(ip_address(text)) is None


@pytest.mark.parametrize("text", PRIVATE + WRAPPED)
def test_private_addresses_pass_only_when_allowed(text: str) -> None:
    assert "private address" in (refusal(ip_address(text)) or "")
    assert refusal(ip_address(text), allow_private=True) is None


@pytest.mark.parametrize("text", NEVER)
def test_some_addresses_never_pass(text: str) -> None:
    assert refusal(ip_address(text), allow_private=True), text


@given(st.integers(0, 2**32 - 1).map(IPv4Address))
def test_wrapping_an_ipv4_address_changes_nothing(address: IPv4Address) -> None:
    allowed = refusal(address) is None
    mapped = IPv6Address(f"::ffff:{address}")
    nat64 = IPv6Address(f"64:ff9b::{address}")
    six_to_four = IPv6Address((0x2002 << 112) | (int(address) << 80))
    assert [refusal(one) is None for one in (mapped, nat64, six_to_four)] == [allowed] * 3


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_what_passes_in_ipv6_is_global_unicast_or_wraps_a_public_address(address: IPv6Address) -> None:
    if refusal(address) is None:
        assert int(address) >> 125 == 1 or address.ipv4_mapped or int(address) >> 32 == 0x64FF9B << 64
