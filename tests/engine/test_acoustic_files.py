"""The acoustic model's files, and features that are the decoder's own."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from pocketsphinx import Decoder

from localspeech.engine import assets
from localspeech.engine.acoustic import delta, features, files, phones
from localspeech.engine.errors import EngineError

FOLDER = assets.acoustic_model()


def test_the_shipped_files_are_written_as_they_were_read(base, tmp_path):
    delta.unfold(base, tmp_path)
    assert (tmp_path / "sendump").read_bytes() == (FOLDER / "sendump").read_bytes()
    assert np.array_equal(files.read_gaussians(tmp_path / "means"), base.means)


@given(arrays.arrays(np.uint8, st.tuples(st.just(3), st.integers(1, 4), st.integers(1, 5))))
def test_mixture_weights_survive_a_round_trip(weights):
    assert np.array_equal(files.quantised(files.probabilities(weights)), weights)


@given(
    arrays.arrays(
        np.float32,
        st.tuples(st.integers(1, 3), st.just(3), st.integers(1, 4), st.integers(1, 3)),
        elements=st.floats(-1e6, 1e6, width=32),
    )
)
def test_gaussians_survive_a_round_trip(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("gaussians") / "means"
    files.write_gaussians(path, values.astype(np.float64))
    assert np.array_equal(files.read_gaussians(path), values)


def test_a_file_that_is_none_is_told(tmp_path):
    (tmp_path / "means").write_bytes(b"nonsense")
    for read in (files.read_gaussians, phones.read):
        with pytest.raises(EngineError, match="means"):
            read(tmp_path / "means")


def test_phones_have_the_senones_of_their_context(base):
    found = base.phones
    k, ae, t, b = (found.number(name) for name in ("K", "AE", "T", "B"))
    assert len(found.names) == 42
    assert {found.names[one] for one in found.fillers} == {"SIL", "+NSN+", "+SPN+"}
    inside = found.senones(ae, k, t, phones.INTERNAL)
    assert (found.codebooks[inside] == ae).all()
    assert not np.array_equal(inside, found.senones(ae, b, t, phones.INTERNAL))
    noise = found.number("+NSN+")
    at_pause = found.senones(k, found.silence, ae, phones.BEGIN)
    assert np.array_equal(found.senones(k, noise, ae, phones.BEGIN), at_pause)


@given(st.data())
def test_every_triphone_has_senones_of_its_own_phone(base, data):
    numbers = st.integers(0, len(base.phones.names) - 1)
    phone, left, right = (data.draw(numbers) for _ in range(3))
    position = data.draw(st.integers(0, 3))
    assert (base.phones.codebooks[base.phones.senones(phone, left, right, position)] == phone).all()


@pytest.mark.parametrize("kind", ["speech", "noise", "gaps"])
def test_features_are_those_of_the_decoder(spoken, tmp_path, kind):
    samples = np.frombuffer(spoken[0], "<i2").copy()
    if kind == "noise":
        samples = np.random.default_rng(1).normal(0, 300, 12_345).astype("<i2")
    if kind == "gaps":
        samples[3000:20000] = 0
    pcm = samples.tobytes()
    decoder = Decoder(cmn="batch", loglevel="FATAL", mfclogdir=str(tmp_path))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        decoder.start_stream()
    decoder.start_utt()
    decoder.process_raw(pcm, full_utt=True)
    decoder.end_utt()
    (logged,) = tmp_path.iterdir()
    wanted = np.frombuffer(logged.read_bytes()[4:], ">f4").reshape(-1, 13)
    assert np.abs(features.cepstra(pcm) - wanted).max() < 1e-3
