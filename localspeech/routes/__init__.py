"""Operations of the API, a file for each collection."""

from localspeech.api import api
from localspeech.routes import datasets, endpoints, evaluations, models, projects

api.add_router("", projects.router)
api.add_router("", datasets.router)
api.add_router("", models.router)
api.add_router("", evaluations.router)
api.add_router("", endpoints.router)
