// Selecting rows by mouse and keyboard; what is selected survives updates of the list.
(() => {
  const chosen = new Set();
  let last = null;
  const boxes = () => [...document.querySelectorAll('.data-grid input[name="pk"]')];
  if (!document.getElementById("selection")) return;

  const refresh = () => {
    const shown = boxes();
    for (const one of chosen) if (!shown.some((box) => box.value === one)) chosen.delete(one);
    for (const box of shown) box.checked = chosen.has(box.value);
    const all = document.querySelector("[data-select-all]");
    if (all) {
      all.checked = shown.length > 0 && chosen.size === shown.length;
      all.indeterminate = chosen.size > 0 && chosen.size < shown.length;
    }
    for (const button of document.querySelectorAll("[data-needs-selection]")) {
      const [least, most] = button.dataset.needsSelection.split("-").map(Number);
      button.disabled = chosen.size < least || chosen.size > most;
    }
    const count = document.querySelector("[data-selection-count]");
    count.textContent = chosen.size ? `${chosen.size} ${count.dataset.some}` : count.dataset.none;
  };
  const set = (box, on) => (on ? chosen.add(box.value) : chosen.delete(box.value));
  const range = (from, to, on) => {
    const shown = boxes();
    const [a, b] = [shown.findIndex((box) => box.value === from), shown.indexOf(to)].sort((x, y) => x - y);
    for (const box of shown.slice(Math.max(a, 0), b + 1)) set(box, on);
  };

  document.addEventListener("click", (event) => {
    const box = event.target;
    if (box.matches?.("[data-select-all]")) {
      for (const one of boxes()) set(one, box.checked);
    } else if (box.matches?.('.data-grid input[name="pk"]')) {
      if (event.shiftKey && last) range(last, box, box.checked);
      else set(box, box.checked);
      last = box.value;
    } else return;
    refresh();
  });
  document.addEventListener("keydown", (event) => {
    const row = event.target.closest?.(".data-grid tbody tr");
    if (!row || !["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
    const rows = [...row.parentElement.children];
    const here = rows.indexOf(row);
    const place = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 }[event.key];
    const next = rows[place];
    if (!next) return;
    event.preventDefault();
    const inBox = event.target.matches('input[name="pk"]');
    const target = (!inBox && next.querySelector("th a")) || next.querySelector("input, a");
    target?.focus();
    if (event.shiftKey && inBox) {
      set(event.target, true);
      set(target, true);
      last = target.value;
      refresh();
    }
  });
  for (const name of ["htmx:afterSwap", "htmx:oobAfterSwap", "htmx:load"]) document.addEventListener(name, refresh);
  for (const box of boxes()) if (box.checked) chosen.add(box.value);
  refresh();
})();
