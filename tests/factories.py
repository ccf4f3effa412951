"""Rows for tests."""

import uuid
from datetime import timedelta

import factory
from django.utils import timezone

from training import models


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    password = factory.django.Password("secret word 1")


class ResourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Resource

    name = factory.Sequence(lambda n: f"Resource {n}")
    address = "http://speech.test"
    key = "key-of-the-resource"
    locales = ["en-US"]


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Project

    resource = factory.SubFactory(ResourceFactory)
    display_name = factory.Sequence(lambda n: f"Project {n}")
    locale = "en-US"
    submission = "submitted"
    remote_self = factory.LazyFunction(
        lambda: f"http://speech.test/speechtotext/v3.2/projects/{uuid.uuid4()}"
    )


class DatasetFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Dataset

    project = factory.SubFactory(ProjectFactory)
    display_name = factory.Sequence(lambda n: f"Dataset {n}")
    kind = "Language"
    submission = "submitted"
    status = "Succeeded"
    remote_self = factory.LazyFunction(
        lambda: f"http://speech.test/speechtotext/v3.2/datasets/{uuid.uuid4()}"
    )


class BaseModelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.BaseModel

    resource = factory.SubFactory(ResourceFactory)
    display_name = factory.Sequence(lambda n: f"2026{n:04d}")
    locale = "en-US"
    status = "Succeeded"
    remote_self = factory.LazyFunction(
        lambda: f"http://speech.test/speechtotext/v3.2/models/base/{uuid.uuid4()}"
    )
    remote_created_at = factory.LazyFunction(timezone.now)
    adaptation_expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=200))
    transcription_expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=500))
    charged_for_adaptation = False
    adaptation_kinds = ["Language", "Pronunciation"]


class CustomModelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.CustomModel

    project = factory.SubFactory(ProjectFactory)
    base_model = factory.SubFactory(
        BaseModelFactory, resource=factory.SelfAttribute("..project.resource")
    )
    display_name = factory.Sequence(lambda n: f"Model {n}")
    submission = "submitted"
    status = "Succeeded"
    remote_self = factory.LazyFunction(
        lambda: f"http://speech.test/speechtotext/v3.2/models/{uuid.uuid4()}"
    )
