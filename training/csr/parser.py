"""The options of the command line, named as the Speech CLI names them."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from training.csr.kinds import NOUNS, Noun
from training.enums import DatasetKind, TestingKind
from training.speechapi.versions import VERSIONS

_PERCENT = range(1, 101)


def build(parser: ArgumentParser) -> None:
    """Add `NOUN VERB --options`."""
    nouns = parser.add_subparsers(dest="noun", required=True, metavar="NOUN")
    for noun in NOUNS.values():
        verbs = nouns.add_parser(noun.word, help=f"{noun.word}s of the resource").add_subparsers(
            dest="verb", required=True, metavar="VERB"
        )
        for verb in noun.verbs:
            one = verbs.add_parser(verb)
            _common(one)
            _SPECIAL.get((noun.word, verb), _plain)(one, noun, verb)


def _common(parser: Any) -> None:
    parser.add_argument("--resource", help="name of a connected resource; the first by default")
    parser.add_argument(
        "--api-version", type=_version, help="version of the API; the resource's own by default"
    )
    parser.add_argument(
        "--output", choices=("json", "id", "url"), default="json", help="what is printed"
    )


def _version(text: str) -> str:
    found = text.removeprefix("v")
    if found not in VERSIONS:
        raise ArgumentTypeError(f"choose one of {', '.join(VERSIONS)}")
    return found


def _plain(parser: Any, noun: Noun, verb: str) -> None:
    """Verbs that are alike for every kind."""
    if verb != "list":
        parser.add_argument(noun.option, required=True, metavar="ID", help="its ID or address")
    match verb:
        case "status":
            _waits(parser, noun)
        case "list":
            if noun.word != "project":
                parser.add_argument("--project", metavar="ID", help="only those of a project")
        case "update":
            _named(parser, required=False)
            if noun.word != "project":
                parser.add_argument("--project", metavar="ID", help="connect it with a project")
            if noun.word == "endpoint":
                parser.add_argument("--model", metavar="ID", help="the model to answer with")


def _waits(parser: Any, noun: Noun) -> None:
    if noun.word != "project":
        parser.add_argument("--wait", action="store_true", help="until it has ended")
        parser.add_argument(
            "--timeout", type=float, default=None, metavar="SECONDS", help="longest wait"
        )


def _named(parser: Any, required: bool = True) -> None:
    parser.add_argument("--name", required=required)
    parser.add_argument("--description", default=None)


def _created(parser: Any, noun: Noun) -> None:
    _named(parser)
    parser.add_argument("--language", required=True, metavar="LOCALE")
    if noun.word != "project":
        parser.add_argument("--project", metavar="ID")
        _waits(parser, noun)


def _project(parser: Any, noun: Noun, _verb: str) -> None:
    _created(parser, noun)


def _model(parser: Any, noun: Noun, _verb: str) -> None:
    _created(parser, noun)
    parser.add_argument("--dataset", action="append", default=[], metavar="ID")
    parser.add_argument("--datasets", nargs="+", default=[], metavar="ID")
    parser.add_argument("--base", metavar="ID", help="the base model; the service's own choice")
    parser.add_argument(
        "--weight", type=int, choices=_PERCENT, metavar="1-100", help="of the custom model, percent"
    )


def _models(parser: Any, noun: Noun, verb: str) -> None:
    _plain(parser, noun, verb)
    parser.add_argument("--base", action="store_true", help="base models in place of custom ones")


def _copy(parser: Any, noun: Noun, _verb: str) -> None:
    parser.add_argument(noun.option, required=True, metavar="ID", help="its ID or address")
    parser.add_argument(
        "--target", required=True, metavar="RESOURCE", help="name of another connected resource"
    )
    parser.add_argument(
        "--project", metavar="ID", help="a project of the target that is given the copy; waits"
    )
    _waits(parser, noun)


def _kind(text: str) -> str:
    found = {one.value.lower(): one.value for one in DatasetKind}.get(text.lower())
    if found is None:
        raise ArgumentTypeError(f"choose one of {', '.join(DatasetKind.values)}")
    return found


def _dataset(parser: Any, noun: Noun, verb: str) -> None:
    _created(parser, noun)
    parser.add_argument("--kind", required=True, type=_kind, help=", ".join(DatasetKind.values))
    if verb == "upload":
        parser.add_argument("--data", required=True, type=Path, metavar="FILE")
    else:
        parser.add_argument("--content", required=True, metavar="URL")


def _evaluation(parser: Any, noun: Noun, _verb: str) -> None:
    _created(parser, noun)
    parser.add_argument("--dataset", required=True, metavar="ID")
    parser.add_argument("--model1", required=True, metavar="ID", help="custom or base model")
    parser.add_argument("--model2", metavar="ID", help="the first one again by default")
    parser.add_argument(
        "--kind",
        choices=TestingKind.values,
        default=TestingKind.EVALUATION.value,
        help="what the test is for",
    )


def _endpoint(parser: Any, noun: Noun, _verb: str) -> None:
    _created(parser, noun)
    parser.add_argument("--model", required=True, metavar="ID", help="custom or base model")
    parser.add_argument("--logging", action="store_true", help="the service keeps what it hears")


_SPECIAL: dict[tuple[str, str], Any] = {
    ("project", "create"): _project,
    ("model", "create"): _model,
    ("model", "list"): _models,
    ("model", "copy"): _copy,
    ("dataset", "create"): _dataset,
    ("dataset", "upload"): _dataset,
    ("evaluation", "create"): _evaluation,
    ("endpoint", "create"): _endpoint,
}
