"""Tables of the local speech service, one file each."""

from localspeech.models.copying import CopyAuthorization, CopyOperation
from localspeech.models.custom_model import UNDECIDED, CustomModel, TrainingShard
from localspeech.models.dataset import Dataset, DatasetBlock
from localspeech.models.endpoint import Endpoint
from localspeech.models.entity import Entity, Job, Owned, Shard, Work
from localspeech.models.evaluation import Evaluation, EvaluationShard
from localspeech.models.project import Project
from localspeech.models.recognition import Recognition
from localspeech.models.resource import SpeechResource
from localspeech.models.stored_file import StoredFile
from localspeech.models.transcription import Transcription
from localspeech.models.web_hook import Delivery, WebHook

__all__ = [
    "UNDECIDED",
    "CopyAuthorization",
    "CopyOperation",
    "CustomModel",
    "Dataset",
    "DatasetBlock",
    "Delivery",
    "Endpoint",
    "Entity",
    "Evaluation",
    "EvaluationShard",
    "Job",
    "Owned",
    "Project",
    "Recognition",
    "Shard",
    "SpeechResource",
    "StoredFile",
    "TrainingShard",
    "Transcription",
    "WebHook",
    "Work",
]
