from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest
import yaml

from generator.reading import HEAD, document, folder, sound
from sdkgen.diagnostics import Diagnostics
from sdkgen.source import read as main
from sdkgen.source.document import is_pure_reference

if TYPE_CHECKING:
    from pathlib import Path

PATHS = HEAD + "paths: {}\n"
LONG = "what-was-not-meant-to-be-a-path-" * 20


def test_components_of_other_files_become_components(tmp_path: Path) -> None:
    read, findings = folder(
        tmp_path,
        {
            "api.yaml": PATHS + "components: {schemas: {A: {items: {$ref: 'b.yaml#/defs/B'}}}}",
            "b.yaml": "defs:\n  B: {properties: {c: {$ref: '#/defs/C'}}}\n  C: {type: string}",
        },
    )
    assert findings == []
    assert read.root["components"]["schemas"] == {
        "A": {"items": {"$ref": "#/components/schemas/B"}},
        "B": {"properties": {"c": {"$ref": "#/components/schemas/C"}}},
        "C": {"type": "string"},
    }


def test_positions_stay_those_of_the_file(tmp_path: Path) -> None:
    read, _ = folder(
        tmp_path,
        {
            "api.yaml": PATHS + "components:\n  schemas:\n    A: {items: {$ref: 'd/b.yaml#/B'}}",
            "d/b.yaml": "B:\n  properties:\n    c: {type: string}",
        },
    )
    place = str(read.locate("/components/schemas/B/properties/c/type"))
    assert place == f"{tmp_path}/d/b.yaml:3:15"
    assert str(read.locate("/components/schemas/B/properties/c", key=True)).endswith("b.yaml:3:5")
    assert str(read.locate("/components/schemas/A")).endswith("api.yaml:6:8")


def test_a_whole_file_is_named_after_it(tmp_path: Path) -> None:
    read, findings = folder(
        tmp_path,
        {
            "api.yaml": PATHS + "components: {schemas: {A: {items: {$ref: './models/Pet.yaml'}}}}",
            "models/Pet.yaml": "properties: {next: {$ref: Pet.yaml}, owner: {$ref: ../User.json}}",
            "User.json": '{"properties": {"pet": {"$ref": "models/Pet.yaml"}}}',
        },
    )
    assert findings == []
    assert read.root["components"]["schemas"] == {
        "A": {"items": {"$ref": "#/components/schemas/Pet"}},
        "Pet": {
            "properties": {
                "next": {"$ref": "#/components/schemas/Pet"},
                "owner": {"$ref": "#/components/schemas/User"},
            }
        },
        "User": {"properties": {"pet": {"$ref": "#/components/schemas/Pet"}}},
    }


def test_a_component_that_only_refers_to_a_file_is_what_stands_there(tmp_path: Path) -> None:
    read, findings = folder(
        tmp_path,
        {
            "api.yaml": PATHS
            + "components:\n  schemas:\n    Animal: {$ref: pet.yaml}\n    B: {$ref: pet.yaml}",
            "pet.yaml": "type: string",
        },
    )
    assert findings == []
    assert read.root["components"]["schemas"] == {
        "Animal": {"type": "string"},
        "B": {"$ref": "#/components/schemas/Animal"},
    }
    assert str(read.locate("/components/schemas/Animal")).endswith("/pet.yaml:1:1")
    assert str(read.locate("/components/schemas/Animal", key=True)).endswith("/api.yaml:6:5")


@pytest.mark.parametrize("names", [("A", "B"), ("B", "A")])
def test_what_several_components_refer_to_stands_at_the_first_by_name(
    names: tuple[str, str], tmp_path: Path
) -> None:
    components = "".join(f"    {name}: {{$ref: pet.yaml}}\n" for name in names)
    files = {
        "api.yaml": f"{PATHS}components:\n  schemas:\n{components}",
        "pet.yaml": "type: string",
    }
    read, findings = folder(tmp_path, files)
    assert findings == []
    assert read.root["components"]["schemas"] == {
        "A": {"type": "string"},
        "B": {"$ref": "#/components/schemas/A"},
    }


