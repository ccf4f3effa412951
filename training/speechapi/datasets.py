"""Datasets, and the three ways that their content can take."""

import base64
import json
from collections.abc import Mapping, Sequence
from typing import IO

from training.speechapi import bodies, types
from training.speechapi.forms import MultipartForm
from training.speechapi.operations import Operations, below, with_query

BLOCK_SIZE = 8 * 1024**2


class DatasetOperations(Operations):
    """Creates datasets from an address, a form, or blocks."""

    @property
    def takes_forms(self) -> bool:
        """Whether this version has the form upload; the newer one has blocks alone."""
        return self._version.style == "path"

    def create_dataset(
        self,
        kind: str,
        display_name: str,
        locale: str,
        description: str,
        project: str,
        content_url: str,
        properties: Mapping[str, str],
    ) -> types.Dataset:
        """Create a dataset that the service fetches from a URL; without one it awaits blocks."""
        named = (display_name, locale, description, project)
        body = bodies.dataset(kind, *named, content_url, properties)
        return self._create("datasets", types.Dataset, body)

    def upload_dataset(
        self,
        kind: str,
        display_name: str,
        locale: str,
        description: str,
        project: str,
        file_name: str,
        file: IO[bytes],
        properties: Mapping[str, str],
    ) -> types.Dataset:
        """Create a dataset from a file, which is streamed (v3.2 only)."""
        values = {
            "displayName": display_name,
            "locale": locale,
            "kind": kind,
            "description": description,
            **({"project": json.dumps({"self": project})} if project else {}),
            "customProperties": json.dumps(dict(properties)),
        }
        form = MultipartForm(values, "data", file_name, file)
        body = self._json(
            "POST",
            self._version.address("datasets/upload"),
            data=form,
            headers={"Content-Type": form.content_type, "Content-Length": str(len(form))},
        )
        return types.Dataset.parse(body)

    def blocks(self, dataset: types.Dataset) -> types.Blocks:
        """The blocks that the service has."""
        address = dataset.list_blocks or below(dataset.self_link, "blocks")
        return types.Blocks.parse(self._json("GET", address))

    def put_block(self, dataset: types.Dataset, name: str, content: bytes) -> None:
        """Send one block of at most 8 MiB; safe to repeat."""
        address = dataset.upload_blocks or below(dataset.self_link, "blocks")
        self._session.send(
            "PUT",
            with_query(address, "blockid", name),
            data=content,
            headers={"Content-Type": "application/octet-stream"},
        )

    def commit_blocks(self, dataset: types.Dataset, names: Sequence[str]) -> None:
        """Tell the service that the dataset consists of these blocks, in this order."""
        address = dataset.commit_blocks or below(dataset.self_link, "blocks:commit")
        entries = [{"kind": "Latest", "id": name} for name in names]
        self._session.send("POST", address, json=entries)

    def send_in_blocks(self, dataset: types.Dataset, file: IO[bytes]) -> types.Dataset:
        """Send what the service lacks of a file, and commit; goes on where it broke off."""
        there = self.blocks(dataset)
        if not there.committed:
            names = self._missing(dataset, there.uncommitted, file)
            self.commit_blocks(dataset, names)
        return self.get(types.Dataset, dataset.self_link)

    def _missing(
        self, dataset: types.Dataset, there: Mapping[str, int], file: IO[bytes]
    ) -> list[str]:
        names: list[str] = []
        while piece := file.read(BLOCK_SIZE):
            name = block_name(len(names))
            if there.get(name) != len(piece):
                self.put_block(dataset, name, piece)
            names.append(name)
        return names


def block_name(number: int) -> str:
    """The name of a file's block: all have one length, as the API asks."""
    return base64.b64encode(f"{number:08}".encode()).decode()
