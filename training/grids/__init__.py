"""Lists as data: columns, filters, and one page of rows."""

from training.grids.base import Grid
from training.grids.datasets import DATASETS
from training.grids.endpoints import ENDPOINTS
from training.grids.evaluations import EVALUATIONS
from training.grids.models import MODELS

GRIDS: dict[str, Grid] = {one.name: one for one in (DATASETS, MODELS, EVALUATIONS, ENDPOINTS)}
