"""What documents and configurations say of security, and which schemes can be sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final, Self

from sdkgen.config import Config, Credential
from sdkgen.diagnostics import Diagnostics, Location, suggestion
from sdkgen.lower import names
from sdkgen.source.document import Document, RefError
from sdkgen.source.grammar import TOKEN
from sdkgen.text.limits import shown
from sdkgen.text.pointers import escape

_SCHEMES: Final = "/components/securitySchemes"
_TYPES: Final = ("apiKey", "http", "mutualTLS", "oauth2", "openIdConnect")
_PLACES: Final = ("query", "header", "cookie")
_NAMED: Final = {"apiKey": ("name", "X-API-Key"), "http": ("scheme", "bearer")}
"""What schemes of a type have to say besides, and an example."""
_SCOPE: Final = re.compile(r"[\x21\x23-\x5B\x5D-\x7E]+")
"""RFC 6749, section 3.3."""
_FERN: Final = ("x-fern-bearer", "x-fern-header")
_VARIABLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Declared:
    """What the document says of security, and the configuration in its place.

    Attributes:
        schemes: By name.
        everywhere: What operations ask for that do not say it themselves.
    """

    document: Document
    config: Config
    schemes: Mapping[str, Mapping[str, Any]]
    everywhere: Any

    @classmethod
    def of(cls, document: Document, config: Config) -> Self:
        """All that is said."""
        found: dict[str, Any] = {}
        for name in document.components("securitySchemes"):
            with suppress(RefError):  # reported when the document was read
                found[name] = document.resolve(f"{_SCHEMES}/{escape(name)}").value
        found |= config.security_schemes
        said = {name: one for name, one in found.items() if isinstance(one, dict) and one}
        everywhere = document.root.get("security") if config.security is None else config.security
        return cls(document, config, said, everywhere)

    @property
    def replaced(self) -> set[str]:
        """The schemes of the document that nothing asks for any more, by the configuration."""
        if self.config.security is None:
            return set()
        own = [node.operation.security or () for node in self.document.operations]
        listed = chain(self.config.security, *own)
        asked = chain.from_iterable(one for one in listed if isinstance(one, dict))
        return self.schemes.keys() - {
            *asked,
            *self.config.credentials,
            *self.config.security_schemes,
        }

    def is_sound(self, name: str, diagnostics: Diagnostics) -> bool:
        """Whether what a scheme says can be sent; an error where it cannot."""
        flaw = _flaw(self.schemes[name])
        if flaw is not None:
            wrong, hint = flaw
            diagnostics.error(
                "Security/Scheme",
                f"The security scheme `{name}` is left out: its {wrong}.",
                self._place(name),
                hint=hint,
            )
        return flaw is None

    def given(self, name: str) -> Credential:
        """What a credential is to be called: by the configuration, or else by Fern's extensions."""
        if name in self.config.credentials:
            return self.config.credentials[name]
        said = next((one for key in _FERN if (one := self.schemes[name].get(key))), None)
        argument, env = map(said.get, ("name", "env")) if isinstance(said, dict) else (None, None)
        return Credential(
            argument if isinstance(argument, str) and names.words(argument) else None,
            env if isinstance(env, str) and _VARIABLE.fullmatch(env) else None,
        )

    def _place(self, name: str) -> Location:
        if name in self.config.security_schemes:
            return self.config.locate(f"/security_schemes/{escape(name)}")
        return self.document.locate(f"{_SCHEMES}/{escape(name)}")

    def scopes(self, name: str) -> Iterable[str]:
        """The scopes of a scheme that some operation needs."""
        for node in self.document.operations:
            own = node.operation.security
            for one in (self.everywhere if own is None else own) or ():
                listed = one.get(name) if isinstance(one, dict) else None
                for scope in listed if isinstance(listed, list) else ():
                    if isinstance(scope, str) and _SCOPE.fullmatch(scope):
                        yield scope


def _flaw(scheme: Mapping[str, Any]) -> tuple[str, str] | None:
    """What of a scheme cannot be sent, and what to write; None where all of it can.

    (OpenAPI 3.1, section 4.8.27.1.)
    """
    kind = scheme.get("type")
    flaw = _unknown(scheme, "type", _TYPES)
    if flaw is None and kind == "apiKey":
        flaw = _unknown(scheme, "in", _PLACES)
    if flaw is not None or kind not in _NAMED:
        return flaw
    key, example = _NAMED[kind]
    value = scheme.get(key)
    if not isinstance(value, str) or not value:
        return f"`{key}` is missing", f"{key}: {example}"
    if scheme.get("in") == "query" or TOKEN.fullmatch(value):
        return None
    return f"`{key}` is no name that a header can have", f"{key}: {example}"


def _unknown(scheme: Mapping[str, Any], key: str, known: Sequence[str]) -> tuple[str, str] | None:
    said = scheme.get(key)
    if said in known:
        return None
    listed = ", ".join(f"`{one}`" for one in known)
    near = suggestion(said, known) if isinstance(said, str) else None
    wrong = f"is {shown(said)}" if key in scheme else "is missing"
    return f"`{key}` {wrong}", near or f"Write one of {listed}."
