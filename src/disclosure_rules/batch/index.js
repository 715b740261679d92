"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const tools = by("tools"), words = by("q"), state = by("s"), severity = by("w"), told = by("n");
  const row = (element) => ({ element, text: element.textContent.toLowerCase(), severities: (element.dataset.w || "").split(" ") });
  const bodies = [...document.querySelectorAll(".bodies tbody tr")].map(row);
  const tables = [...document.querySelectorAll(".some")];
  const rules = [...document.querySelectorAll(".rule")].map((element) => ({
    ...row(element.querySelector("summary")),
    element,
    severities: [element.dataset.w],
    places: [...element.querySelectorAll(".places > li")].map(row),
  }));
  const show = () => {
    const asked = words.value.trim().toLowerCase().split(/\s+/);
    const said = (one) => asked.every((word) => one.text.includes(word));
    const grave = (one) => !severity.value || one.severities.includes(severity.value);
    let seen = 0;
    for (const one of bodies) {
      const shown = said(one) && grave(one) && (!state.value || one.element.dataset.s === state.value);
      one.element.hidden = !shown;
      seen += shown;
    }
    // Of tables that are filtered only the first that shows anything keeps its heading.
    let headed = false;
    for (const table of tables) {
      table.hidden = !table.querySelector("tbody tr:not([hidden])");
      table.querySelector("thead").hidden = headed && seen < bodies.length;
      headed = headed || !table.hidden;
    }
    for (const rule of rules) {
      const whole = said(rule);
      let any = whole;
      for (const place of rule.places) {
        const shown = whole || said(place);
        place.element.hidden = !shown;
        any = any || shown;
      }
      rule.element.hidden = !(any && grave(rule));
    }
    told.textContent = `${seen} / ${bodies.length}`;
  };
  // A link to a rule opens it.
  const open = () => {
    const meant = by(location.hash.slice(1));
    if (meant instanceof HTMLDetailsElement) meant.open = true;
  };
  addEventListener("hashchange", open);
  open();
  tools.addEventListener("input", show);
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.hidden = false;
  show();
})();
