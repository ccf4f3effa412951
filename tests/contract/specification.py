"""The Speech to text REST API v3.2 without its texts: operations, names, types, what is required.

`specification.json` is drawn from the official specification by

    python -m tests.contract.specification PATH/speechtotext-v3.2.json
"""

import json
import re
import sys
from functools import cache
from pathlib import Path

import jsonschema

FILE = Path(__file__).with_name("specification.json")
# Logs of base models belong to no custom model.
_LEFT_OUT = re.compile(r"^/endpoints/base/")
_KEPT = {
    "type", "format", "enum", "required", "items", "properties", "allOf", "$ref", "maxLength",
    "minLength", "minimum", "maximum", "additionalProperties", "readOnly",
}  # fmt: skip
_PARAMETER = {"in", "name", "required", "type", "format", "schema", "$ref", "items"}
_VERBS = ("get", "put", "post", "patch", "delete")
_OPTIONAL_LINKS = "@nextLink"


def reduced(specification):
    """Paths of custom speech and the definitions that they need, without texts."""
    paths = {
        path: {verb: _operation(one) for verb, one in item.items() if verb in _VERBS}
        for path, item in specification["paths"].items()
        if not _LEFT_OUT.match(path)
    }
    parameters = {
        name: {key: value for key, value in one.items() if key in _PARAMETER}
        for name, one in specification["parameters"].items()
    }
    wanted, waiting = {}, sorted(set(_references(paths)))
    while waiting:
        link = waiting.pop()
        name = link.rpartition("/")[2]
        if name not in wanted and link.startswith("#/definitions/"):
            wanted[name] = _shape(specification["definitions"][name])
            waiting += _references(wanted[name])
    return {
        "swagger": "2.0",
        "info": {"title": "Speech to text", "version": "3.2"},
        "basePath": "/speechtotext/v3.2",
        "paths": paths,
        "parameters": parameters,
        "definitions": dict(sorted(wanted.items())),
    }


def _operation(one):
    found = {key: one[key] for key in ("operationId", "consumes", "produces") if key in one}
    found["parameters"] = [
        {key: _schema(value) for key, value in parameter.items() if key in _PARAMETER}
        for parameter in one.get("parameters", [])
    ]
    found["responses"] = {
        status: {"description": "", **({"schema": _shape(answer["schema"])}
                                       if "schema" in answer else {})}
        for status, answer in one["responses"].items()
    }  # fmt: skip
    return found


def _schema(value):
    return _shape(value) if isinstance(value, dict) else value


def _shape(node):
    """A schema without texts; names of properties are data and all stay."""
    found = {}
    for key, value in node.items():
        if key == "properties":
            found[key] = {name: _shape(one) for name, one in value.items()}
        elif key == "allOf":
            found[key] = [_shape(one) for one in value]
        elif key in ("items", "additionalProperties") and isinstance(value, dict):
            found[key] = _shape(value)
        elif key in _KEPT:
            found[key] = value
    return found


def _references(node):
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "$ref":
                yield value
            else:
                yield from _references(value)
    elif isinstance(node, list):
        for one in node:
            yield from _references(one)


@cache
def kept():
    """What the repository keeps."""
    return json.loads(FILE.read_text())


def check(name, body):
    """Raise a ValidationError unless the body is what the specification says."""
    check_schema({"$ref": f"#/definitions/{name}"}, body)


def check_schema(schema, body):
    """`check` for a schema of an operation."""
    whole = {**schema, "definitions": kept()["definitions"]}
    jsonschema.Draft4Validator(
        whole, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER
    ).validate(_without_empty_link(body))


def _without_empty_link(body):
    """The specification's type of @nextLink has no null, and its examples show none: absent."""
    if isinstance(body, dict) and body.get(_OPTIONAL_LINKS, "") is None:
        return {key: value for key, value in body.items() if key != _OPTIONAL_LINKS}
    return body


def operation(method, path):
    """The operation of a request below the API's root, or None."""
    for template, item in kept()["paths"].items():
        pattern = re.sub(r"\\{\w+\\}", "[^/:]+", re.escape(template))
        if re.fullmatch(pattern, path) and method.lower() in item:
            return item[method.lower()]
    return None


def parameters(one):
    """Parameters of an operation, its references followed."""
    shared = kept()["parameters"]
    return [shared[p["$ref"].rpartition("/")[2]] if "$ref" in p else p for p in one["parameters"]]


def unknown_fields(name, body, path=""):
    """Paths of fields that the specification does not name."""
    return unknown_in({"$ref": f"#/definitions/{name}"}, body, path)


def unknown_in(schema, body, path=""):
    """`unknown_fields` for a schema of an operation."""
    return sorted(set(_unknown(kept()["definitions"], schema, body, path)))


def _unknown(definitions, schema, body, path):
    known, further = {}, schema
    waiting, open_map = [schema], False
    while waiting:
        one = waiting.pop()
        if "$ref" in one:
            one = definitions[one["$ref"].rpartition("/")[2]]
        waiting += one.get("allOf", [])
        known |= one.get("properties", {})
        open_map = open_map or "additionalProperties" in one
        further = one if "items" in one else further
    if isinstance(body, list):
        for one in body:
            yield from _unknown(definitions, further.get("items", {}), one, path)
    if isinstance(body, dict) and known:
        for key, value in body.items():
            if key in known:
                yield from _unknown(definitions, known[key], value, f"{path}.{key}")
            elif not open_map:
                yield f"{path}.{key}"


if __name__ == "__main__":
    text = json.dumps(reduced(json.loads(Path(sys.argv[1]).read_text())), indent=1)
    FILE.write_text(text + "\n")
