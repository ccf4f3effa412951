// Records from the microphone as a 16 kHz mono WAV, puts it into the form's file field, and sends it.
(() => {
  const RATE = 16000, LONGEST_SAMPLES = 59 * RATE;
  let recording = null, isStarting = false;

  const wav = (pieces, length) => {
    const view = new DataView(new ArrayBuffer(44 + 2 * length));
    const text = (at, word) => [...word].forEach((letter, n) => view.setUint8(at + n, letter.charCodeAt(0)));
    text(0, "RIFF"); view.setUint32(4, 36 + 2 * length, true); text(8, "WAVEfmt ");
    view.setUint32(16, 16, true); view.setUint16(20, 1, true); view.setUint16(22, 1, true);
    view.setUint32(24, RATE, true); view.setUint32(28, 2 * RATE, true);
    view.setUint16(32, 2, true); view.setUint16(34, 16, true);
    text(36, "data"); view.setUint32(40, 2 * length, true);
    let at = 44;
    for (const piece of pieces) for (const sample of piece) {
      if (at >= view.byteLength) break;
      view.setInt16(at, Math.max(-1, Math.min(1, sample)) * 32767, true);
      at += 2;
    }
    return new File([view.buffer], "recording.wav", { type: "audio/wav" });
  };

  // The page may be renewed while somebody speaks: what it shows is looked up each time.
  const form = () => document.querySelector("[data-recorder]");
  const show = (isRecording) => {
    const button = form()?.querySelector("[data-record]"), label = button?.querySelector("span");
    if (!button) return;
    button.dataset.idle ??= label.textContent;
    label.textContent = isRecording ? button.dataset.recording : button.dataset.idle;
    button.setAttribute("aria-pressed", String(isRecording));
  };

  const start = async () => {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1 } });
    const context = new AudioContext({ sampleRate: RATE });
    const release = async () => {
      stream.getTracks().forEach((track) => track.stop());
      await context.close();
    };
    try {
      await context.audioWorklet.addModule(form().dataset.worklet);
      const tap = new AudioWorkletNode(context, "tap"), pieces = [];
      let length = 0;
      tap.port.onmessage = ({ data }) => {
        pieces.push(data);
        length += data.length;
        if (length >= LONGEST_SAMPLES) recording?.();
      };
      context.createMediaStreamSource(stream).connect(tap);
      recording = async () => {
        recording = null;
        await release();
        show(false);
        const files = new DataTransfer(), target = form();
        if (!target) return;
        files.items.add(wav(pieces, Math.min(length, LONGEST_SAMPLES)));
        target.querySelector("input[type=file]").files = files.files;
        target.requestSubmit();
      };
      show(true);
    } catch (fault) {
      await release();
      throw fault;
    }
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-record]");
    if (!button || isStarting) return;
    if (recording) return recording();
    isStarting = true;
    try {
      await start();
    } catch {
      const heard = document.getElementById("heard");
      heard.textContent = button.dataset.denied;
    } finally {
      isStarting = false;
    }
  });
})();
