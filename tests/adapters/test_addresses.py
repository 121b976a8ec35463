"""Addresses of this computer and of elsewhere, as they are typed."""

import pytest

from memory.adapters.addresses import address_elsewhere, address_here, is_private
from memory.errors import InvalidInput


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://models.example.com/v1", "https://models.example.com/v1"),
        ("https://models.example.com/v1/", "https://models.example.com/v1"),
        (" https://models.example.com ", "https://models.example.com/v1"),
        ("https://models.example.com/v1/chat/completions", "https://models.example.com/v1"),
        ("https://gateway.example/openai/v1", "https://gateway.example/openai/v1"),
        ("https://api.example/api/paas/v4", "https://api.example/api/paas/v4"),
        ("models.example.com", "https://models.example.com/v1"),
        ("models.example.com:8443/v1", "https://models.example.com:8443/v1"),
        ("192.168.1.5:8080", "http://192.168.1.5:8080/v1"),
        ("http://10.1.2.3:8080", "http://10.1.2.3:8080/v1"),
        ("http://localhost:4000", "http://localhost:4000/v1"),
        ("http://127.0.0.1:4000/v1", "http://127.0.0.1:4000/v1"),
        ("http://[::1]:4000", "http://[::1]:4000/v1"),
        ("http://[fd00::5]:4000", "http://[fd00::5]:4000/v1"),
        ("http://box:8080", "http://box:8080/v1"),
        ("http://box.local", "http://box.local/v1"),
        ("http://box.lan", "http://box.lan/v1"),
        ("http://gpu.corp.internal", "http://gpu.corp.internal/v1"),
        ("http://box.home.arpa", "http://box.home.arpa/v1"),
    ],
)
def test_an_address_elsewhere_is_taken_as_it_is_meant(typed: str, address: str) -> None:
    """With the version of its interface, and without what comes behind it; one that was read once
    stays as it is."""
    assert address_elsewhere(typed) == address
    assert address_elsewhere(address) == address


@pytest.mark.parametrize(
    "typed",
    [
        "http://models.example.com/v1",
        "http://8.8.8.8/v1",
        "http://[2001:4860:4860::8888]/v1",
        "http://[::ffff:8.8.8.8]/v1",
        "http://134744072/v1",
        "http://0x8080808/v1",
        "http://models.localhost.example/v1",
        "http://local.example/v1",
        "http://.local/v1",
        "http://models.example%2f.local/v1",
        "http://models.example%00.local/v1",
        "http://models.example;.local/v1",
        "http://models.example\\.local/v1",
    ],
)
def test_others_could_read_along_without_encryption(typed: str) -> None:
    """Nothing is sent to such an address."""
    with pytest.raises(InvalidInput, match="https"):
        address_elsewhere(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "https://",
        "ftp://models.example",
        "https://me:secret@models.example/v1",
        "https://secret@models.example/v1",
        "https://models.example/v1?key=secret",
        "https://models.example/v1#secret",
        "https://models.example:99999",
        "https://models.example:0",
        "https://models.example:port",
        "https://mod els.example",
        "https://models.example/\nv1",
        "https://[::1",
    ],
)
def test_an_address_has_no_key_and_is_one(typed: str) -> None:
    """It is stored."""
    with pytest.raises(InvalidInput, match="not an address"):
        address_elsewhere(typed)


def test_an_address_of_here_is_of_here_alone() -> None:
    """Private ones are other computers', too."""
    assert address_here("127.0.0.1:8080/v1") == "http://127.0.0.1:8080"
    assert address_here("localhost:8080") == "http://localhost:8080"
    assert is_private("192.168.1.5")
    with pytest.raises(InvalidInput, match="not this computer"):
        address_here("http://192.168.1.5:8080")
    with pytest.raises(InvalidInput, match="not this computer"):
        address_here("https://models.example.com/v1")
