"""What holds for every test: no key, no network."""

import socket
from collections.abc import Iterator

import pytest
from hypothesis import settings

# Tests hold behaviour, not times: a busy machine makes the first example of a law slow.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

NEVER_IN_A_TEST = (
    "OPENAI_API_KEY",
    "OPENAI_BASE_URL",
    "OPENAI_ORG_ID",
    "OPENAI_PROJECT_ID",
    "OPENAI_CUSTOM_HEADERS",
)
HERE = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(scope="session", autouse=True)
def no_key_and_no_network() -> Iterator[None]:
    """Take the developer's own key away and refuse every connection that leaves this machine."""

    class Here(socket.socket):
        def connect(self, address):  # type: ignore[no-untyped-def]
            refuse(self, address)
            return super().connect(address)

        def connect_ex(self, address):  # type: ignore[no-untyped-def]
            refuse(self, address)
            return super().connect_ex(address)

    def refuse(connection: socket.socket, address: object) -> None:
        if connection.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in HERE:  # type: ignore[index]
            raise ConnectionRefusedError(f"tests use no network; this one wanted {address}")

    with pytest.MonkeyPatch.context() as patch:
        for name in NEVER_IN_A_TEST:
            patch.delenv(name, raising=False)
        patch.setattr(socket, "socket", Here)
        yield
