"""A recorder with a token endpoint: OAuth 2.0 client credentials, RFC 6749, section 4.4."""

from __future__ import annotations

import asyncio
import base64
import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, unquote_plus

from servers.recording import Recorder, Request

CLIENT = ("me", "s3cret:%/+")


@dataclass(slots=True)
class TokenServer(Recorder):
    """Hands out tokens, and lets in who has the last one.

    Attributes:
        endpoint: The path of the token endpoint.
        lifetime: What is said of a token's life.
        ways: The ways in which clients may say who they are.
        failures: What the token endpoint answers before all is well again.
        said: The forms that the token endpoint was sent, the last at the end.
        token: The token that lets in.
        revoked: How many tokens will be good for nothing from the start.
    """

    endpoint: str = "/v1/oauth/token"
    lifetime: Any = 3600
    ways: tuple[str, ...] = ("basic", "form")
    failures: list[tuple[int, bytes]] = field(default_factory=list)
    said: list[dict[str, str]] = field(default_factory=list)
    token: str = ""
    revoked: int = 0

    async def answer(self, request: Request) -> tuple[int, bytes]:
        if request.path == self.endpoint:
            return await self._grant(request)
        if "/granted" in request.path and request.header("authorization") != f"Bearer {self.token}":
            return 401, b"this token is not good (any more)"
        return 204, b""

    async def _grant(self, request: Request) -> tuple[int, bytes]:
        assert request.header("content-type") == "application/x-www-form-urlencoded"
        form = {name: value for name, (value,) in parse_qs(request.body.decode()).items()}
        self.said.append(form)
        await asyncio.sleep(0.05)  # long enough for others to ask as well, if they do
        if self.failures:
            return self.failures.pop(0)
        if form["grant_type"] != "client_credentials" or self._who(request, form) != CLIENT:
            said = {"error": "invalid_client", "error_description": "Who are you?"}
            return 401, json.dumps(said).encode()
        self.token = f"token-{len(self.said)}"
        said = {"access_token": self.token, "token_type": "bearer", "expires_in": self.lifetime}
        if self.revoked:
            self.revoked -= 1
            self.token = ""
        return 200, json.dumps(said).encode()

    def _who(self, request: Request, form: dict[str, str]) -> tuple[str, ...]:
        if "client_secret" in form:
            given = (form["client_id"], form["client_secret"])
            return given if "form" in self.ways else ()
        kind, _, pair = (request.header("authorization") or "").partition(" ")
        assert kind == "Basic"
        given_pair = base64.b64decode(pair).decode().split(":")
        return tuple(map(unquote_plus, given_pair)) if "basic" in self.ways else ()
