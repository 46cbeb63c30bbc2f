"""What ASP.NET Core exports where an endpoint sends events: its own object for one of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sdkgen.lower.alternatives import Alternative

_SENT_AS: Final = {"data": "data", "eventType": "event", "eventId": "id"}
"""The properties of .NET's `SseItem<T>`, and the fields as which they are sent."""

_INTERVAL: Final = "reconnectionInterval"
"""The one that is left: a text to .NET, and milliseconds in what is sent, as `retry`."""


def as_event(alternative: Alternative) -> Alternative:
    """The event that an `SseItem<T>` is sent as; any other schema, as it is."""
    shape = alternative.shape
    if shape is None or shape.properties.keys() != {*_SENT_AS, _INTERVAL}:
        return alternative
    said = {key: value for key, value in alternative.schema.items() if key != "required"}
    properties = {field: shape.properties[name] for name, field in _SENT_AS.items()}
    required = frozenset(field for name, field in _SENT_AS.items() if name in shape.required)
    event = replace(shape, properties=properties, required=required)
    # Elsewhere, the definition is the object itself: the event is one of its own.
    return replace(alternative, schema=said, shape=event, whole=False)