def test_a_component_that_says_more_than_its_reference_keeps_what_it_says(tmp_path: Path) -> None:
    read, findings = folder(
        tmp_path,
        {
            "api.yaml": PATHS
            + "components: {schemas: {Animal: {$ref: pet.yaml, description: Ours}}}",
            "pet.yaml": "type: string",
        },
    )
    assert findings == []
    assert read.root["components"]["schemas"] == {
        "Animal": {"$ref": "#/components/schemas/pet", "description": "Ours"},
        "pet": {"type": "string"},
    }


def test_a_path_that_only_refers_to_a_file_is_what_stands_there(tmp_path: Path) -> None:
    read, findings = folder(
        tmp_path,
        {
            "api.yaml": HEAD + "paths:\n  /users/{id}: {$ref: 'paths/user.yaml'}",
            "paths/user.yaml": """\
                parameters: [{$ref: '../parts.yaml#/id'}]
                get: {responses: {200: {$ref: '../parts.yaml#/ok'}}}
                """,
            "parts.yaml": """\
                id: {name: id, in: path, required: true, schema: {type: integer}}
                ok: {description: fine}
                """,
        },
    )
    assert findings == []
    (node,) = read.operations
    assert node.pointer == "/paths/~1users~1{id}/get"
    assert node.parameters[0].pointer == "/components/parameters/id"
    assert node.responses["200"].pointer == "/components/responses/ok"
    assert str(read.locate(node.pointer)).endswith("/paths/user.yaml:2:6")


def test_a_reference_back_to_the_main_file_is_internal(tmp_path: Path) -> None:
    read, findings = folder(
        tmp_path,
        {
            "v1/api.yaml": PATHS
            + "components: {schemas: {A: {items: {$ref: '../b.yaml#/B'}}, C: {type: string}}}",
            "b.yaml": "B: {items: {$ref: 'v1/../v1/api.yaml#/components/schemas/C'}}",
        },
    )
    assert findings == []
    schemas = read.root["components"]["schemas"]
    assert schemas["B"] == {"items": {"$ref": "#/components/schemas/C"}}
    assert list(schemas) == ["A", "C", "B"]


def test_what_stands_inside_another_component_stays_there(tmp_path: Path) -> None:
    read, _ = folder(
        tmp_path,
        {
            "api.yaml": PATHS
            + """\
components:
  schemas:
    A: {items: {$ref: 'b.yaml#/B/properties/c'}}
    D: {items: {$ref: 'b.yaml#/B'}}
""",
            "b.yaml": "B: {properties: {c: {type: string}}}",
        },
    )
    schemas = read.root["components"]["schemas"]
    assert schemas["A"] == {"items": {"$ref": "#/components/schemas/B/properties/c"}}
    assert list(schemas) == ["A", "D", "B"]


def clash(tmp_path: Path, order: tuple[str, ...], **files: str) -> dict[str, Any]:
    refs = "\n".join(f"    - {{$ref: '{name}#/Error'}}" for name in order)
    own = "    Error: {type: string}\n" if "own" in files else ""
    main = f"{PATHS}components:\n  schemas:\n{own}    All:\n      anyOf:\n"
    main += refs.replace("    -", "      -")
    (tmp_path / "x").mkdir(exist_ok=True)
    read, findings = folder(tmp_path, {"api.yaml": main, **files})
    assert findings == []
    schemas: dict[str, Any] = read.root["components"]["schemas"]
    return schemas


