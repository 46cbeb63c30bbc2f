"""Operations to methods: their arguments, their bodies, and how they answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sdkgen.config import Config
from sdkgen.diagnostics import Diagnostics, suggestion
from sdkgen.ir import api
from sdkgen.lower import argument_names, names, security
from sdkgen.lower.answers import Answers
from sdkgen.lower.bodies import Bodies, preferred
from sdkgen.lower.events import Streams
from sdkgen.lower.given import GivenNames
from sdkgen.lower.parameters import Parameters, route
from sdkgen.lower.placed import Placed
from sdkgen.lower.plans import Plans, StreamPlan
from sdkgen.lower.schemas import Schemas
from sdkgen.lower.servers import Servers
from sdkgen.lower.shapes import is_component
from sdkgen.lower.silences import Silences
from sdkgen.lower.styles import Styles
from sdkgen.lower.switches import Switches
from sdkgen.lower.xml import Xml
from sdkgen.source.document import Document, OperationNode
from sdkgen.text.pointers import escape


class Operations:
    """Lowers the operations of a document."""

    def __init__(
        self,
        document: Document,
        diagnostics: Diagnostics,
        *,
        schemas: Schemas,
        given: GivenNames,
        streams: Streams,
        plans: Plans,
        schemes: tuple[api.SecurityScheme, ...],
        servers: Servers,
        config: Config,
    ) -> None:
        self._document = document
        self._schemas = schemas
        self._given = given
        self._streams = streams
        self._plans = plans
        self._servers = servers
        self._requirements = security.Requirements(document, config, schemes, diagnostics)
        self._config = config
        self._diagnostics = diagnostics
        styles = Styles(document, schemas, diagnostics)
        self._parameters = Parameters(document, diagnostics, schemas=schemas, styles=styles)
        self._switches = Switches(schemas)
        self._silences = Silences(document, plans, self._switches, diagnostics)
        xml = Xml(document, schemas.shapes, diagnostics)
        self._answers = Answers(document, schemas, diagnostics, xml)
        self._bodies = Bodies(document, diagnostics, schemas=schemas, styles=styles, xml=xml)

    def operation(self, placed: Placed) -> api.Operation | None:
        """The method or methods of an operation; None where an error leaves nothing to call."""
        node = placed.node
        plan = self._plans.plan(node, placed.configured)
        self._silences.warn_of_media_types(node, plan)
        stream = None
        if plan is not None:
            stream = self._streams.stream(plan, placed.hint, node.called)
        answers = self._answers.of(node, placed.hint, plan)
        if plan is not None and stream is None and not answers.returns:
            return None
        body, members = self._bodies.of(node, placed.hint)
        parameters, whole = argument_names.told_apart(
            (*self._parameters.of(node, placed.hint), *members),
            body.whole if body is not None else None,
            placed.configured.arguments if placed.configured is not None else {},
        )
        self._given.check_arguments(parameters, placed.configured)
        dual = stream is not None and bool(answers.returns)
        switch = None
        if plan is None:
            self._silences.warn(node, parameters)
        elif stream is not None:
            switch = self._switches.find(plan, parameters, dual=dual)
            if switch is None:
                self._warn_of_no_switch(node, plan, parameters, whole, dual=dual)
            else:
                parameters = tuple(one for one in parameters if one.name != switch.parameter.name)
            if plan.settings.resume is None:
                stream = replace(stream, resumable=any(map(_is_last_event_id, parameters)))
        operation = node.operation
        return api.Operation(
            name=placed.method,
            stream_name=placed.stream if dual else None,
            method=node.method,
            path=route(node.path),
            parameters=parameters,
            body=body and replace(body, whole=whole),
            returns=answers.returns,
            raises=answers.raises,
            stream=stream,
            switch=switch,
            params=self._params(placed, plan) if dual and switch is not None else None,
            security=self._requirements.of(operation.security, f"{node.pointer}/security"),
            servers=self._servers.of_operation(node.pointer),
            summary=operation.summary,
            description=operation.description,
            deprecated=bool(operation.deprecated),
        )

    def _warn_of_no_switch(
        self,
        node: OperationNode,
        plan: StreamPlan,
        parameters: Iterable[api.Parameter],
        whole: api.Parameter | None,
        *,
        dual: bool,
    ) -> None:
        """Say what is probably wrong where no argument asks for the stream."""
        self._check_switch(node, plan, parameters)
        if not dual or plan.switch is None:
            return
        if whole is not None:
            self._silences.warn_of_body(node, plan.switch, whole)
        elif plan.switch_at is None:
            self._silences.warn_of_likely_switch(node, parameters)

    def _check_switch(
        self, node: OperationNode, plan: StreamPlan, parameters: Iterable[api.Parameter]
    ) -> None:
        """Say so where what is to ask for the stream is no argument that can."""
        if plan.switch_at is None:
            return
        value = plan.switch_value
        types = {one.wire: one.type for one in parameters}
        if plan.switch in types:
            values = self._switches.choices(types[plan.switch])
            texts = [one for one in values if isinstance(one, str)]
            hint = suggestion(value, texts) if isinstance(value, str) else None
            what = "is no boolean" if value is True else f"is never `{value}`"
        else:
            asking = [one for one in types if self._switches.can_be(types[one], value)]
            hint = suggestion(plan.switch or "", asking)
            what = "does not exist"
        self._diagnostics.error(
            "Streaming/UnknownParameter",
            f"The argument `{plan.switch}`, which is to ask {node.called} for its stream, {what}.",
            plan.switch_at,
            hint=hint
            or "Name a boolean of the body, the query or the headers, or another argument and its "
            "`stream_value`.",
        )

    def _params(self, placed: Placed, plan: StreamPlan | None) -> str:
        """The name for the types of the arguments of a method with a switch."""
        if plan is not None and plan.params is not None:
            return names.pascal(plan.params)
        node = placed.node
        if node.body is not None and node.body.value.content:
            media_type = preferred(node.body.value.content)[0]
            media = f"{node.body.pointer}/content/{escape(media_type)}"
            if "schema" in self._document.mapping_at(media):
                found = self._document.resolve(f"{media}/schema").pointer
                if is_component(found):
                    return f"{self._schemas.name_of(found, placed.hint)}Params"
                if said := self._schemas.hints.said(found):
                    return f"{said}Params"
        if placed.configured is not None and placed.configured.streaming is not None:
            self._diagnostics.warning(
                "Streaming/CannotInferParamsName",
                "No model name, $ref or `params_type_name` says what the types of the arguments "
                f"of {node.called} are to be called: they are "
                f"`{placed.hint}ParamsStreaming` and `{placed.hint}ParamsNonStreaming`.",
                self._config.locate(placed.configured.streaming.pointer),
                hint="Name them: params_type_name: a_descriptive_name",
            )
        return f"{placed.hint}Params"


def _is_last_event_id(parameter: api.Parameter) -> bool:
    return parameter.place == "header" and parameter.wire.lower() == "last-event-id"
