"""XML: text here, whatever its schemas say."""

from __future__ import annotations

from typing import Final

from sdkgen.diagnostics import Diagnostics
from sdkgen.lower.shapes import Shapes
from sdkgen.source.document import Document

BODY: Final = "XML, as text or bytes."
"""What is said of the argument that is a body in XML."""


class Xml:
    """Says once of a document that schemas of XML are not modelled."""

    def __init__(self, document: Document, shapes: Shapes, diagnostics: Diagnostics) -> None:
        self._document = document
        self._shapes = shapes
        self._diagnostics = diagnostics
        self._said = False

    def found(self, media_type: str, pointer: str) -> None:
        """Take notice of XML.

        Args:
            media_type: What it is called.
            pointer: Where its Media Type Object is.
        """
        shape = self._shapes.at(f"{pointer}/schema")
        if self._said or shape is None or not shape.properties:
            return
        self._said = True
        self._diagnostics.warning(
            "MediaType/Xml",
            f"No models are made for `{media_type}`: bodies and answers in XML are text, and "
            "where JSON is offered beside it, JSON is taken.",
            self._document.locate(pointer, key=True),
            hint="Declare `application/json` beside it, if the server takes and gives that.",
        )
