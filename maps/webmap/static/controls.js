// What lies on the map's edge: zoom and home, scale bar, the switcher of layers, the legend of what is shown.
"use strict";
(function () {
  const el = MocGioi.el;

  // A small picture of a look, as the map draws it.
  MocGioi.swatch = function (look, kind) {
    if (kind === "P" && look.key !== "gates") {
      const dot = MocGioi.svg("circle", { cx: 12, cy: 8, r: 5, fill: MocGioi.dotColour(look), stroke: "#ffffff", "stroke-width": 1.2 });
      return el("span", { class: "mg-swatch" }, [MocGioi.svg("svg", { viewBox: "0 0 24 16", width: 24, height: 16, "aria-hidden": "true" }, [dot])]);
    }
    if (kind === "P") return el("span", { class: "mg-swatch" }, [MocGioi.gateSign(16)]);
    const fill = look.hatch ? MocGioi.hatch(look) : look.fill || "none";
    const shape = kind === "L"
      ? MocGioi.svg("g", {}, [
        MocGioi.svg("line", { x1: 1, y1: 8, x2: 23, y2: 8, stroke: look.casing || "none", "stroke-width": look.width + 2 }),
        MocGioi.svg("line", { x1: 1, y1: 8, x2: 23, y2: 8, stroke: look.line, "stroke-width": Math.max(look.width, 1.4), "stroke-dasharray": look.dash || "none" }),
      ])
      : MocGioi.svg("rect", { x: 2, y: 2, width: 20, height: 12, fill, "fill-opacity": look.hatch ? 1 : look.opacity, stroke: look.line || "none", "stroke-width": Math.min(look.width, 2.4), "stroke-dasharray": look.dash || "none" });
    return el("span", { class: "mg-swatch" }, [MocGioi.svg("svg", { viewBox: "0 0 24 16", width: 24, height: 16, "aria-hidden": "true" }, [shape])]);
  };

  MocGioi.control = function (position, className, element) {
    const Control = L.Control.extend({
      onAdd() {
        const box = L.DomUtil.create("div", className);
        box.appendChild(element);
        L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
        // Leaflet looks for the box above what was clicked, which may be gone by then.
        box.addEventListener("click", (event) => event.stopPropagation());
        return box;
      },
    });
    return new Control({ position });
  };
  const control = MocGioi.control;

  function folding(title, body, opened) {
    const box = el("details", { class: "mg-fold" }, [el("summary", { text: title }), body]);
    box.open = opened;
    return box;
  }

  function switcher(map) {
    const body = el("div", { class: "mg-layers" });
    for (const group of map.mg.groups) {
      if (!map.mg.layers.some((layer) => layer.data.group === group)) continue;
      body.appendChild(el("div", { class: "mg-group", text: group }));
      const members = map.mg.layers.filter((layer) => layer.data.group === group);
      for (const layer of members.sort((one, other) => other.data.order - one.data.order)) body.appendChild(row(map, layer));
    }
    return body;
  }

  function row(map, layer) {
    const box = el("input", { type: "checkbox", onchange: () => (box.checked ? layer.addTo(map) : layer.remove()) });
    box.checked = map.hasLayer(layer);
    box.setAttribute("data-layer", layer.data.id);
    layer.on("add remove", () => (box.checked = map.hasLayer(layer)));
    const [look] = layer.looks();
    const line = el("label", { class: "mg-layer" }, [box, MocGioi.swatch(look, layer.kindOf(look)), el("span", { text: layer.data.title })]);
    return el("div", {}, [line, layer.data.themes.length > 1 ? themes(map, layer) : null]);
  }

  // By what a layer is coloured.
  function themes(map, layer) {
    const choose = el("select", {
      class: "mg-theme", "aria-label": layer.data.title + ": " + MocGioi.words.colouredBy,
      onchange: () => { layer.setTheme(choose.selectedIndex); map.fire("mg-theme"); },
    }, layer.data.themes.map((theme) => el("option", { text: theme.title })));
    choose.setAttribute("data-theme-of", layer.data.id);
    map.on("mg-theme", () => (choose.selectedIndex = layer.theme));
    return el("div", { class: "mg-theme-row" }, [el("span", { text: MocGioi.words.colouredBy }), choose]);
  }

  const told = (look, kind, title) => el("div", { class: "mg-legend-row" }, [MocGioi.swatch(look, kind), el("span", { text: title })]);

  function legend(map, body) {
    const single = [], headed = [], far = [];
    const group = (layer) => map.mg.groups.indexOf(layer.data.group);
    const shown = map.mg.layers.filter((layer) => map.hasLayer(layer));
    shown.sort((one, other) => group(one) - group(other) || other.data.order - one.data.order);
    for (const layer of shown) {
      if (!layer.isShown()) {
        far.push(el("div", { class: "mg-legend-far" }, [el("span", { text: layer.data.title + " – " + MocGioi.words.closer })]));
        continue;
      }
      const looks = layer.looksWithin(map.getBounds());
      const classed = looks.some((look) => look.title !== layer.data.title);
      if (classed) headed.push(el("div", { class: "mg-group", text: layer.data.title }));
      for (const look of looks) (classed ? headed : single).push(told(look, layer.kindOf(look), look.title));
    }
    const relief = map.mg.settings.relief, shaded = relief ? [told({ fill: map.mg.settings.reliefColour, opacity: 1, width: 0 }, "A", relief.title)] : [];
    body.replaceChildren(...single, ...headed, ...shaded, ...far);
  }

  function button(text, title, act) {
    return el("button", { type: "button", class: "mg-button", text, title, "aria-label": title, onclick: act });
  }

  MocGioi.controls = function (map) {
    const words = MocGioi.words, wide = window.matchMedia("(min-width: 760px)").matches;
    const buttons = el("div", { class: "mg-buttons mg-zoom", role: "toolbar", "aria-label": words.zoom }, [
      button("+", words.zoomIn, () => map.zoomIn(1)), button("−", words.zoomOut, () => map.zoomOut(1)), button("⌂", words.home, map.mg.home),
    ]);
    control("topleft", "mg-control", buttons).addTo(map);
    MocGioi.addCoordinates(map);
    control("topright", "mg-control mg-box mg-switcher", folding(words.layers, switcher(map), wide)).addTo(map);
    const body = el("div", { class: "mg-legend" });
    control("bottomright", "mg-control mg-box", folding(words.legend, body, wide)).addTo(map);
    L.control.scale({ metric: true, imperial: false, maxWidth: 140, position: "bottomleft" }).addTo(map);
    const north = el("div", { class: "mg-north", title: words.northLong }, [el("span", { text: "▲" }), el("span", { text: words.north })]);
    control("bottomleft", "mg-control", north).addTo(map);
    let waiting = 0;
    const refresh = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => legend(map, body)); };
    map.on("layeradd layerremove moveend mg-tiles mg-theme", refresh);
    refresh();
    const size = () => map.getContainer().classList.toggle("mg-far", map.getZoom() < 11.5);
    map.on("zoomend", size);
    size();
  };
})();