@pytest.mark.parametrize("order", list(permutations(["a.yaml", "b.yaml", "x/b.yaml"])))
def test_names_do_not_depend_on_the_order_of_references(
    tmp_path: Path, order: tuple[str, ...]
) -> None:
    schemas = clash(
        tmp_path,
        order,
        **{
            "a.yaml": "Error: {type: integer}",
            "b.yaml": "Error: {type: boolean}",
            "x/b.yaml": "Error: {type: number}",
        },
    )
    del schemas["All"]
    assert {name: schema["type"] for name, schema in schemas.items()} == {
        "a_Error": "integer",
        "b_Error": "boolean",
        "x_b_Error": "number",
    }


def test_names_that_are_taken_whatever_stands_in_front_get_numbers(tmp_path: Path) -> None:
    own = "".join(f"    {name}Error: {{type: string}}\n" for name in ("", "b_", "x_b_"))
    schemas = (
        f"{own}    All: {{anyOf: [{{$ref: 'x/b.yaml#/p/Error'}}, {{$ref: 'x/b.yaml#/Error'}}]}}\n"
    )
    read, findings = folder(
        tmp_path,
        {
            "api.yaml": f"{PATHS}components:\n  schemas:\n{schemas}",
            "x/b.yaml": "Error: {type: integer}\np: {Error: {type: boolean}}\n",
        },
    )
    assert findings == []
    assert read.at("/components/schemas/x_b_Error_2") == {"type": "integer"}
    assert read.at("/components/schemas/x_b_Error_3") == {"type": "boolean"}


@pytest.mark.parametrize("is_absolute", [False, True])
def test_names_do_not_depend_on_where_the_document_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, is_absolute: bool
) -> None:
    api = tmp_path / "q" / "api"
    api.mkdir(parents=True)
    monkeypatch.chdir(api.parent)
    (api.parent / "b.yaml").write_text("Error: {items: {$ref: 'api/api.yaml#/x-own'}}")
    (api / "b.yaml").write_text("Error: {type: string}")
    (api / "api.yaml").write_text(
        f"{PATHS}x-own: {{type: integer}}\n"
        "components: {schemas: {A: {items: {$ref: ../b.yaml#/Error}, not: {$ref: b.yaml#/Error}}}}"
    )
    read = main(str(api / "api.yaml") if is_absolute else "api/api.yaml", Diagnostics())
    assert read.root["components"]["schemas"] == {
        "A": {
            "items": {"$ref": "#/components/schemas/b_Error"},
            "not": {"$ref": "#/components/schemas/b_Error_2"},
        },
        "b_Error": {"items": {"$ref": "#/x-own"}},
        "b_Error_2": {"type": "string"},
    }


def test_a_component_of_the_main_file_keeps_its_name(tmp_path: Path) -> None:
    schemas = clash(tmp_path, ("a.yaml",), own="", **{"a.yaml": "Error: {type: integer}"})
    assert schemas["Error"] == {"type": "string"}
    assert schemas["a_Error"] == {"type": "integer"}


@pytest.mark.parametrize("own", [{}, {"own": ""}])
def test_equal_copies_are_one_component(tmp_path: Path, own: dict[str, str]) -> None:
    files = {"a.yaml": "Error: {type: string}", "b.yaml": "Error: {type: string}", **own}
    schemas = clash(tmp_path, ("a.yaml", "b.yaml"), **files)
    assert set(schemas) == {"All", "Error"}
    assert schemas["All"]["anyOf"] == [{"$ref": "#/components/schemas/Error"}] * 2


def test_copies_that_refer_to_something_are_not_taken_for_equal(tmp_path: Path) -> None:
    file = "Error: {{items: {{$ref: '#/Code'}}}}\nCode: {{type: {}}}"
    schemas = clash(
        tmp_path,
        ("a.yaml", "b.yaml"),
        **{"a.yaml": file.format("string"), "b.yaml": file.format("integer")},
    )
    assert schemas["a_Error"] == {"items": {"$ref": "#/components/schemas/a_Code"}}
    assert schemas["b_Error"] == {"items": {"$ref": "#/components/schemas/b_Code"}}


