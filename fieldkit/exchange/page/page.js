"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const kept = JSON.parse(byId("kept").textContent);
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  document.documentElement.classList.add("scripted");

  const quotes = [...document.querySelectorAll("li[data-codes]")].map((item) => ({
    item,
    words: fold(item.textContent),
    group: item.dataset.group,
    codes: item.dataset.codes.split("\n"),
  }));
  const words = byId("find-words"), group = byId("find-group"), code = byId("find-code");
  const told = byId("find-told"), pattern = told.dataset.told;
  const show = () => {
    const wanted = fold(words.value.trim()).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const quote of quotes) {
      const fits = wanted.every((word) => quote.words.includes(word))
        && (!group.value || quote.group === group.value)
        && (!code.value || quote.codes.includes(code.value));
      quote.item.hidden = !fits;
      shown += fits;
    }
    if (wanted.length || group.value || code.value)
      for (const list of document.querySelectorAll("details.said")) list.open = true;
    told.textContent = pattern.replace("{n}", shown);
  };
  let waiting;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(show, 120); };
  words.addEventListener("input", soon);
  for (const control of [group, code]) control.addEventListener("change", show);
  byId("find").addEventListener("submit", (event) => { event.preventDefault(); show(); });
  show();

  const dialog = byId("behind");
  const line = (text, target) => {
    const item = document.createElement("li");
    if (target) {
      const link = document.createElement("a");
      link.href = target;
      link.textContent = text;
      link.addEventListener("click", () => dialog.close());
      item.append(link);
    } else item.textContent = text;
    return item;
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-at]");
    if (!button) return;
    const [table, cell] = button.dataset.at.split(".").map(Number);
    const [persons, responses] = kept.behind[table][cell];
    byId("behind-cell").textContent = kept.tables[table][cell][0];
    byId("behind-persons").textContent = persons.map((n) => kept.persons[n]).join(", ") || dialog.dataset.nobody;
    byId("behind-words").replaceChildren(
      ...responses.map((n) => line(byId("r-" + n)?.dataset.name ?? String(n), "#r-" + n)));
    dialog.showModal();
  });
  byId("behind-close").addEventListener("click", () => dialog.close());

  // What is folded away is printed all the same.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const each of opened) each.open = true;
  });
  addEventListener("afterprint", () => { for (const each of opened) each.open = false; });
})();
