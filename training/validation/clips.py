"""The clips of one archive: each listened to once, and held against those before it."""

import wave
import zipfile

from training.validation.findings import Finding, Report
from training.validation.sounds import Sound, listen


class Clips:
    """Notes what is wrong with clips, and which repeat an earlier one."""

    def __init__(self, archive: zipfile.ZipFile, report: Report) -> None:
        self._archive, self._report = archive, report
        self._first: dict[int, tuple[str, int]] = {}

    def check(self, name: str, sentence: int = 0) -> bool:
        """Whether a clip can be used; `sentence` is the mark of what is said in it."""
        sound = self._listen(name)
        for fault in sound.faults:
            message, can_be_fixed = f"The file {fault.message}.", fault.can_be_fixed
            self._report.add(Finding(message, file=name, can_be_fixed=can_be_fixed))
        if not sound.is_lost:
            self._compare(name, sound.mark, sentence)
        return not sound.is_lost

    def _listen(self, name: str) -> Sound:
        try:
            with self._archive.open(name) as file, wave.open(file, "rb") as clip:
                return listen(clip)
        except (wave.Error, EOFError) as error:
            return Sound.unreadable(f"is not a PCM WAV file ({error})")

    def _compare(self, name: str, mark: int, sentence: int) -> None:
        self._report.contents.clips.append(mark)
        other, said = self._first.setdefault(mark, (name, sentence))
        if other != name:
            more = "" if said == sentence else ", with another text"
            message = f"The file holds the same audio as {other}{more}."
            self._report.add(Finding(message, file=name))