def test_what_is_data_is_not_a_reference() -> None:
    text = (
        PATHS
        + """\
components:
  schemas:
    A:
      example: {$ref: nowhere.yaml}
      examples: [{$ref: '#/nowhere'}]
      default: {$ref: '#/nowhere'}
      enum: [{$ref: '#/nowhere'}]
      const: {$ref: '#/nowhere'}
      x-a: {$ref: '#/nowhere'}
  x-b: {$ref: '#/nowhere'}
x-c: {schema: {$ref: '#/nowhere'}}
"""
    )
    assert sound(text).at("/components/schemas/A/default") == {"$ref": "#/nowhere"}


def test_properties_may_be_called_as_keywords_are() -> None:
    names = ("default", "example", "enum", "const", "x-a")
    properties = "".join(f"        {name}: {{$ref: '#/nowhere'}}\n" for name in names)
    text = f"{PATHS}components:\n  schemas:\n    A:\n      properties:\n{properties}"
    text += "        $ref: {type: string}\n"
    read, findings = document(text)
    assert len(findings) == len(names)
    assert read.at("/components/schemas/A/properties/$ref") == {"type": "string"}


@pytest.mark.parametrize(
    ("fragment", "pointer"),
    [
        ("/components/schemas/a~1b", "/components/schemas/a~1b"),
        ("/components/schemas/c%20d", "/components/schemas/c d"),
        ("/components/schemas/c d", "/components/schemas/c d"),
        ("/components/schemas/e~0f", "/components/schemas/e~0f"),
        ("/components/schemas/a%7E1b", "/components/schemas/a~1b"),
        ("/components/schemas/T/allOf/1", "/components/schemas/T/allOf/1"),
        (
            "/paths/~1x/get/responses/200/content/a~1b/schema",
            "/paths/~1x/get/responses/200/content/a~1b/schema",
        ),
        ("/x-models/M", "/x-models/M"),
    ],
)
def test_references_are_pointers_without_percent_encoding(fragment: str, pointer: str) -> None:
    read = sound(
        HEAD
        + f"""\
paths:
  /x: {{get: {{responses: {{200: {{content: {{a/b: {{schema: {{type: string}}}}}}}}}}}}}}
components:
  schemas:
    R: {{$ref: '#{fragment}'}}
    a/b: {{type: string}}
    c d: {{type: string}}
    e~f: {{type: string}}
    T: {{allOf: [{{}}, {{type: string}}]}}
x-models: {{M: {{type: string}}}}
"""
    )
    assert read.at("/components/schemas/R") == {"$ref": f"#{pointer}"}
    assert read.resolve("/components/schemas/R").value == {"type": "string"}
    assert read.resolve("/components/schemas/R").pointer == pointer


def test_what_only_a_reference_reaches_is_read_as_what_it_is_referred_to_as() -> None:
    read, findings = document(
        PATHS
        + """\
components: {schemas: {A: {$ref: '#/x-models/M'}}}
x-models:
  M: {type: string, nullable: true, required: true}
"""
    )
    assert read.at("/x-models/M") == {"type": ["string", "null"]}
    assert [finding.split(" `")[0] for finding in findings] == [
        "api.yaml:6:47: error Schema/Malformed:"
    ]


@pytest.mark.parametrize("written", ["T\\tb", "T\\nb", "T%09b", "T\\r#b", "\\u0001", "%01"])
def test_a_reference_may_have_any_character_of_a_key(written: str) -> None:
    key = written.replace("%09", "\\t").replace("%01", "\\u0001")
    read = sound(
        f'{PATHS}components: {{schemas: {{"{key}": {{type: string}},'
        f' R: {{$ref: "#/components/schemas/{written}"}}}}}}'
    )
    assert read.resolve("/components/schemas/R").value == {"type": "string"}


