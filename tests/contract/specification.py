"""The shapes of the Speech to text REST API v3.2: names, types, enums and what is required.

`schemas.json` holds them without any text, drawn from the official specification by

    python -m tests.contract.specification PATH/speechtotext-v3.2.json
"""

import json
import sys
from pathlib import Path

import jsonschema

FILE = Path(__file__).with_name("schemas.json")
_ROOTS = (
    "PaginatedProjects", "PaginatedDatasets", "PaginatedBaseModels", "PaginatedCustomModels",
    "PaginatedEvaluations", "PaginatedEndpoints", "PaginatedFiles", "Project", "Dataset",
    "BaseModel", "CustomModel", "Evaluation", "Endpoint", "File", "ModelManifest", "Error",
    "DatasetLocales", "UploadedBlocks", "Operation", "ModelCopyAuthorization", "WebHook",
    "PaginatedWebHooks", "Transcription", "PaginatedTranscriptions", "CommitBlocksEntry",
    "ModelCopyAuthorizationDefinition", "ProjectUpdate", "DatasetUpdate", "ModelUpdate",
    "EvaluationUpdate", "EndpointUpdate", "WebHookUpdate", "TranscriptionUpdate",
)  # fmt: skip
_KEPT = {
    "type", "format", "enum", "required", "items", "properties", "allOf", "$ref", "maxLength",
    "minLength", "minimum", "maximum", "additionalProperties",
}  # fmt: skip
_OPTIONAL_LINKS = "@nextLink"


def reduced(specification):
    """The definitions that custom speech answers need, without their texts."""
    definitions = specification["definitions"]
    wanted, waiting = {}, list(_ROOTS)
    while waiting:
        name = waiting.pop()
        if name in wanted:
            continue
        wanted[name] = _shape(definitions[name])
        waiting += [one.rpartition("/")[2] for one in _references(wanted[name])]
    return dict(sorted(wanted.items()))


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


def check(name, body):
    """Raise a ValidationError unless the body is what the specification says."""
    schema = {
        "$ref": f"#/definitions/{name}",
        "definitions": json.loads(FILE.read_text()),
    }
    jsonschema.Draft4Validator(
        schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER
    ).validate(_without_empty_link(body))


def _without_empty_link(body):
    """The specification's type of @nextLink has no null, and its examples show none: absent."""
    if isinstance(body, dict) and body.get(_OPTIONAL_LINKS, "") is None:
        return {key: value for key, value in body.items() if key != _OPTIONAL_LINKS}
    return body


def unknown_fields(name, body, path=""):
    """Paths of fields that the specification does not name."""
    definitions = json.loads(FILE.read_text())
    return sorted(set(_unknown(definitions, {"$ref": f"#/definitions/{name}"}, body, path)))


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
