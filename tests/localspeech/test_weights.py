"""The weight of a model whose client named none: open at first, then what training chose."""

from localspeech.engine.releases import DEFAULT_WEIGHT_PERCENT

SHIPS = ("kittiwake", "marram", "skelwick", "ormsay", "bollard", "gannet", "fulmar")
PLACES = ("north pier", "fish quay", "slipway", "outer harbour", "lock", "dolphin")
TEXT = "\n".join(f"moor the {ship} at the {place}" for ship in SHIPS for place in PLACES)


def trained(service, text):
    made = service.post("models", displayName="M", locale="en-US", text=text).json()
    assert "customModelWeightPercent" not in made["properties"]
    service.work()
    return service.get(made["self"]).json()


def test_training_chooses_the_weight_and_says_so(service):
    model = trained(service, TEXT)
    weight = model["properties"]["customModelWeightPercent"]
    assert DEFAULT_WEIGHT_PERCENT < weight <= 90
    outcome = model["customProperties"]["trainingOutcome"]
    assert outcome.startswith(f"Weight {weight}%, chosen on held-back text: perplexity")


def test_little_text_gets_the_usual_weight_without_a_word(service):
    model = trained(service, "moor at the bollard")
    assert model["properties"]["customModelWeightPercent"] == DEFAULT_WEIGHT_PERCENT
    assert model["customProperties"] == {}
