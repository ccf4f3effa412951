// Small conveniences; every page works without them.
(() => {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("[data-once]")) delete form.dataset.sent;
  });
  const summary = document.getElementById("errors");
  if (summary) summary.focus();
  if (matchMedia("(max-width: 800px)").matches) document.querySelector(".nav-fold")?.removeAttribute("open");
})();
