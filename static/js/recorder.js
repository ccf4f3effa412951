// Records from the microphone as a 16 kHz mono WAV, puts it into the form's file field, and sends it.
(() => {
  const RATE = 16000, LONGEST_MS = 60000;
  let recording = null;

  const wav = (pieces) => {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    const view = new DataView(new ArrayBuffer(44 + 2 * length));
    const text = (at, word) => [...word].forEach((letter, n) => view.setUint8(at + n, letter.charCodeAt(0)));
    text(0, "RIFF"); view.setUint32(4, 36 + 2 * length, true); text(8, "WAVEfmt ");
    view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
    view.setUint32(24, RATE, true); view.setUint32(28, 2 * RATE, true);
    view.setUint16(32, 2, true); view.setUint16(34, 16, true);
    text(36, "data"); view.setUint32(40, 2 * length, true);
    let at = 44;
    for (const piece of pieces) for (const sample of piece) {
      view.setInt16(at, Math.max(-1, Math.min(1, sample)) * 32767, true);
      at += 2;
    }
    return new File([view.buffer], "recording.wav", { type: "audio/wav" });
  };

  const start = async (form, button) => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    const context = new AudioContext({ sampleRate: RATE });
    await context.audioWorklet.addModule(form.dataset.worklet);
    const tap = new AudioWorkletNode(context, "tap"), pieces = [];
    tap.port.onmessage = ({ data }) => pieces.push(data);
    context.createMediaStreamSource(stream).connect(tap);
    const label = button.querySelector("span"), words = label.textContent;
    label.textContent = button.dataset.recording;
    button.setAttribute("aria-pressed", "true");
    const timer = setTimeout(() => stop(), LONGEST_MS);
    const stop = async () => {
      clearTimeout(timer);
      recording = null;
      stream.getTracks().forEach((track) => track.stop());
      await context.close();
      label.textContent = words;
      button.setAttribute("aria-pressed", "false");
      const files = new DataTransfer();
      files.items.add(wav(pieces));
      form.querySelector("input[type=file]").files = files.files;
      form.requestSubmit();
    };
    recording = stop;
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-record]");
    if (!button) return;
    if (recording) return recording();
    try {
      await start(button.closest("[data-recorder]"), button);
    } catch {
      const heard = document.getElementById("heard");
      heard.textContent = button.dataset.denied;
    }
  });
})();
