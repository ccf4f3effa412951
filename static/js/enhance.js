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
  // Writing the name of something new chooses it.
  document.addEventListener("input", (event) => {
    const box = document.getElementById(event.target.dataset.checks ?? "");
    if (box) box.checked = true;
  });
  document.getElementById("errors")?.focus();
  if (matchMedia("(max-width: 800px)").matches) document.querySelector(".nav-fold")?.removeAttribute("open");

  // Menus close by Escape, by a click elsewhere, and when the focus leaves them.
  const close = (menu) => menu.removeAttribute("open");
  const openMenus = () => document.querySelectorAll("details[data-menu][open]");
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) close(menu);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      close(menu);
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("focusin", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) close(menu);
  });

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await navigator.clipboard.writeText(button.dataset.copy);
    const announcer = document.getElementById("announcer");
    announcer.textContent = announcer.dataset.copied;
  });
})();
