// What is here? Every shown feature at a place, the topmost first: a hint under the pointer, all facts on a click.
"use strict";
(function () {
  const el = MocGioi.el;

  // The zone and its parts lie under everything: they come last, however late their lines are drawn.
  const REGIONS = ["added", "removed", "kept", "proposed", "base"];

  function rank(layer) {
    return REGIONS.includes(layer.data.id) ? -REGIONS.indexOf(layer.data.id) : layer.data.order;
  }

  function found(map, latlng, pixels) {
    const layers = map.mg.layers.filter((layer) => layer.isShown()).sort((one, other) => rank(other) - rank(one));
    return layers.flatMap((layer) =>
      layer.features.filter((one) => MocGioi.isAt(map, one, latlng, pixels)).map((feature) => ({ layer, feature })));
  }

  // What the hint says under a name: the land use of a parcel, the area of a part of the zone, else which layer it is.
  function secondLine({ layer, feature }) {
    return layer.data.id === "parcels" || REGIONS.includes(layer.data.id) ? feature.v[0] : layer.data.title;
  }

  function factRows(layer, feature) {
    return layer.data.fields.map(([title, before, after], place) => {
      const key = after ? before + feature.k + after : before;
      return el("tr", {}, [el("th", { text: title, scope: "row" }), el("td", { text: feature.v[place], fact: key })]);
    });
  }

  function card(map, hits, chosen) {
    const { layer, feature } = hits[chosen];
    const look = layer.data.looks[feature.c];
    const parts = [
      el("button", { type: "button", class: "mg-close", text: "×", title: MocGioi.words.close, "aria-label": MocGioi.words.close, onclick: () => map.closePopup() }),
      el("div", { class: "mg-card-layer" }, [MocGioi.swatch(look, feature.t), el("span", { text: layer.data.title })]),
      el("div", { class: "mg-card-name", text: feature.n }),
      el("table", { class: "mg-facts" }, [el("tbody", {}, factRows(layer, feature))]),
    ];
    if (hits.length > 1) {
      const others = hits.map((hit, place) => (place === chosen ? null : el("button", {
        type: "button", class: "mg-other", onclick: (event) => { event.stopPropagation(); fill(map, hits, place); },
      }, [MocGioi.swatch(hit.layer.data.looks[hit.feature.c], hit.feature.t), el("span", { text: hit.feature.n })])));
      parts.push(el("div", { class: "mg-others" }, [el("div", { class: "mg-card-layer", text: MocGioi.words.alsoHere }), ...others]));
    }
    return el("div", { class: "mg-card" }, parts);
  }

  function fill(map, hits, chosen) {
    map.mg.popup.setContent(card(map, hits, chosen));
    mark(map, hits[chosen].feature);
  }

  function mark(map, feature) {
    if (map.mg.mark) map.mg.mark.remove();
    const options = { pane: "mg-mark", interactive: false, color: "#ffd400", weight: 4, opacity: 0.95, fill: false };
    const draw = { A: () => L.polygon(feature.parts.map((rings) => [rings[0]]), options), L: () => L.polyline(feature.parts, { ...options, weight: 7 }), P: () => L.circleMarker(feature.parts.flat()[0], { ...options, radius: 17 }) };
    map.mg.mark = draw[feature.t]().addTo(map);
  }

  MocGioi.showAt = function (map, latlng, hits) {
    const wide = map.getSize().x > 760, width = Math.min(350, map.getSize().x - 90);
    map.mg.popup = L.popup({
      closeButton: false, minWidth: width, maxWidth: Math.max(width, wide ? 400 : 0), maxHeight: 420,
      autoPanPaddingTopLeft: wide ? [56, 16] : [16, 76], autoPanPaddingBottomRight: [wide ? 330 : 16, 16],
    }).setLatLng(latlng);
    fill(map, hits, 0);
    map.mg.popup.openOn(map);
  };

  // From a row of the panel: bring the feature into view and say what it is.
  MocGioi.showFeature = function (map, layerId, key) {
    const layer = map.mg.layers.find((one) => one.data.id === layerId);
    const feature = layer && layer.byKey.get(key);
    if (!feature) return;
    if (!map.hasLayer(layer)) layer.addTo(map);
    const room = map.getSize().multiplyBy(0.2);
    map.fitBounds(feature.box, { padding: [room.x, room.y], maxZoom: layer.data.labels === "parcels" ? 18 : 15.5, animate: false });
    // Above the feature, so that it stays in sight.
    MocGioi.showAt(map, L.latLng(feature.box.getNorth(), feature.box.getCenter().lng), [{ layer, feature }]);
  };

  MocGioi.identify = function (map) {
    map.createPane("mg-mark").style.zIndex = 620;
    map.getPane("mg-mark").style.pointerEvents = "none";
    map.on("click", (event) => {
      const hits = found(map, event.latlng, L.Browser.mobile ? 14 : 7);
      if (hits.length) MocGioi.showAt(map, event.latlng, hits);
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") map.closePopup(); });
    map.on("popupclose", (event) => { if (event.popup === map.mg.popup && map.mg.mark) map.mg.mark.remove(); });
    if (!window.matchMedia("(hover: hover)").matches) return;
    const hint = L.tooltip({ className: "mg-hint", direction: "right", offset: [14, 0], sticky: true });
    let waiting = 0;
    map.on("mousemove", (event) => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => {
        const [top] = found(map, event.latlng, 5);
        if (!top) return void hint.remove();
        hint.setContent(el("div", {}, [el("strong", { text: top.feature.n }), el("span", { text: secondLine(top) })]));
        hint.setLatLng(event.latlng).addTo(map);
      });
    });
    map.on("mouseout zoomstart", () => { cancelAnimationFrame(waiting); hint.remove(); });
  };
})();
