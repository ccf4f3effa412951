"""The fake has every method of the real client, with the same parameters, and no other."""

import inspect

from tests.fakes import FakeSpeechClient
from training.speechapi.client import SpeechClient


def public(kind):
    return {
        name: value
        for name, value in inspect.getmembers(kind)
        if not name.startswith("_") and (callable(value) or isinstance(value, property))
    }


def test_the_fake_has_the_methods_of_the_client_and_no_other():
    own = set(public(FakeSpeechClient)) | {"takes_forms"}
    assert own == set(public(SpeechClient))


def test_each_method_takes_the_same_parameters():
    for name, real in public(SpeechClient).items():
        if isinstance(real, property):
            continue
        fake = getattr(FakeSpeechClient, name)
        ours = [(p.name, p.kind, p.default) for p in inspect.signature(fake).parameters.values()]
        theirs = [(p.name, p.kind, p.default) for p in inspect.signature(real).parameters.values()]
        assert ours == theirs, name
    made = list(inspect.signature(FakeSpeechClient).parameters)
    assert made == list(inspect.signature(SpeechClient).parameters)
