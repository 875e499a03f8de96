import pytest

from glassnet.engines.cpu import compiling
from glassnet.files import load
from tests.engines.cpu.calling import HAS_BF16

WORDS = ("train", "digits", "--net", "conv4 relu conv8 relu flatten dense32 relu dense10", "--epochs", "2")
needs_bf16 = pytest.mark.skipif(not HAS_BF16, reason="this processor has no AVX512-BF16")


@needs_bf16
def test_it_is_said_kept_and_made_again_bit_for_bit(glassnet):
    called = glassnet(*WORDS, "--precision", "bf16", "--out", "coarse")
    assert called.code == 0
    assert "batches of 32, products in bf16.\n" in called.err
    coarse = load("coarse")
    assert coarse.receipt["settings"]["recipe"]["precision"] == "bf16"
    assert "\nproducts in bf16, while it was trained\n" in glassnet("show", "coarse").out
    assert glassnet("reproduce", "coarse").out.startswith("The same bits: ")
    assert glassnet(*WORDS, "--out", "fine", "--quiet").code == 0
    fine = load("fine")
    assert fine.receipt["settings"]["recipe"]["precision"] == "float32"
    assert "bf16" not in glassnet("show", "fine").out
    assert fine.network.vectors.fingerprint != coarse.network.vectors.fingerprint
    assert glassnet("evaluate", "coarse", "digits").code == 0


@needs_bf16
def test_resuming_goes_on_in_the_same_precision_alone(glassnet):
    assert glassnet(*WORDS, "--precision", "bf16", "--out", "model", "--quiet").code == 0
    assert "was trained to its end already" in glassnet(*WORDS, "--precision", "bf16", "--out", "model", "--resume").err
    refusal = glassnet(*WORDS, "--out", "model", "--resume").refusal()
    assert "recipe.precision: bf16 then, float32 now" in refusal


@needs_bf16
def test_the_reference_refuses_it(glassnet, folder):
    refusal = glassnet(*WORDS, "--precision", "bf16", "--engine", "reference").refusal()
    assert "The engine reference cannot train this in bf16" in refusal
    assert "Take --precision float32, or --engine cpu" in refusal
    assert not (folder / "model.safetensors").exists()


@pytest.fixture
def lacking(monkeypatch):
    """A processor like this one, but without bf16."""
    name, features = compiling.processor()
    monkeypatch.setattr(compiling, "processor", lambda: (name, features.replace("+avx512bf16", "-avx512bf16")))


@needs_bf16
def test_a_model_of_another_processor_is_not_reproduced_in_another_precision(glassnet, request):
    assert glassnet(*WORDS, "--precision", "bf16", "--quiet").code == 0
    request.getfixturevalue("lacking")
    assert (
        "cannot train this in bf16: this processor" in glassnet("reproduce", "model.safetensors", "--quiet").refusal()
    )
    assert glassnet("evaluate", "model.safetensors", "digits").code == 0


def test_a_processor_that_lacks_it_says_what_to_write_instead(glassnet, lacking):
    refusal = glassnet(*WORDS, "--precision", "bf16").refusal()
    assert "this processor has no instructions for it (AVX512-BF16). Take --precision float32" in refusal


def test_a_precision_that_is_not_there(glassnet):
    refusal = glassnet(*WORDS, "--precision", "bf61").refusal()
    assert "precision must be one of float32, bf16. Got 'bf61'. Did you mean 'bf16'?" in refusal
