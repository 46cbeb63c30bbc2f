"""The references of a document, and what becomes of them when their targets move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sdkgen.source.grammar import SECTIONS, reference
from sdkgen.text import pointers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sdkgen.diagnostics import Diagnostics
    from sdkgen.source.document import Origins
    from sdkgen.source.grammar import Place
    from sdkgen.source.places import Target


@dataclass(slots=True)
class Link:
    """One reference: where the string stands, what kind of object it names, and which."""

    kind: str
    file: str
    pointer: str
    holder: dict[str, Any]
    key: str
    target: Target | None = None


def links(file: str, place: Place) -> Iterator[Link]:
    """The references that one object makes."""
    kind, pointer, value, *_ = place
    if kind in SECTIONS and reference(value) is not None:
        yield Link(kind, file, f"{pointer}/$ref", value, "$ref")
    if kind == "schema" and isinstance(value, dict):
        discriminator = value.get("discriminator")
        mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
        if isinstance(mapping, dict):
            for name in [name for name in mapping if isinstance(mapping[name], str)]:
                below = f"{pointer}/discriminator/mapping/{pointers.escape(name)}"
                yield Link(kind, file, below, mapping, name)


def settle(places: Iterable[Place], root: Any, origins: Origins, diagnostics: Diagnostics) -> None:
    """Let references follow what normalisation has moved; take away those to what it left out.

    Args:
        places: All objects of the tree.
        root: The tree.
        origins: Knows what was moved.
        diagnostics: Takes references to what was left out.
    """
    for place in places:
        for link in links("", place):
            written: str = link.holder[link.key]
            target = origins.settled(written[1:])
            try:
                pointers.get(root, target)
            except KeyError:
                if link.kind == "schema":
                    message = f"`{written}` leads to what is left out"
                    diagnostics.error("Ref/Dangling", message, origins.locate(link.pointer))
                    del link.holder[link.key]
            else:
                link.holder[link.key] = f"#{target}"
