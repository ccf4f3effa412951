// One poll a page: quick at first, slower with time, none while the tab is hidden.
(() => {
  const opened = Date.now();
  let failures = 0;
  let timer = 0;
  let ended = false;

  const pause = () => {
    const age = (Date.now() - opened) / 1000;
    const usual = age < 30 ? 2 : age < 300 ? 5 : age < 3600 ? 15 : 60;
    return Math.min(usual * 2 ** failures, 300) * 1000;
  };
  const poll = () => {
    const target = document.querySelector("[data-live]");
    if (target && !document.hidden && !ended) htmx.trigger(target, "live-poll");
  };
  const plan = () => {
    clearTimeout(timer);
    timer = setTimeout(poll, pause());
  };
  const announcer = () => document.getElementById("announcer");

  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) failures = 0;
    plan();
  });
  for (const name of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(name, (event) => {
      failures += 1;
      if (event.detail.xhr?.status === 401) {
        ended = true;
        announcer().textContent = announcer().dataset.ended;
        return;
      }
      if (failures === 1) announcer().textContent = announcer().dataset.paused;
    });
  }
  document.addEventListener("visibilitychange", () => (document.hidden ? clearTimeout(timer) : poll()));
  if (document.querySelector("[data-live]")) plan();

  // What is announced to screen readers is also shown for a few seconds to everybody else.
  new MutationObserver(() => {
    const text = announcer().textContent.trim();
    if (!text || announcer().querySelector("[data-quiet]")) return;
    const toast = document.createElement("div");
    toast.className = "toast";
    toast.textContent = text;
    document.getElementById("toasts").append(toast);
    setTimeout(() => toast.remove(), 6000);
  }).observe(announcer(), { childList: true, characterData: true, subtree: true });
})();
