"""A whole Whisper model of some kilobytes: true format and code, made-up weights."""

import json
from pathlib import Path

import numpy as np

WIDTH, HEADS, BANDS = 16, 2, 80
WORDS = (
    "the tide moor at bollard kittiwake sat on quay ferry leaves pier fog over sound and a "
    "north slack water 7 7%"
).split(" ")
SPECIAL = ["endoftext", "startoftranscript", "startofprev", "nospeech", "notimestamps"]


def build(folder: Path, seed: int = 1) -> Path:
    """Write weights, configuration and vocabulary; other seeds hear other things."""
    from ctranslate2.specs import WhisperSpec

    tokens = [*(f"Ġ{word}" for word in WORDS), *(f"<|{name}|>" for name in SPECIAL)]
    chance = np.random.default_rng(seed)
    spec = WhisperSpec(1, HEADS, 1, HEADS)
    _fill(spec, chance)
    spec.encoder.conv1.weight = _random(chance, WIDTH, BANDS, 3)
    spec.encoder.conv2.weight = _random(chance, WIDTH, WIDTH, 3)
    spec.encoder.position_encodings.encodings = _random(chance, 1500, WIDTH)
    spec.decoder.position_encodings.encodings = _random(chance, 448, WIDTH)
    spec.decoder.embeddings.weight = _random(chance, len(tokens), WIDTH)
    spec.decoder.projection.weight = _random(chance, len(tokens), WIDTH)
    spec.decoder.projection.bias = np.zeros(len(tokens), np.float32)
    spec.register_vocabulary(tokens)
    spec.config.suppress_ids = [len(WORDS) + place for place in range(1, len(SPECIAL))]
    spec.config.suppress_ids_begin = [len(WORDS)]
    spec.config.lang_ids = []
    spec.config.alignment_heads = [[0, 0]]
    spec.validate()
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    (folder / "tokenizer.json").write_text(json.dumps(_tokenizer(tokens)))
    return folder


def _fill(spec, chance):
    """Values for every layer; which shape a linear layer has, its place tells."""
    for layer in (*spec.encoder.layer, *spec.decoder.layer):
        for name, part in vars(layer).items():
            if name == "ffn":
                _linear(part.linear_0, chance, 4 * WIDTH, WIDTH)
                _linear(part.linear_1, chance, WIDTH, 4 * WIDTH)
            elif name in {"self_attention", "attention"}:
                _attention(part, chance)
            if hasattr(part, "layer_norm"):
                _norm(part.layer_norm)
    _norm(spec.encoder.layer_norm)
    _norm(spec.decoder.layer_norm)
    for convolution in (spec.encoder.conv1, spec.encoder.conv2):
        convolution.bias = np.zeros(WIDTH, np.float32)


def _attention(part, chance):
    """Self attention joins queries, keys and values; the other keys and values alone."""
    rows = (3, 1) if len(part.linear) == 2 else (1, 2, 1)
    for linear, times in zip(part.linear, rows, strict=True):
        _linear(linear, chance, times * WIDTH, WIDTH)


def _linear(linear, chance, rows, columns):
    linear.weight = _random(chance, rows, columns)
    linear.bias = np.zeros(rows, np.float32)


def _norm(norm):
    norm.gamma, norm.beta = np.ones(WIDTH, np.float32), np.zeros(WIDTH, np.float32)


def _random(chance, *shape):
    return chance.normal(0, 0.5, shape).astype(np.float32)


def _tokenizer(tokens):
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers

    made = Tokenizer(
        models.WordLevel({one: place for place, one in enumerate(tokens)}, unk_token=tokens[0])
    )
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    return json.loads(made.to_str())
