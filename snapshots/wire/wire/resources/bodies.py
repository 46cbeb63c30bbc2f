# Written by sdkgen 0.1.0. Changes made here are lost: regenerate instead.

"""The `bodies` part of the API."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Unpack

from .. import _runtime as rt
from .. import models as m
from .. import params as p

_JSON: rt.Operation[None] = rt.Operation(
    "POST", "/json", returns=(rt.empty("204"),), body=rt.Body("application/json")
)
_OPTIONAL: rt.Operation[None] = rt.Operation(
    "POST", "/optional", returns=(rt.empty("204"),), body=rt.Body("application/json", optional=True)
)
_REQUIRED: rt.Operation[None] = rt.Operation(
    "POST", "/required", returns=(rt.empty("204"),), body=rt.Body("application/json")
)
_UNION: rt.Operation[None] = rt.Operation(
    "POST", "/union", returns=(rt.empty("204"),), body=rt.Body("application/json")
)
_ARRAY: rt.Operation[None] = rt.Operation(
    "POST", "/array", returns=(rt.empty("204"),), body=rt.Body("application/json")
)
_PRIMITIVE: rt.Operation[None] = rt.Operation(
    "POST", "/primitive", returns=(rt.empty("204"),), body=rt.Body("application/json")
)
_PATCH: rt.Operation[None] = rt.Operation(
    "POST", "/patch", returns=(rt.empty("204"),), body=rt.Body("application/merge-patch+json")
)
_FORM: rt.Operation[None] = rt.Operation(
    "POST",
    "/form",
    returns=(rt.empty("204"),),
    body=rt.Body(
        "application/x-www-form-urlencoded",
        styles={
            "joined": rt.Style("form", explode=False),
            "pipes": rt.Style("pipeDelimited", explode=False),
            "deep": rt.Style("deepObject"),
            "exploded": rt.Style("form", explode=True),
            "reserved": rt.Style("form", explode=True, reserved=True),
        },
        parts={"json_tags": "application/json"},
    ),
)
_PARTS: rt.Operation[None] = rt.Operation(
    "POST",
    "/parts",
    returns=(rt.empty("204"),),
    body=rt.Body(
        "multipart/form-data",
        styles={"joined": rt.Style("form", explode=False), "deep": rt.Style("deepObject")},
        parts={
            "quoted": "application/json",
            "markdown": "text/markdown",
            "either": "image/png, image/jpeg",
            "note": "application/json",
            "picture": "image/png",
        },
    ),
)
_HEADED: rt.Operation[None] = rt.Operation(
    "POST",
    "/headed",
    returns=(rt.empty("204"),),
    body=rt.Body(
        "multipart/form-data",
        styles={"pair": rt.Style("form", explode=False)},
        headers={
            "text": {"X-Constant": "a b", "X-Enum": "7", "X-Default": "true"},
            "pair": {"X-Constant": "c"},
            "file": {"X-Constant": "c"},
        },
    ),
)
_MIXED: rt.Operation[None] = rt.Operation(
    "POST", "/mixed", returns=(rt.empty("204"),), body=rt.Body("multipart/mixed")
)
_BYTES: rt.Operation[None] = rt.Operation(
    "POST", "/bytes", returns=(rt.empty("204"),), body=rt.Body("application/octet-stream")
)
_IMAGES: rt.Operation[None] = rt.Operation(
    "POST", "/images", returns=(rt.empty("204"),), body=rt.Body("image/png", others=("image/jpeg",))
)
_TEXT: rt.Operation[None] = rt.Operation(
    "POST", "/text", returns=(rt.empty("204"),), body=rt.Body("text/markdown")
)
_XML: rt.Operation[None] = rt.Operation(
    "POST", "/xml", returns=(rt.empty("204"),), body=rt.Body("application/xml")
)
_SEVERAL: rt.Operation[None] = rt.Operation(
    "POST",
    "/several",
    returns=(rt.empty("204"),),
    body=rt.Body(
        "application/json", others=("multipart/form-data", "application/x-www-form-urlencoded")
    ),
)


class Bodies:
    """The `bodies` part of the API."""

    def __init__(self, transport: rt.Transport) -> None:
        self._transport = transport

    def json(
        self,
        *,
        text: str,
        secret: str | rt.Unset = rt.UNSET,
        at: datetime | rt.Unset = rt.UNSET,
        range: m.Range | p.RangeParam | rt.Unset = rt.UNSET,
        parent: str | None | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``POST /json``"""
        return self._transport.send(
            _JSON,
            rt.Arguments(
                body={"text": text, "secret": secret, "at": at, "range": range, "parent": parent}
            ),
            **options,
        )

    def optional(
        self, *, text: str | rt.Unset = rt.UNSET, **options: Unpack[rt.RequestOptions]
    ) -> None:
        """``POST /optional``"""
        return self._transport.send(_OPTIONAL, rt.Arguments(body={"text": text}), **options)

    def required(
        self, *, text: str | rt.Unset = rt.UNSET, **options: Unpack[rt.RequestOptions]
    ) -> None:
        """``POST /required``"""
        return self._transport.send(_REQUIRED, rt.Arguments(body={"text": text}), **options)

    def union(
        self,
        *,
        body: m.Range | p.RangeParam | m.Search | p.SearchParam,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``POST /union``"""
        return self._transport.send(_UNION, rt.Arguments(body=body), **options)

    def array(
        self,
        *,
        body: Sequence[m.Range | p.RangeParam] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``POST /array``"""
        return self._transport.send(_ARRAY, rt.Arguments(body=body), **options)

    def primitive(self, *, body: str | int | None, **options: Unpack[rt.RequestOptions]) -> None:
        """``POST /primitive``"""
        return self._transport.send(_PRIMITIVE, rt.Arguments(body=body), **options)

    def patch(
        self,
        *,
        from_: int | rt.Unset = rt.UNSET,
        to: int | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``POST /patch``"""
        return self._transport.send(_PATCH, rt.Arguments(body={"from": from_, "to": to}), **options)

    def form(
        self,
        *,
        text: str | rt.Unset = rt.UNSET,
        flag: bool | rt.Unset = rt.UNSET,
        tags: Sequence[str] | rt.Unset = rt.UNSET,
        joined: Sequence[str] | rt.Unset = rt.UNSET,
        pipes: Sequence[str] | rt.Unset = rt.UNSET,
        json: m.Range | p.RangeParam | rt.Unset = rt.UNSET,
        deep: m.Search | p.SearchParam | rt.Unset = rt.UNSET,
        exploded: m.Range | p.RangeParam | rt.Unset = rt.UNSET,
        json_tags: Sequence[str] | rt.Unset = rt.UNSET,
        reserved: str | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``POST /form``"""
        return self._transport.send(
            _FORM,
            rt.Arguments(
                body={
                    "text": text,
                    "flag": flag,
                    "tags": tags,
                    "joined": joined,
                    "pipes": pipes,
                    "json": json,
                    "deep": deep,
                    "exploded": exploded,
                    "json_tags": json_tags,
                    "reserved": reserved,
                }
            ),
            **options,
        )

    def parts(
        self,
        *,
        text: str,
        count: int | rt.Unset = rt.UNSET,
        flag: bool | rt.Unset = rt.UNSET,
        day: date | rt.Unset = rt.UNSET,
        tags: Sequence[str] | rt.Unset = rt.UNSET,
        joined: Sequence[str] | rt.Unset = rt.UNSET,
        note: m.Range | p.RangeParam | rt.Unset = rt.UNSET,
        notes: Sequence[m.Range | p.RangeParam] | rt.Unset = rt.UNSET,
        deep: m.Range | p.RangeParam | rt.Unset = rt.UNSET,
        quoted: str | rt.Unset = rt.UNSET,
        markdown: str | rt.Unset = rt.UNSET,
        file: rt.File | rt.Unset = rt.UNSET,
        files: Sequence[rt.File] | rt.Unset = rt.UNSET,
        picture: rt.File | rt.Unset = rt.UNSET,
        either: rt.File | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``POST /parts``"""
        return self._transport.send(
            _PARTS,
            rt.Arguments(
                body={
                    "text": text,
                    "count": count,
                    "flag": flag,
                    "day": day,
                    "tags": tags,
                    "joined": joined,
                    "note": note,
                    "notes": notes,
                    "deep": deep,
                    "quoted": quoted,
                    "markdown": markdown,
                    "file": file,
                    "files": files,
                    "picture": picture,
                    "either": either,
                }
            ),
            **options,
        )

    def headed(
        self,
        *,
        text: str | rt.Unset = rt.UNSET,
        pair: Sequence[str] | rt.Unset = rt.UNSET,
        file: rt.File | rt.Unset = rt.UNSET,
        files: Sequence[rt.File] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``POST /headed``"""
        return self._transport.send(
            _HEADED,
            rt.Arguments(body={"text": text, "pair": pair, "file": file, "files": files}),
            **options,
        )

    def mixed(
        self, *, file: rt.File | rt.Unset = rt.UNSET, **options: Unpack[rt.RequestOptions]
    ) -> None:
        """``POST /mixed``"""
        return self._transport.send(_MIXED, rt.Arguments(body={"file": file}), **options)

    def bytes(
        self, *, body: rt.Content | rt.Unset = rt.UNSET, **options: Unpack[rt.RequestOptions]
    ) -> None:
        """``POST /bytes``"""
        return self._transport.send(_BYTES, rt.Arguments(body=body), **options)

    def images(self, *, body: rt.Content, **options: Unpack[rt.RequestOptions]) -> None:
        """``POST /images``"""
        return self._transport.send(_IMAGES, rt.Arguments(body=body), **options)

    def text(self, *, body: str | rt.Content, **options: Unpack[rt.RequestOptions]) -> None:
        """``POST /text``"""
        return self._transport.send(_TEXT, rt.Arguments(body=body), **options)

    def xml(self, *, body: str | rt.Content, **options: Unpack[rt.RequestOptions]) -> None:
        """Args:
            body: XML, as text or bytes.

        ``POST /xml``
        """
        return self._transport.send(_XML, rt.Arguments(body=body), **options)

    def several(
        self,
        *,
        prompt: str,
        image: str | rt.File | rt.Unset = rt.UNSET,
        n: int | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """Args:
            image: Where the image is, or the image itself.

        ``POST /several``
        """
        return self._transport.send(
            _SEVERAL, rt.Arguments(body={"prompt": prompt, "image": image, "n": n}), **options
        )


class AsyncBodies:
    """The `bodies` part of the API."""

    def __init__(self, transport: rt.AsyncTransport) -> None:
        self._transport = transport

    async def json(
        self,
        *,
        text: str,
        secret: str | rt.Unset = rt.UNSET,
        at: datetime | rt.Unset = rt.UNSET,
        range: m.Range | p.RangeParam | rt.Unset = rt.UNSET,
        parent: str | None | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``POST /json``"""
        return await self._transport.send(
            _JSON,
            rt.Arguments(
                body={"text": text, "secret": secret, "at": at, "range": range, "parent": parent}
            ),
            **options,
        )

    async def optional(
        self, *, text: str | rt.Unset = rt.UNSET, **options: Unpack[rt.RequestOptions]
    ) -> None:
        """``POST /optional``"""
        return await self._transport.send(_OPTIONAL, rt.Arguments(body={"text": text}), **options)

    async def required(
        self, *, text: str | rt.Unset = rt.UNSET, **options: Unpack[rt.RequestOptions]
    ) -> None:
        """``POST /required``"""
        return await self._transport.send(_REQUIRED, rt.Arguments(body={"text": text}), **options)

    async def union(
        self,
        *,
        body: m.Range | p.RangeParam | m.Search | p.SearchParam,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``POST /union``"""
        return await self._transport.send(_UNION, rt.Arguments(body=body), **options)

    async def array(
        self,
        *,
        body: Sequence[m.Range | p.RangeParam] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``POST /array``"""
        return await self._transport.send(_ARRAY, rt.Arguments(body=body), **options)

    async def primitive(
        self, *, body: str | int | None, **options: Unpack[rt.RequestOptions]
    ) -> None:
        """``POST /primitive``"""
        return await self._transport.send(_PRIMITIVE, rt.Arguments(body=body), **options)

    async def patch(
        self,
        *,
        from_: int | rt.Unset = rt.UNSET,
        to: int | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``POST /patch``"""
        return await self._transport.send(
            _PATCH, rt.Arguments(body={"from": from_, "to": to}), **options
        )

    async def form(
        self,
        *,
        text: str | rt.Unset = rt.UNSET,
        flag: bool | rt.Unset = rt.UNSET,
        tags: Sequence[str] | rt.Unset = rt.UNSET,
        joined: Sequence[str] | rt.Unset = rt.UNSET,
        pipes: Sequence[str] | rt.Unset = rt.UNSET,
        json: m.Range | p.RangeParam | rt.Unset = rt.UNSET,
        deep: m.Search | p.SearchParam | rt.Unset = rt.UNSET,
        exploded: m.Range | p.RangeParam | rt.Unset = rt.UNSET,
        json_tags: Sequence[str] | rt.Unset = rt.UNSET,
        reserved: str | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``POST /form``"""
        return await self._transport.send(
            _FORM,
            rt.Arguments(
                body={
                    "text": text,
                    "flag": flag,
                    "tags": tags,
                    "joined": joined,
                    "pipes": pipes,
                    "json": json,
                    "deep": deep,
                    "exploded": exploded,
                    "json_tags": json_tags,
                    "reserved": reserved,
                }
            ),
            **options,
        )

    async def parts(
        self,
        *,
        text: str,
        count: int | rt.Unset = rt.UNSET,
        flag: bool | rt.Unset = rt.UNSET,
        day: date | rt.Unset = rt.UNSET,
        tags: Sequence[str] | rt.Unset = rt.UNSET,
        joined: Sequence[str] | rt.Unset = rt.UNSET,
        note: m.Range | p.RangeParam | rt.Unset = rt.UNSET,
        notes: Sequence[m.Range | p.RangeParam] | rt.Unset = rt.UNSET,
        deep: m.Range | p.RangeParam | rt.Unset = rt.UNSET,
        quoted: str | rt.Unset = rt.UNSET,
        markdown: str | rt.Unset = rt.UNSET,
        file: rt.File | rt.Unset = rt.UNSET,
        files: Sequence[rt.File] | rt.Unset = rt.UNSET,
        picture: rt.File | rt.Unset = rt.UNSET,
        either: rt.File | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``POST /parts``"""
        return await self._transport.send(
            _PARTS,
            rt.Arguments(
                body={
                    "text": text,
                    "count": count,
                    "flag": flag,
                    "day": day,
                    "tags": tags,
                    "joined": joined,
                    "note": note,
                    "notes": notes,
                    "deep": deep,
                    "quoted": quoted,
                    "markdown": markdown,
                    "file": file,
                    "files": files,
                    "picture": picture,
                    "either": either,
                }
            ),
            **options,
        )

    async def headed(
        self,
        *,
        text: str | rt.Unset = rt.UNSET,
        pair: Sequence[str] | rt.Unset = rt.UNSET,
        file: rt.File | rt.Unset = rt.UNSET,
        files: Sequence[rt.File] | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """``POST /headed``"""
        return await self._transport.send(
            _HEADED,
            rt.Arguments(body={"text": text, "pair": pair, "file": file, "files": files}),
            **options,
        )

    async def mixed(
        self, *, file: rt.File | rt.Unset = rt.UNSET, **options: Unpack[rt.RequestOptions]
    ) -> None:
        """``POST /mixed``"""
        return await self._transport.send(_MIXED, rt.Arguments(body={"file": file}), **options)

    async def bytes(
        self, *, body: rt.Content | rt.Unset = rt.UNSET, **options: Unpack[rt.RequestOptions]
    ) -> None:
        """``POST /bytes``"""
        return await self._transport.send(_BYTES, rt.Arguments(body=body), **options)

    async def images(self, *, body: rt.Content, **options: Unpack[rt.RequestOptions]) -> None:
        """``POST /images``"""
        return await self._transport.send(_IMAGES, rt.Arguments(body=body), **options)

    async def text(self, *, body: str | rt.Content, **options: Unpack[rt.RequestOptions]) -> None:
        """``POST /text``"""
        return await self._transport.send(_TEXT, rt.Arguments(body=body), **options)

    async def xml(self, *, body: str | rt.Content, **options: Unpack[rt.RequestOptions]) -> None:
        """Args:
            body: XML, as text or bytes.

        ``POST /xml``
        """
        return await self._transport.send(_XML, rt.Arguments(body=body), **options)

    async def several(
        self,
        *,
        prompt: str,
        image: str | rt.File | rt.Unset = rt.UNSET,
        n: int | rt.Unset = rt.UNSET,
        **options: Unpack[rt.RequestOptions],
    ) -> None:
        """Args:
            image: Where the image is, or the image itself.

        ``POST /several``
        """
        return await self._transport.send(
            _SEVERAL, rt.Arguments(body={"prompt": prompt, "image": image, "n": n}), **options
        )
