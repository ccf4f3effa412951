"""Figures and kind of a test, as the API gives them."""

from tests.factories import CustomModelFactory, DatasetFactory
from training.models import Evaluation
from training.services import sync
from training.speechapi import types

SELF = "http://speech.test/speechtotext/v3.2/evaluations/1"


def parsed(properties, custom=None):
    raw = {"self": SELF, "properties": properties, "customProperties": custom or {}}
    return types.Evaluation.parse(raw | {"status": "Succeeded"})


def test_negative_and_absent_figures_are_left_out():
    found = parsed({"wordErrorRate1": -1.0, "wordCount1": -1, "wordErrorRate2": 0.5})
    assert (found.results1, found.results2) == ({}, {"word_error_rate": 0.5})


def test_token_errors_are_counts_whatever_unit_their_percentages_have():
    edits = {
        "punctuation": {"numberOfEdits": 2, "percentageOfAllEdits": 0.66},
        "inverseTextNormalization": {"numberOfEdits": 409, "percentageOfAllEdits": 2.4},
        "lexical": None,
    }
    found = parsed({"tokenErrorRate1": 0.125, "tokenCount1": 48, "tokenErrors1": edits}).results1
    assert found == {
        "token_error_rate": 0.125, "token_count": 48, "punctuation_edits": 2, "itn_edits": 409,
    }  # fmt: skip


def test_what_a_test_is_for_is_read_where_it_is_said(db):
    model = CustomModelFactory()
    data = DatasetFactory(project=model.project, kind="Acoustic")
    row = Evaluation.objects.create(
        project=model.project, dataset=data, custom_model1=model, custom_model2=model,
        display_name="T", submission="submitted", remote_self=SELF,
    )  # fmt: skip
    for said, kept in (("", "Evaluation"), ("Inspection", "Inspection"), ("New", "Inspection"),
                       ("Evaluation", "Evaluation")):  # fmt: skip
        sync.updated(row, parsed({}, {"testingKind": said}))
        row.refresh_from_db()
        assert row.testing_kind == kept