@pytest.mark.parametrize(
    ("reference", "finding"),
    [
        (
            "#/components/schemas/Pets",
            (
                "error Ref/Dangling: `#/components/schemas/Pets` leads nowhere\n"
                "  hint: did you mean `#/components/schemas/Pet`?"
            ),
        ),
        (
            "#/components/schemas/Zebra/items",
            (
                "error Ref/Dangling: `#/components/schemas/Zebra/items` leads nowhere\n"
                "  hint: there is no `Zebra` in `#/components/schemas`"
            ),
        ),
        (
            "#Pet",
            (
                "error Ref/Refused: `#Pet` is not followed:"
                " after `#` only JSON pointers are followed, no anchors"
            ),
        ),
        (
            "/etc/passwd",
            ("error Ref/Refused: `/etc/passwd` is not followed: only relative paths are read"),
        ),
        (
            "http://[x",
            "error Ref/Refused: `http://[x` is not followed: Invalid IPv6 URL",
        ),
        (
            "%2Fetc/passwd",
            ("error Ref/Refused: `%2Fetc/passwd` is not followed: only relative paths are read"),
        ),
        (
            "file:///etc/passwd",
            (
                "error Ref/Refused: `file:///etc/passwd` is not followed:"
                " only relative paths are read"
            ),
        ),
        (
            "https://a.test/b",
            ("error Ref/Refused: `https://a.test/b` is not followed: only relative paths are read"),
        ),
        (
            "C:\\a.yaml",
            ("error Ref/Refused: `C:\\a.yaml` is not followed: only relative paths are read"),
        ),
        (
            "a%00b",
            ("error Ref/Refused: `a%00b` is not followed: a path cannot have a NUL character"),
        ),
        ("no/such.yaml", "error Ref/Unreadable: `no/such.yaml`: there is no file `no/such.yaml`"),
        (LONG, f"error Ref/Unreadable: `{LONG}`: there is no file `{LONG}`"),
    ],
)
def test_a_schema_loses_a_reference_that_leads_nowhere(reference: str, finding: str) -> None:
    read, findings = document(
        f"{PATHS}components:\n  schemas:\n    Pet: {{}}\n    A: {{title: a, $ref: '{reference}'}}"
    )
    assert findings == [f"api.yaml:7:25: {finding}"]
    assert read.at("/components/schemas/A") == {"title": "a"}


def test_a_malformed_neighbour_is_reported_once_and_at_every_reference(tmp_path: Path) -> None:
    main = "components: {schemas: {A: {$ref: b.yaml}, B: {$ref: 'b.yaml#/B'}}}"
    read, findings = folder(tmp_path, {"api.yaml": PATHS + main, "b.yaml": "a: b: c"})
    where = "in this context" if yaml.__with_libyaml__ else "here"
    why = f"this is not YAML: mapping values are not allowed {where}"
    assert findings == [
        f"api.yaml:4:34: error Ref/Unreadable: `b.yaml`: {why}",
        f"api.yaml:4:53: error Ref/Unreadable: `b.yaml#/B`: {why}",
        f"b.yaml:1:5: error Source/Syntax: {why}",
    ]
    assert read.root["components"]["schemas"] == {"A": {}, "B": {}}


def test_a_document_without_a_path_has_no_neighbours() -> None:
    text = PATHS + "components: {schemas: {A: {$ref: b.yaml}}}"
    _, findings = document(text, "<stdin>")
    assert findings == [
        (
            "<stdin>:4:34: error Ref/Refused: `b.yaml` is not followed:"
            " a document without a path has no files beside it"
        )
    ]


