// Compare: a second map beside this one or under it, which follows every step; a divider shows more of one or the other.
"use strict";
(function () {
  const el = MocGioi.el;
  const CHANGE = ["proposed", "added", "removed", "kept", "base", "crossed_parcels"];
  // Before the change there is the established zone: what is kept and what goes.
  const BEFORE = ["base", "kept", "removed"], AFTER = ["proposed", "kept", "added", "crossed_parcels"];

  // The layers of the second map: the other variant's where it has its own, else those of this one.
  function layersOf(map, other) {
    const own = new Map((other ? other.layers : []).map((data) => [data.id, data]));
    const shared = map.mg.layers.filter((layer) => !own.has(layer.data.id) && (other ? !CHANGE.includes(layer.data.id) : !CHANGE.includes(layer.data.id) || BEFORE.includes(layer.data.id)));
    return [...shared.map((layer) => layer.data), ...own.values()].map((data) => MocGioi.layerOf(data));
  }

  function second(map, other) {
    const container = el("div", { class: "mg-map mg-second", id: "mg-second" });
    map.getContainer().appendChild(container);
    const { minZoom, maxZoom, zoomSnap } = map.options;
    const twin = L.map(container, { zoomControl: false, attributionControl: false, zoomSnap, minZoom, maxZoom, zoomAnimation: false, fadeAnimation: false, keyboard: false });
    twin.mg = { ...map.mg, layers: layersOf(map, other), mark: null, popup: null, drawings: null };
    twin.setView(map.getCenter(), map.getZoom(), { animate: false });
    for (const layer of twin.mg.layers) {
      const mine = map.mg.layers.find((one) => one.data.id === layer.data.id);
      layer.theme = mine ? mine.theme : 0;
      if (BEFORE.includes(layer.data.id) || !mine || map.hasLayer(mine)) layer.addTo(twin);
    }
    MocGioi.underlay(twin);
    MocGioi.identify(twin);
    MocGioi.addLabels(twin);
    return twin;
  }

  function follow(one, other) {
    let moving = false;
    const step = (from, to) => () => {
      if (moving) return;
      moving = true;
      to.setView(from.getCenter(), from.getZoom(), { animate: false });
      moving = false;
    };
    const there = step(one, other);
    one.on("move zoomend", there);
    other.on("move zoomend", step(other, one));
    return () => one.off("move zoomend", there);
  }

  MocGioi.compare = function (map) {
    const words = MocGioi.words, other = map.mg.settings.beside;
    const names = other ? [map.mg.settings.name, other.name] : [words.before, words.after];
    const facts = other ? [map.mg.settings.figures.proposed, other.figures.proposed] : [map.mg.settings.figures.base, map.mg.settings.figures.proposed];
    let twin = null, leave = null, mode = "swipe", share = 50, hidden = [];
    // The established zone, or the first variant, on the left; the second map is under the left part.
    const left = other ? 1 : 0;
    const badges = names.map((name, side) => el("div", { class: "mg-badge mg-badge-" + (side ? "right" : "left") }, [el("span", { text: name }), el("b", { text: facts[side].t, fact: facts[side].f, "data-record": other && side === left ? other.id : "" })]));
    const divider = el("div", { class: "mg-divider", role: "slider", tabindex: 0, "aria-label": words.divider, "aria-valuemin": 0, "aria-valuemax": 100 });
    const place = () => {
      const swiped = mode === "swipe", box = twin && twin.getContainer();
      document.body.classList.toggle("mg-side-by-side", !swiped && Boolean(twin));
      const home = map.getContainer();
      // Swiped, the second map lies over the first and under its controls; its visible part takes the pointer.
      if (box && (box.parentNode === home) !== swiped) swiped ? home.appendChild(box) : home.after(box);
      divider.hidden = !swiped;
      divider.style.left = share + "%";
      if (box) (swiped ? home : box).appendChild(badges[1]);
      badges[0].style.right = swiped ? 100 - share + "%" : "";
      badges[1].style.left = swiped ? share + "%" : "";
      divider.setAttribute("aria-valuenow", String(Math.round(share)));
      if (box) box.style.clipPath = !swiped ? "" : other ? "inset(0 0 0 " + share + "%)" : "inset(0 " + (100 - share) + "% 0 0)";
      map.invalidateSize({ pan: false });
      if (twin) { twin.invalidateSize({ pan: false }); twin.setView(map.getCenter(), map.getZoom(), { animate: false }); }
    };
    divider.addEventListener("pointerdown", (event) => { event.stopPropagation(); divider.setPointerCapture(event.pointerId); event.preventDefault(); });
    divider.addEventListener("pointermove", (event) => {
      if (!divider.hasPointerCapture(event.pointerId)) return;
      const frame = map.getContainer().getBoundingClientRect();
      share = Math.min(98, Math.max(2, ((event.clientX - frame.left) / frame.width) * 100));
      place();
    });
    divider.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -2, ArrowRight: 2, Home: -100, End: 100 }[event.key];
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      share = Math.min(98, Math.max(2, share + step));
      place();
    });
    const choices = el("div", { class: "mg-choices" });
    const show = () => choices.replaceChildren(...[["swipe", words.swipe], ["beside", words.sideBySide]].map(([value, text]) => el("button", { type: "button", class: "mg-choice", text, "aria-pressed": String(mode === value), onclick: () => { mode = value; show(); place(); } })));
    const table = el("table", { class: "mg-facts" }, [el("tbody", {}, (map.mg.settings.compared || []).map(([title, one, two]) => el("tr", {}, [
      el("th", { text: title, scope: "row" }), el("td", { text: one.t, fact: one.f }), el("td", { text: two.t, fact: two.f, "data-record": other ? other.id : "" }),
    ])))]);
    return {
      title: words.compare,
      body: el("div", {}, [choices, el("div", { class: "mg-compared" }, names.map((name) => el("b", { text: name }))), table]),
      open() {
        show();
        // Each side shows its own state of the zone.
        hidden = other ? [] : map.mg.layers.filter((layer) => CHANGE.includes(layer.data.id) && !AFTER.includes(layer.data.id) && map.hasLayer(layer));
        hidden.forEach((layer) => layer.remove());
        twin = second(map, other);
        leave = follow(map, twin);
        map.getContainer().append(divider, ...badges);
        L.DomEvent.disableClickPropagation(divider);
        place();
      },
      close() {
        leave();
        const container = twin.getContainer();
        twin.remove();
        twin = null;
        [container, divider, ...badges].forEach((one) => one.remove());
        hidden.forEach((layer) => layer.addTo(map));
        document.body.classList.remove("mg-side-by-side");
        map.invalidateSize({ pan: false });
      },
    };
  };
})();
