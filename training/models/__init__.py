"""Tables of the dashboard, one file each."""

from training.models.audit import AuditEntry
from training.models.base_model import BaseModel
from training.models.channel import Channel
from training.models.custom_model import CustomModel
from training.models.dataset import Dataset
from training.models.deadline import Deadline
from training.models.dispatch import Dispatch, DispatchItem
from training.models.draft import Draft, TrainingDraft
from training.models.endpoint import Endpoint
from training.models.evaluation import Evaluation
from training.models.event import Event
from training.models.fingerprint import Fingerprint, Overlap
from training.models.found_object import FoundObject
from training.models.invitation import Invitation
from training.models.membership import Membership
from training.models.model_copy import ModelCopy
from training.models.new_word import NewWord
from training.models.presence import DraftPresence
from training.models.project import Project
from training.models.reminder import Reminder
from training.models.remote import RemoteObject
from training.models.renewal import RenewalPlan
from training.models.resource import Resource
from training.models.setup import Setup
from training.models.testing import TestDraft
from training.models.upload import Upload, UploadBlock, UploadDraft
from training.models.user import User
from training.models.utterance import Utterance

__all__ = [
    "AuditEntry",
    "BaseModel",
    "Channel",
    "CustomModel",
    "Dataset",
    "Deadline",
    "Dispatch",
    "DispatchItem",
    "Draft",
    "DraftPresence",
    "Endpoint",
    "Evaluation",
    "Event",
    "Fingerprint",
    "FoundObject",
    "Invitation",
    "Membership",
    "ModelCopy",
    "NewWord",
    "Overlap",
    "Project",
    "Reminder",
    "RemoteObject",
    "RenewalPlan",
    "Resource",
    "Setup",
    "TestDraft",
    "TrainingDraft",
    "Upload",
    "UploadBlock",
    "UploadDraft",
    "User",
    "Utterance",
]
