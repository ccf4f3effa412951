// Hands what the microphone gives to the page, piece by piece.
class Tap extends AudioWorkletProcessor {
  process([channels]) {
    if (channels.length) this.port.postMessage(channels[0].slice());
    return true;
  }
}
registerProcessor("tap", Tap);
