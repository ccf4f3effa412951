"""Operations of the API, a file for each collection."""

from localspeech.api import api
from localspeech.routes import (
    blocks,
    copying,
    datasets,
    endpoints,
    evaluations,
    models,
    projects,
    transcriptions,
    webhooks,
)

for module in (
    projects, datasets, blocks, models, copying, evaluations, endpoints, transcriptions, webhooks,
):  # fmt: skip
    api.add_router("", module.router)
