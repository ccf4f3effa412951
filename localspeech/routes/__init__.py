"""Operations of the API, a file for each collection."""

from localspeech.api import api
from localspeech.routes import (
    blocks,
    cancelling,
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
    cancelling,
):  # fmt: skip
    api.add_router("", module.router)