@pytest.mark.parametrize("reference", ["../secret", "../secret#/auth", "../nowhere", "a/../../s"])
def test_what_lies_out_of_reach_is_not_read_nor_looked_for(
    reference: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("auth: s3cret")
    api = tmp_path / "api" / "api.yaml"
    api.parent.mkdir()
    api.write_text(f"{PATHS}components: {{schemas: {{A: {{$ref: '{reference}'}}}}}}")
    monkeypatch.chdir(api.parent)
    diagnostics = Diagnostics()
    assert main("api.yaml", diagnostics).at("/components/schemas/A") == {}
    assert [str(finding) for finding in diagnostics] == [
        (
            f"api.yaml:4:34: error Ref/Refused: `{reference}` is not followed: no file outside of"
            " the document's folder and the working directory is read\n"
            "  hint: run sdkgen in a folder that contains both"
        )
    ]


def test_a_link_leads_out_of_reach_no_more_than_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("auth: s3cret")
    api = tmp_path / "api" / "api.yaml"
    api.parent.mkdir()
    api.write_text(PATHS + "components: {schemas: {A: {$ref: 'beside#/auth'}}}")
    (api.parent / "beside").symlink_to(tmp_path / "secret")
    monkeypatch.chdir(api.parent)
    diagnostics = Diagnostics()
    main(str(api), diagnostics)
    (finding,) = diagnostics
    assert (finding.code, "s3cret" in str(finding)) == ("Ref/Refused", False)
    monkeypatch.chdir(tmp_path)
    diagnostics = Diagnostics()
    main(str(api), diagnostics)
    assert [finding.code for finding in diagnostics] == ["Schema/Malformed"]


def test_a_link_to_somewhere_deeper_leads_no_further_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.yaml").write_text("s3cret")
    folder = tmp_path / "specs"
    (folder / "a" / "b" / "c").mkdir(parents=True)
    (folder / "deep").symlink_to(folder / "a" / "b" / "c", target_is_directory=True)
    (folder / "api.yaml").write_text(
        PATHS + "components: {schemas: {A: {$ref: 'deep/../../secret.yaml'}}}"
    )
    monkeypatch.chdir(folder)
    diagnostics = Diagnostics()
    main("api.yaml", diagnostics)
    (finding,) = diagnostics
    assert (finding.code, "s3cret" in str(finding)) == ("Ref/Refused", False)


@pytest.mark.parametrize("written", [" #/components/schemas/B", '"#/components/schemas/B\\n"'])
def test_white_space_around_a_reference_is_no_part_of_it(written: str) -> None:
    quoted = written if written.startswith('"') else f"'{written}'"
    _, findings = document(f"{PATHS}components: {{schemas: {{A: {{$ref: {quoted}}}, B: {{}}}}}}")
    assert findings == []


def test_a_folder_that_is_reached_by_a_link_is_that_of_its_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "api").mkdir()
    (tmp_path / "api" / "api.yaml").write_text(PATHS + "components: {schemas: {A: {$ref: b.yaml}}}")
    (tmp_path / "api" / "b.yaml").write_text("type: string")
    (tmp_path / "link").symlink_to(tmp_path / "api", target_is_directory=True)
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    diagnostics = Diagnostics()
    read = main("../link/api.yaml", diagnostics)
    assert (read.at("/components/schemas/A"), list(diagnostics)) == ({"type": "string"}, [])


@pytest.mark.parametrize("length", [1, 2, 3, 99])
def test_schemas_that_only_refer_to_each_other_lose_a_reference(length: int) -> None:
    schemas = "".join(
        f"    S{n}: {{$ref: '#/components/schemas/S{(n + 1) % length}'}}\n" for n in range(length)
    )
    read, findings = document(f"{PATHS}components:\n  schemas:\n{schemas}")
    assert len(findings) == 1
    assert "error Ref/Circle: these references go in a circle" in findings[0]
    assert read.resolve("/components/schemas/S0").value == {}


def test_a_row_of_references_is_followed_to_its_end_each_of_them_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked = Mock(side_effect=is_pure_reference)
    monkeypatch.setattr("sdkgen.source.document.is_pure_reference", looked)
    schemas = "".join(f"    S{n}: {{$ref: '#/components/schemas/S{n + 1}'}}\n" for n in range(5000))
    read = sound(f"{PATHS}components:\n  schemas:\n{schemas}    S5000: {{}}")
    assert read.resolve("/components/schemas/S0").pointer == "/components/schemas/S5000"
    assert looked.call_count < 3 * 5000


