// What is here? Every shown feature at a place, the topmost first: a hint under the pointer, all facts on a click.
"use strict";
(function () {
  const el = MocGioi.el;

  // The zone and its parts lie under everything: they come last, however late their lines are drawn.
  const REGIONS = ["added", "removed", "kept", "proposed", "base"];

  function rank(layer) {
    return REGIONS.includes(layer.data.id) ? -REGIONS.indexOf(layer.data.id) : layer.data.order;
  }

  const inOrder = (map) => [...map.mg.layers].sort((one, other) => rank(other) - rank(one));

  async function found(map, latlng, pixels) {
    const hits = await Promise.all(inOrder(map).map(async (layer) => (await layer.find(latlng, pixels)).map((feature) => ({ layer, feature }))));
    return hits.flat();
  }

  // What the hint says: a name and, under it, the land use of a parcel, the area of a part of the zone, else the layer.
  function hintOf({ layer, feature }) {
    const look = layer.lookOf(feature), told = layer.data.id === "parcels" || REGIONS.includes(layer.data.id);
    const second = told ? feature.v[0] || look.title : layer.data.title;
    return [feature.n || layer.data.title, second === feature.n ? "" : second];
  }

  function factRows(layer, feature) {
    return layer.data.fields.map(([title, before, after], place) => {
      const key = after ? before + feature.k + after : before;
      return el("tr", {}, [el("th", { text: title, scope: "row" }), el("td", { text: feature.v[place], fact: key })]);
    });
  }

  function swatchOf({ layer, feature }) {
    return MocGioi.swatch(feature.codes && !feature.codes.length ? layer.looks()[0] : layer.lookOf(feature), feature.t);
  }

  // The page knows no more than its Record: the whole extract is a command away. Odd keys are no part of a command.
  function extract(map, layer, feature) {
    if (!["parcels", "crossed_parcels"].includes(layer.data.id) || !/^[\p{L}\p{N} ._/-]+$/u.test(feature.k)) return null;
    const scenario = map.mg.settings.name, on = /^[\w-]+$/.test(scenario) ? " --scenario " + scenario : "";
    const command = 'mocgioi parcel "' + feature.k + '"' + on + " --pdf trich-luc.pdf", words = MocGioi.words;
    return el("button", { type: "button", class: "mg-extract", text: words.extract, title: command, onclick: () => MocGioi.copy(command, words.extractCopied, words.extractIs) });
  }

  function card(map, hits, chosen) {
    const { layer, feature } = hits[chosen];
    const parts = [
      el("button", { type: "button", class: "mg-close", text: "×", title: MocGioi.words.close, "aria-label": MocGioi.words.close, onclick: () => map.closePopup() }),
      el("div", { class: "mg-card-layer" }, [swatchOf(hits[chosen]), el("span", { text: layer.data.title })]),
      el("div", { class: "mg-card-name", text: feature.n }),
      el("table", { class: "mg-facts" }, [el("tbody", {}, factRows(layer, feature))]),
      extract(map, layer, feature),
    ];
    if (hits.length > 1) {
      const others = hits.map((hit, place) => (place === chosen ? null : el("button", {
        type: "button", class: "mg-other", onclick: (event) => { event.stopPropagation(); fill(map, hits, place); },
      }, [swatchOf(hit), el("span", { text: hit.feature.n })])));
      parts.push(el("div", { class: "mg-others" }, [el("div", { class: "mg-card-layer", text: MocGioi.words.alsoHere }), ...others]));
    }
    return el("div", { class: "mg-card", role: "dialog", "aria-label": feature.n }, parts);
  }

  function fill(map, hits, chosen) {
    map.mg.popup.setContent(card(map, hits, chosen));
    mark(map, hits[chosen].feature);
    map.mg.selected = { layer: hits[chosen].layer.data.id, key: hits[chosen].feature.k };
    map.fire("mg-select");
  }

  function mark(map, feature) {
    if (map.mg.mark) map.mg.mark.remove();
    const options = { pane: "mg-mark", interactive: false, color: "#ffd400", weight: 4, opacity: 0.95, fill: false };
    const draw = { A: () => L.polygon(feature.parts.map((rings) => [rings[0]]), options), L: () => L.polyline(feature.parts, { ...options, weight: 7 }), P: () => L.circleMarker(feature.parts.flat()[0], { ...options, radius: 17 }) };
    map.mg.mark = (feature.parts.length ? draw[feature.t]() : L.rectangle(feature.box, options)).addTo(map);
  }

  MocGioi.showAt = function (map, latlng, hits) {
    const wide = map.getSize().x > 760, width = Math.min(350, map.getSize().x - 110);
    map.mg.popup = L.popup({
      closeButton: false, minWidth: width, maxWidth: Math.max(width, wide ? 400 : 0), maxHeight: wide ? 420 : 300,
      autoPanPaddingTopLeft: wide ? [56, 60] : [56, 136], autoPanPaddingBottomRight: [wide ? 330 : 16, 16],
    }).setLatLng(latlng);
    fill(map, hits, 0);
    map.mg.popup.openOn(map);
  };

  // From a row of the panel, a search or a link: bring the feature into view and say what it is.
  MocGioi.showFeature = async function (map, layerId, key) {
    const layer = map.mg.layers.find((one) => one.data.id === layerId), feature = layer && (await layer.byKeyLater(key));
    if (!feature) return false;
    if (!map.hasLayer(layer)) layer.addTo(map);
    const room = map.getSize().multiplyBy(0.2);
    map.fitBounds(feature.box, { padding: [room.x, room.y], maxZoom: layer.data.labels === "parcels" ? 18 : 15.5, animate: false });
    // Above the feature, so that it stays in sight.
    const top = L.latLng(feature.box.getNorth(), feature.box.getCenter().lng);
    // Of a large layer only the box is known: what lies there says the rest.
    const exact = feature.parts.length ? null : (await layer.find(feature.box.getCenter())).find((one) => one.k === key);
    MocGioi.showAt(map, top, [{ layer, feature: exact || feature }]);
    return true;
  };

  async function showWhatIsAt(map, latlng) {
    const asked = (map.mg.asked = (map.mg.asked || 0) + 1), hits = await found(map, latlng, L.Browser.mobile ? 14 : 7);
    if (asked !== map.mg.asked) return; // another place was asked meanwhile
    if (hits.length) MocGioi.showAt(map, latlng, hits);
    else map.closePopup();
  }

  MocGioi.identify = function (map) {
    map.createPane("mg-mark").style.zIndex = 620;
    map.getPane("mg-mark").style.pointerEvents = "none";
    map.on("click", (event) => { if (!map.mg.tool) showWhatIsAt(map, event.latlng); });
    // With the keyboard: arrows move the map under a cross, Enter asks what is under it.
    map.getContainer().addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === map.getContainer() && !map.mg.tool) showWhatIsAt(map, map.getCenter());
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !map.mg.tool) map.closePopup(); });
    // The cross is for those who come by keyboard.
    document.addEventListener("keydown", () => document.body.classList.add("mg-keys"));
    document.addEventListener("pointerdown", () => document.body.classList.remove("mg-keys"));
    map.on("popupclose", (event) => {
      if (event.popup !== map.mg.popup) return;
      if (map.mg.mark) map.mg.mark.remove();
      map.mg.selected = null;
      map.fire("mg-select");
    });
    if (window.matchMedia("(hover: hover)").matches) hints(map);
  };

  function hints(map) {
    const hint = L.tooltip({ className: "mg-hint", direction: "right", offset: [14, 0], sticky: true });
    let waiting = 0;
    map.on("mousemove", (event) => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => {
        const top = map.mg.tool ? null : first(map, event.latlng);
        if (!top) return void hint.remove();
        const [name, second] = hintOf(top);
        hint.setContent(el("div", {}, [el("strong", { text: name }), el("span", { text: second })]));
        hint.setLatLng(event.latlng).addTo(map);
      });
    });
    map.on("mouseout zoomstart", () => { cancelAnimationFrame(waiting); hint.remove(); });
  }

  function first(map, latlng) {
    for (const layer of inOrder(map)) {
      const [feature] = layer.at(latlng, 5);
      if (feature) return { layer, feature };
    }
    return null;
  }
})();
