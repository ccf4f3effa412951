"""Lists as data: columns, filters, and one page of rows."""

from training.grids.audit import AUDIT
from training.grids.base import Grid
from training.grids.datasets import DATASETS
from training.grids.deadlines import DEADLINES
from training.grids.elsewhere import FOUND
from training.grids.endpoints import ENDPOINTS
from training.grids.evaluations import EVALUATIONS
from training.grids.models import MODELS

_ALL = (DATASETS, MODELS, EVALUATIONS, ENDPOINTS, DEADLINES, AUDIT, FOUND)
GRIDS: dict[str, Grid] = {one.name: one for one in _ALL}