def test_recursion_through_properties_is_no_circle() -> None:
    read = sound(
        PATHS + "components: {schemas: {A: {properties: {a: {$ref: '#/components/schemas/A'}}}}}"
    )
    assert read.resolve("/components/schemas/A/properties/a").pointer == "/components/schemas/A"


@pytest.mark.parametrize("place", ["/x-values/one", "/x-values/list/0"])
def test_what_is_referred_to_as_a_schema_and_is_none_allows_any_value(place: str) -> None:
    read, findings = document(
        f"{PATHS}x-values: {{one: 1, list: [text]}}\n"
        f"components: {{schemas: {{A: {{properties: {{a: {{$ref: '#{place}'}}}}}}}}}}"
    )
    assert len(findings) == 1
    assert f"5:51: error Schema/Malformed: `#{place}` is " in findings[0]
    assert read.resolve("/components/schemas/A/properties/a").value == {}


@pytest.mark.parametrize("keyword", ["required: [text]", "enum: [text]", "examples: [text]"])
def test_a_reference_to_what_is_no_schema_leaves_it_as_it_is(keyword: str) -> None:
    place = f"{keyword.partition(':')[0]}/0"
    read, findings = document(
        f"{PATHS}components:\n  schemas:\n"
        f"    A: {{$ref: '#/components/schemas/B/{place}'}}\n"
        f"    B: {{{keyword}}}\n"
    )
    assert findings == [
        (
            f"api.yaml:6:15: error Schema/Malformed: `#/components/schemas/B/{place}` is "
            '"text", and no schema; the reference is left out\n'
            "  hint: a schema is a mapping or a boolean"
        )
    ]
    assert read.at("/components/schemas/A") == {}
    assert read.at(f"/components/schemas/B/{place}") == "text"


def test_a_reference_into_a_part_of_another_file_that_is_no_schema_is_left_out(
    tmp_path: Path,
) -> None:
    schemas = "A: {$ref: b.yaml#/B}, C: {$ref: b.yaml#/B/required/0}"
    read, findings = folder(
        tmp_path,
        {
            "api.yaml": f"{PATHS}components: {{schemas: {{{schemas}}}}}",
            "b.yaml": "B: {required: [text]}",
        },
    )
    assert len(findings) == 1
    assert "error Schema/Malformed: `b.yaml#/B/required/0` is " in findings[0]
    assert read.root["components"]["schemas"] == {"A": {"required": ["text"]}, "C": {}}


