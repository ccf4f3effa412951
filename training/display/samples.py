"""Code that uses an endpoint, ready to be copied."""

from dataclasses import dataclass

from training.models import Endpoint

_CURL = """curl -X POST "{address}" \\
  -H "Ocp-Apim-Subscription-Key: $SPEECH_KEY" \\
  -H "Content-Type: audio/wav" \\
  --data-binary @recording.wav"""

_REQUESTS = """import os
import requests

with open("recording.wav", "rb") as audio:
    answer = requests.post(
        "{address}",
        headers={{"Ocp-Apim-Subscription-Key": os.environ["SPEECH_KEY"]}},
        data=audio,
        timeout=60,
    )
answer.raise_for_status()
print(answer.json()["NBest"][0]["Display"])"""

_SDK = """import os
import azure.cognitiveservices.speech as speech

config = speech.SpeechConfig(
    subscription=os.environ["SPEECH_KEY"], endpoint="{resource}"
)
config.endpoint_id = "{id}"
config.speech_recognition_language = "{locale}"
audio = speech.AudioConfig(filename="recording.wav")
recognizer = speech.SpeechRecognizer(config, audio_config=audio)
print(recognizer.recognize_once().text)"""


@dataclass(frozen=True)
class Sample:
    """One way to use an endpoint."""

    label: str
    text: str


def samples(row: Endpoint) -> list[Sample]:
    """By REST where the service gave an address for it, and by the Speech SDK on Azure."""
    locale, found = row.project.locale, []
    if row.link("restInteractive"):
        address = f"{row.link('restInteractive')}&language={locale}&format=detailed"
        found += [
            Sample("curl", _CURL.format(address=address)),
            Sample("Python", _REQUESTS.format(address=address)),
        ]
    if row.remote_id and not row.resource.is_local:
        values = {"resource": row.resource.address, "id": row.remote_id, "locale": locale}
        found.append(Sample("Speech SDK (Python)", _SDK.format(**values)))
    return found
