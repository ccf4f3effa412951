"""Tables of the dashboard, one file each."""

from training.models.base_model import BaseModel
from training.models.custom_model import CustomModel
from training.models.dataset import Dataset
from training.models.draft import TrainingDraft
from training.models.endpoint import Endpoint
from training.models.evaluation import Evaluation
from training.models.event import Event
from training.models.presence import DraftPresence
from training.models.project import Project
from training.models.remote import RemoteObject
from training.models.resource import Resource
from training.models.setup import Setup
from training.models.user import User
from training.models.utterance import Utterance

__all__ = [
    "BaseModel",
    "CustomModel",
    "Dataset",
    "DraftPresence",
    "Endpoint",
    "Evaluation",
    "Event",
    "Project",
    "RemoteObject",
    "Resource",
    "Setup",
    "TrainingDraft",
    "User",
    "Utterance",
]