@pytest.mark.parametrize("names", [("whole", "part"), ("part", "whole")])
def test_a_reference_that_is_met_twice_is_left_out_once(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    places = {"whole": "b.yaml#/A", "part": "b.yaml#/A/properties/b"}
    schemas = ", ".join(f"{name}: {{$ref: '{places[name]}'}}" for name in names)
    read, findings = folder(
        tmp_path,
        {
            "api.yaml": f"{PATHS}components: {{schemas: {{{schemas}}}}}",
            "b.yaml": "title: text\n"
            "A: {properties: {b: {properties: {c: {$ref: '#/title'}, d: {type: string}}}}}\n",
        },
    )
    (finding,) = findings
    assert "error Schema/Malformed: `#/title` is " in finding
    part = {"properties": {"c": {}, "d": {"type": "string"}}}
    assert read.root["components"]["schemas"]["whole"] == {"properties": {"b": part}}


def test_files_may_refer_to_each_other_in_a_circle(tmp_path: Path) -> None:
    read, findings = folder(
        tmp_path,
        {
            "api.yaml": PATHS + "components: {schemas: {A: {$ref: b.yaml}}}",
            "b.yaml": "{$ref: c.yaml}",
            "c.yaml": "{$ref: b.yaml}",
        },
    )
    assert len(findings) == 1
    assert "error Ref/Circle" in findings[0]
    assert {} in read.root["components"]["schemas"].values()


def test_mappings_of_discriminators_are_references(tmp_path: Path) -> None:
    read, findings = folder(
        tmp_path,
        {
            "api.yaml": PATHS
            + """\
components:
  schemas:
    A:
      discriminator:
        propertyName: type
        mapping: {own: Own, full: '#/components/schemas/Own', file: b.yaml, gone: Owm}
    Own: {}
""",
            "b.yaml": "type: object",
        },
    )
    assert read.at("/components/schemas/A/discriminator/mapping") == {
        "own": "#/components/schemas/Own",
        "full": "#/components/schemas/Own",
        "file": "#/components/schemas/b",
    }
    assert findings == [
        (
            "api.yaml:9:83: error Ref/Dangling: `#/components/schemas/Owm` leads nowhere\n"
            "  hint: did you mean `#/components/schemas/Own`?"
        )
    ]


def test_a_schema_in_a_mapping_may_have_dots_in_its_name() -> None:
    read = sound(
        PATHS
        + """\
components:
  schemas:
    A:
      discriminator: {propertyName: type, mapping: {dog: Pets.Dog}}
    Pets.Dog: {}
"""
    )
    assert read.at("/components/schemas/A/discriminator/mapping") == {
        "dog": "#/components/schemas/Pets.Dog"
    }


def test_a_dangling_parameter_leaves_the_operation_out_by_name() -> None:
    read, findings = document(
        HEAD
        + """\
paths:
  /a:
    get:
      parameters: [{$ref: '#/components/parameters/limt'}]
    put: {}
components: {parameters: {limit: {name: limit, in: query}}}
"""
    )
    assert [node.method for node in read.operations] == ["PUT"]
    assert findings == [
        (
            "api.yaml:6:20: error Operation/LeftOut: GET /a is left out:"
            " there is nothing at `#/components/parameters/limt`"
        ),
        (
            "api.yaml:6:27: error Ref/Dangling: `#/components/parameters/limt` leads nowhere\n"
            "  hint: did you mean `#/components/parameters/limit`?"
        ),
    ]


def test_references_follow_what_normalisation_moves() -> None:
    read = sound(
        PATHS
        + """\
components:
  schemas:
    A:
      nullable: true
      allOf:
      - {nullable: true, oneOf: [{type: string}, {items: {type: integer}}]}
    B:
      nullable: true
      properties: {p: {type: string}}
      anyOf: [{type: string}]
      x-models: {M: {type: number}}
    R:
      prefixItems:
      - {$ref: '#/components/schemas/A/allOf/0/oneOf/1/items'}
      - {$ref: '#/components/schemas/B/properties/p'}
      - {$ref: '#/components/schemas/B/anyOf/0'}
      - {$ref: '#/components/schemas/A'}
"""
    )
    targets = [
        read.resolve(f"/components/schemas/R/prefixItems/{index}").value for index in range(3)
    ]
    assert targets == [{"type": "integer"}, {"type": "string"}, {"type": "string"}]
    assert read.at("/components/schemas/R/prefixItems/0/$ref") == (
        "#/components/schemas/A/anyOf/0/anyOf/0/oneOf/1/items"
    )
    assert read.at("/components/schemas/R/prefixItems/3/$ref") == "#/components/schemas/A"


def test_a_reference_to_a_part_that_is_left_out_is_left_out_too() -> None:
    read, findings = document(
        PATHS
        + """\
components:
  schemas:
    A: {allOf: {x: {type: string}}}
    B: {$ref: '#/components/schemas/A/allOf/x'}
"""
    )
    assert findings == [
        (
            "api.yaml:6:16: error Schema/Malformed: `allOf` of a schema is left out:"
            ' {"x": {"type": "string"}} is not of type \'array\''
        ),
        (
            "api.yaml:7:15: error Ref/Dangling: `#/components/schemas/A/allOf/x`"
            " leads to what is left out"
        ),
    ]
    assert read.at("/components/schemas") == {"A": {}, "B": {}}
