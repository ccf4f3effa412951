"""The figures of one model in a test."""

from training.speechapi import fields
from training.speechapi.fields import Raw

_RATES = {
    "word_error_rate": "wordErrorRate",
    "sentence_error_rate": "sentenceErrorRate",
    "token_error_rate": "tokenErrorRate",
}
_COUNTS = {
    "word_count": "wordCount",
    "correct_count": "correctWordCount",
    "substitution_count": "wordSubstitutionCount",
    "deletion_count": "wordDeletionCount",
    "insertion_count": "wordInsertionCount",
    "sentence_count": "sentenceCount",
    "token_count": "tokenCount",
    "token_substitution_count": "tokenSubstitutionCount",
    "token_deletion_count": "tokenDeletionCount",
    "token_insertion_count": "tokenInsertionCount",
}
TOKEN_EDITS = {
    "punctuation_edits": "punctuation",
    "capitalization_edits": "capitalization",
    "itn_edits": "inverseTextNormalization",
    "lexical_edits": "lexical",
    "other_edits": "others",
}


def results(properties: Raw, number: str) -> dict[str, float | int]:
    """Rates as fractions and counts by our names, as far as known; `number` is "1" or "2".

    Shares of token errors are left out: the service's percentages have no settled unit.
    """
    found: dict[str, float | int | None] = {
        ours: fields.rate(properties, api + number) for ours, api in _RATES.items()
    }
    found |= {ours: fields.count(properties, api + number) for ours, api in _COUNTS.items()}
    edits = fields.nested(properties, f"tokenErrors{number}")
    for ours, api in TOKEN_EDITS.items():
        found[ours] = fields.count(fields.nested(edits, api), "numberOfEdits")
    return {name: value for name, value in found.items() if value is not None}
