// Sends chosen files in blocks. What broke off goes on, also when the page was closed meanwhile.
(() => {
  const host = document.querySelector("[data-uploader]");
  const input = host.querySelector("input"), form = host.closest("form"), texts = host.dataset;
  const list = document.querySelector("[data-upload-list]");
  const template = document.querySelector("[data-upload-template]");
  const STALLED_MS = 60_000;
  // Signing in again in another tab changes the token.
  const token = () => document.cookie.match(/(?:^|; )(?:__\w+-)?csrftoken=([^;]+)/)?.[1] ?? form.querySelector("[name=csrfmiddlewaretoken]").value;
  const announce = (text) => { document.getElementById("announcer").textContent = text; };
  const waiting = []; // files to be sent, one after the other
  let sending = null, goesOn = false;
  input.removeAttribute("name"); // the files come in blocks, not with the form

  const filled = (text, values) => text.replaceAll(/%\((\w+)\)s/g, (_, name) => values[name]).replaceAll("%%", "%");
  const size = (bytes) => new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 })
    .format(bytes / 2 ** 20) + " MB";
  const span = (seconds) => seconds < 90 ? `${Math.ceil(seconds)} ${texts.second}`
    : seconds < 5400 ? `${Math.round(seconds / 60)} ${texts.minute}` : `${(seconds / 3600).toFixed(1)} ${texts.hour}`;
  const sleep = (seconds) => new Promise((done) => {
    const wake = () => { clearTimeout(timer); removeEventListener("online", wake); done(); };
    const timer = setTimeout(wake, seconds * 1000);
    addEventListener("online", wake);
  });

  const call = (method, url, body, headers, onProgress) => new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries({ "X-CSRFToken": token(), "HX-Request": "true", ...headers })) request.setRequestHeader(name, value);
    // A slow line may take its time, as long as something moves.
    let stalled = 0;
    const moved = () => { clearTimeout(stalled); stalled = setTimeout(() => request.abort(), STALLED_MS); };
    request.upload.onprogress = (event) => { moved(); onProgress?.(event.loaded); };
    request.onloadend = () => clearTimeout(stalled);
    moved();
    request.onload = () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* an answer without JSON */ }
      resolve({ status: request.status, answer });
    };
    request.onerror = request.onabort = () => resolve({ status: 0, answer: {} });
    request.send(body);
  });
  const isReadable = (file) => file.slice(0, 1).arrayBuffer().then(() => true, () => false);
  const passes = (status) => status === 0 || status === 429 || (status >= 500 && status !== 507);

  const rowOf = (file) => {
    const row = template.content.cloneNode(true).querySelector("li");
    row.querySelector(".upload-name").textContent = file.name;
    row.querySelector(".upload-size").textContent = size(file.size);
    row.querySelector("progress").setAttribute("aria-label", file.name);
    row.querySelector(".visually-hidden").textContent = ` ${file.name}`;
    return row;
  };
  const show = (row, text, isError = false) => {
    const state = row.querySelector(".upload-state");
    state.textContent = text;
    state.classList.toggle("error-text", isError);
  };

  // Again and again until the server has it, or says no.
  const insist = async (row, file, attempt) => {
    for (let failures = 0; ; failures += 1) {
      const found = await attempt();
      if (found.status >= 200 && found.status < 300) return found.answer;
      if (!passes(found.status)) throw new Error(found.status === 401 ? texts.signedOut : found.answer.message || texts.failed);
      if (!(await isReadable(file))) throw new Error(texts.changed);
      const seconds = Math.min(2 ** failures, 30);
      show(row, filled(texts.broken, { seconds }), true);
      if (!failures) announce(`${file.name}: ${filled(texts.broken, { seconds })}`);
      await sleep(seconds);
    }
  };

  const send = async ({ file, row }) => {
    const announced = JSON.stringify({ name: file.name, size: file.size, modified: file.lastModified });
    const place = await insist(row, file, () => call("POST", texts.add, announced, { "Content-Type": "application/json" }));
    for (const other of list.querySelectorAll(`[data-key="${place.key}"]`)) if (other !== row) other.remove();
    if (!row.isConnected) return void call("POST", place.remove, null, {});
    row.dataset.key = place.key;
    row.querySelector("button").setAttribute("formaction", place.remove);
    const there = new Set(place.there), blockSize = place.blockSize, progress = row.querySelector("progress");
    const lengthOf = (number) => Math.min(blockSize, file.size - number * blockSize);
    let done = place.there.reduce((sum, number) => sum + lengthOf(number), 0);
    const began = Date.now(), doneAtFirst = done;
    const advance = (bytes) => {
      progress.value = bytes;
      const rate = (bytes - doneAtFirst) / Math.max(Date.now() - began, 1);
      const left = rate > 0 ? filled(texts.left, { left: span((file.size - bytes) / rate / 1000) }) : "";
      show(row, filled(texts.sending, { percent: Math.floor((bytes / file.size) * 100), size: size(file.size) }) + left);
    };
    progress.max = file.size;
    for (let number = 0; number * blockSize < file.size; number += 1) {
      if (there.has(number)) continue;
      if (!row.isConnected) return;
      const piece = file.slice(number * blockSize, (number + 1) * blockSize);
      advance(done);
      await insist(row, file, () => call("PUT", `${place.blocks}${number}/`, piece, { "Content-Type": "application/octet-stream" }, (bytes) => advance(done + bytes)));
      done += piece.size;
    }
    if (done !== file.size) throw new Error(texts.failed);
    progress.value = file.size;
    show(row, texts.whole);
    announce(filled(texts.announce, { name: file.name }));
  };

  const note = (text) => {
    const place = document.querySelector("[data-upload-next]");
    place.textContent = text;
    place.hidden = !text;
  };
  const work = async () => {
    if (sending) return;
    while ((sending = waiting.shift())) {
      try {
        await send(sending);
      } catch (error) {
        show(sending.row, error.message, true);
        announce(`${sending.file.name}: ${error.message}`);
        if (goesOn) note(texts.stays);
        goesOn = false;
      }
    }
    if (!goesOn) return;
    note("");
    form.requestSubmit();
  };
  const add = (files) => {
    for (const file of files) {
      const row = rowOf(file);
      show(row, texts.waiting);
      list.append(row);
      waiting.push({ file, row });
    }
    work();
  };

  // Taking a file out must not reload the page, which would break off the others.
  list.addEventListener("click", (event) => {
    const button = event.target.closest("button"), row = button?.closest("li");
    if (!row) return;
    event.preventDefault();
    const place = waiting.findIndex((one) => one.row === row);
    if (place >= 0) waiting.splice(place, 1);
    if (button.hasAttribute("formaction")) call("POST", button.getAttribute("formaction"), null, {});
    row.remove();
    input.focus();
  });
  const take = () => { add([...input.files]); input.value = ""; };
  input.addEventListener("change", take);
  if (input.files.length) take(); // chosen before this script came
  for (const name of ["dragover", "drop"]) window.addEventListener(name, (event) => event.preventDefault());
  for (const name of ["dragenter", "dragover"]) host.addEventListener(name, () => host.classList.add("over"));
  for (const name of ["dragleave", "drop"]) host.addEventListener(name, () => host.classList.remove("over"));
  host.addEventListener("drop", (event) => add([...event.dataTransfer.files]));
  form.addEventListener("submit", (event) => {
    if (!sending) return;
    event.preventDefault();
    event.stopPropagation();
    goesOn = true;
    note(texts.next);
  });
  window.addEventListener("beforeunload", (event) => { if (sending) event.preventDefault(); });
})();
