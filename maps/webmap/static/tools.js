// The tools: one is open at a time, in a small box of its own.
"use strict";
(function () {
  const el = MocGioi.el;
  const ICONS = {
    measure: "M3 17 17 3l4 4L7 21zM7 13l2 2M10 10l2 2M13 7l2 2",
    draw: "M4 20l1-5L16 4l4 4L9 19zM14 6l4 4",
    compare: "M12 3v18M4 7h5v10H4zM15 7h5v10h-5z",
    print: "M7 9V3h10v6M5 9h14a2 2 0 0 1 2 2v5h-4v4H7v-4H3v-5a2 2 0 0 1 2-2zM7 14h10",
    link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
  };

  MocGioi.icon = (name) => MocGioi.svg("svg", { viewBox: "0 0 24 24", width: 19, height: 19, "aria-hidden": "true" }, [
    MocGioi.svg("path", { d: ICONS[name], fill: "none", stroke: "currentColor", "stroke-width": 1.9, "stroke-linejoin": "round", "stroke-linecap": "round" }),
  ]);

  function toolButton(name, title, act) {
    return el("button", { type: "button", class: "mg-button", title, "aria-label": title, "data-tool": name, onclick: act }, [MocGioi.icon(name)]);
  }

  MocGioi.addTools = function (map) {
    const words = MocGioi.words, made = {}, box = el("section", { class: "mg-tool", "aria-live": "polite" });
    const makers = { measure: MocGioi.measure, draw: MocGioi.draw };
    if (map.mg.settings.compared.length) makers.compare = MocGioi.compare;
    box.hidden = true;
    const close = () => {
      if (!map.mg.tool) return;
      made[map.mg.tool].close();
      map.mg.tool = null;
      box.hidden = true;
      press();
    };
    const open = (name) => {
      const again = map.mg.tool === name;
      close();
      if (again) return;
      map.closePopup();
      const tool = (made[name] = made[name] || makers[name](map));
      box.replaceChildren(el("header", {}, [el("h2", { text: tool.title }), el("button", { type: "button", class: "mg-close", text: "×", title: words.close, "aria-label": words.close, onclick: close })]), tool.body);
      box.hidden = false;
      map.mg.tool = name;
      tool.open();
      press();
    };
    const press = () => { for (const one of bar.querySelectorAll("[data-tool]")) one.setAttribute("aria-pressed", String(one.getAttribute("data-tool") === map.mg.tool)); };
    const bar = el("div", { class: "mg-buttons", role: "toolbar", "aria-label": words.tools }, [
      ...Object.keys(makers).map((name) => toolButton(name, words[name], () => open(name))),
      toolButton("print", words.print, () => MocGioi.print(map)),
      toolButton("link", words.link, () => MocGioi.copyLink()),
    ]);
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
    MocGioi.control("topleft", "mg-control mg-tools", el("div", {}, [bar, box])).addTo(map);
    press();
  };

  // Copy a text and say so; where a browser forbids it, show the text.
  MocGioi.copy = async function (text, done, shown) {
    try {
      await navigator.clipboard.writeText(text);
      MocGioi.say(done);
    } catch {
      MocGioi.say(shown + " " + text);
    }
  };
  MocGioi.copyLink = () => MocGioi.copy(location.href, MocGioi.words.linkCopied, MocGioi.words.linkIs);
})();
