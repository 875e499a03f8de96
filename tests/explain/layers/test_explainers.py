from glassnet.explain.layers import EXPLAINERS
from glassnet.layers import LAYERS


def test_every_layer_has_its_file():
    assert set(EXPLAINERS) == set(LAYERS)
    for name, explainer in EXPLAINERS.items():
        assert type(explainer).__name__ == f"{name}Explainer"
        layer_file = LAYERS[name].__module__.rpartition(".")[2]
        assert type(explainer).__module__ == f"glassnet.explain.layers.{layer_file}"
