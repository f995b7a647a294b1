// The side panel: the facts of the Record as the page received them. Nothing is computed here but widths of the bar.
"use strict";
(function () {
  const el = MocGioi.el;

  function cell(tag, content, className = "") {
    return el(tag, { class: [className, content.missing ? "mg-missing" : ""].join(" ").trim(), text: content.t, fact: content.f });
  }

  function factTable(block) {
    const rows = block.rows.map(([title, value]) => el("tr", {}, [el("th", { text: title.t, scope: "row" }), cell("td", value)]));
    return el("table", { class: "mg-facts" }, [el("tbody", {}, rows)]);
  }

  function heads(block) {
    return block.heads.map((head) => el("th", { class: head.n ? "mg-number" : "", scope: "col" }, [
      el("span", { text: head.t }), head.u ? el("small", { text: head.u }) : null,
    ]));
  }

  function rowTable(map, block) {
    const cells = (row) => row.map((one, place) => cell("td", one, block.heads[place].n ? "mg-number" : ""));
    const layer = map.mg.layers.find((one) => one.data.id === block.layer);
    const rows = block.rows.map((row, place) => {
      const line = el("tr", {}, cells(row));
      if (layer && (!layer.byKey || layer.byKey.has(block.keys[place]))) MocGioi.act(line, () => MocGioi.showFeature(map, block.layer, block.keys[place]));
      return line;
    });
    const foot = block.foot.map((row) => el("tr", {}, cells(row)));
    return el("div", { class: "mg-scroll" }, [
      el("table", { class: "mg-table" }, [el("thead", {}, [el("tr", {}, heads(block))]), el("tbody", {}, rows), el("tfoot", {}, foot)]),
    ]);
  }

  MocGioi.act = function (line, go) {
    line.tabIndex = 0;
    line.title = MocGioi.words.showOnMap;
    line.classList.add("mg-go");
    line.addEventListener("click", go);
    line.addEventListener("keydown", (event) => { if (event.key === "Enter") go(); });
  };

  function sentence(block) {
    const parts = block.parts.map((part) => el(part.f ? "b" : "span", { text: part.t, fact: part.f }));
    return el("p", { class: "mg-note " + (block.tone ? "mg-" + block.tone : "") }, parts);
  }

  function blockOf(map, block) {
    const kinds = { facts: () => factTable(block), table: () => rowTable(map, block), bars: () => MocGioi.bars(map, block), sentence: () => sentence(block) };
    return kinds[block.kind]();
  }

  function section(map, content) {
    const box = el("details", { class: "mg-section" }, [el("summary", { text: content.title }), ...content.blocks.map((block) => blockOf(map, block))]);
    box.open = content.opened;
    return box;
  }

  function figures(content) {
    return el("div", { class: "mg-figures" }, content.figures.map((one) => el("div", { class: "mg-figure mg-part-" + one.part }, [
      el("span", { class: "mg-figure-title", text: one.title }), el("span", { class: "mg-figure-value", text: one.t, fact: one.f }),
    ])));
  }

  function bar(content) {
    const parts = content.bar.filter((one) => one.size > 0).map((one) => {
      const part = el("span", { class: "mg-part-" + one.part });
      part.style.flexGrow = String(one.size);
      return part;
    });
    return el("div", { class: "mg-bar", "aria-hidden": "true" }, parts);
  }

  function status(content) {
    const parts = content.status.cells.map((one) => el("span", {}, [el("span", { text: one.title + ": " }), el("b", { text: one.t, fact: one.f })]));
    return el("div", { class: "mg-status" + (content.status.doubtful ? " mg-doubtful" : "") }, parts);
  }

  MocGioi.open = async function (map, content, beside) {
    await MocGioi.arrive(map);
    map.mg.settings.beside = await beside;
    const words = MocGioi.words;
    document.title = [content.project, content.scenario].filter(Boolean).join(" – ");
    const head = el("header", { class: "mg-head" }, [
      el("div", { class: "mg-brand", text: words.brand }),
      el("h1", { text: content.project }),
      content.scenario ? el("div", { class: "mg-scenario" }, [el("span", { text: words.scenario + ": " }), el("b", { text: content.scenario })]) : null,
      content.reason ? el("p", { class: "mg-reason", text: content.reason }) : null,
    ]);
    const panel = el("aside", { class: "mg-panel", "aria-label": words.panel }, [
      head, content.status ? status(content) : null, content.figures.length ? figures(content) : null, content.bar.length ? bar(content) : null, ...content.sections.map((one) => section(map, one)), el("p", { class: "mg-foot", text: content.foot }),
    ]);
    map.getContainer().setAttribute("role", "application");
    map.getContainer().setAttribute("aria-label", words.mapHelp);
    if (content.notice) document.body.appendChild(el("div", { class: "mg-notice", role: "note", text: content.notice }));
    document.body.appendChild(panel);
    const toggle = el("button", { type: "button", class: "mg-toggle", text: words.panel, onclick: () => read(!document.body.classList.contains("mg-reading")) });
    const read = (yes) => { document.body.classList.toggle("mg-reading", yes); toggle.textContent = yes ? words.map : words.panel; };
    map.on("popupopen", () => read(false));
    document.body.appendChild(toggle);
    MocGioi.addSearch(map);
    MocGioi.controls(map);
    MocGioi.addTools(map);
    MocGioi.identify(map);
    MocGioi.addIslands(map);
    MocGioi.addBackdrop(map);
    MocGioi.addLabels(map);
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(map.getContainer());
    map.invalidateSize({ pan: false });
    map.mg.home();
    await MocGioi.addPermalink(map);
    document.body.setAttribute("data-ready", "");
  };
})();
