"""Tables of the local speech service, one file each."""

from localspeech.models.custom_model import CustomModel
from localspeech.models.dataset import Dataset
from localspeech.models.endpoint import Endpoint
from localspeech.models.entity import Entity, Job
from localspeech.models.evaluation import Evaluation, EvaluationShard
from localspeech.models.project import Project
from localspeech.models.resource import SpeechResource
from localspeech.models.stored_file import StoredFile

__all__ = [
    "CustomModel",
    "Dataset",
    "Endpoint",
    "Entity",
    "Evaluation",
    "EvaluationShard",
    "Job",
    "Project",
    "SpeechResource",
    "StoredFile",
]
