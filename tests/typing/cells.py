"""Checked, not run: events that are told apart by a property of any name."""

from __future__ import annotations

from typing import assert_type

import notebook
from notebook import models


def a_union_is_narrowed_by_its_discriminator(client: notebook.Notebook) -> None:
    with client.beta.runs.stream(notebook="n") as stream:
        for event in stream:
            if event.cell_event == "cell.printed":
                assert_type(event, models.CellPrinted)
                assert_type(event.text, str)
            elif event.cell_event == "<unknown>":
                assert_type(event, models.UnknownEvent)
                assert_type(event.name, str)
            else:
                assert_type(event, models.CellEnded)


def an_unknown_one_is_one_of_all(event: models.UnknownEvent) -> notebook.UnknownEvent:
    return event
