// Layers of the Record: drawn once, shown and hidden at will. Neighbours in their order share a pane and a drawing, because
// every drawing of the size of the map is blended anew in each frame.
"use strict";
(function () {
  // Hatching is a pattern of the page that every drawing may refer to.
  const patterns = MocGioi.svg("defs", {});
  document.body.appendChild(MocGioi.svg("svg", { width: 0, height: 0, class: "mg-patterns", "aria-hidden": "true" }, [patterns]));
  const TURNS = { "/": 45, "\\": -45, "|": 0 };
  const made = new Set();

  MocGioi.hatch = function (look) {
    const id = "mg-hatch-" + look.line.slice(1) + "-" + TURNS[look.hatch];
    if (!made.has(id)) {
      made.add(id);
      const stripe = MocGioi.svg("line", { x1: 3.5, y1: 0, x2: 3.5, y2: 7, stroke: look.line, "stroke-width": 1.15, "stroke-opacity": 0.75 });
      const tint = MocGioi.svg("rect", { width: 7, height: 7, fill: look.fill || look.line, "fill-opacity": look.fill ? look.opacity : 0.07 });
      const turn = "rotate(" + TURNS[look.hatch] + ")";
      patterns.appendChild(MocGioi.svg("pattern", { id, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: turn }, [tint, stripe]));
    }
    return "url(#" + id + ")";
  };

  function pathOptions(look, pane, renderer, filled) {
    return {
      pane, renderer, interactive: false, smoothFactor: 0.6,
      stroke: look.line !== "", color: look.line || undefined, weight: look.width, opacity: 1,
      dashArray: look.dash || undefined, lineJoin: "round", lineCap: look.dash ? "butt" : "round",
      fill: filled && (look.fill !== "" || look.hatch !== ""),
      fillColor: look.hatch ? MocGioi.hatch(look) : look.fill,
      fillOpacity: look.hatch ? 1 : look.opacity,
    };
  }

  function outlined(look) {
    return look.fill === "" && look.hatch === "";
  }

  // A boundary whose slivers are fine lines, gone from afar: gaps between commune lines must not look like borders.
  function withFineSlivers(feature, options, width) {
    const isSliver = (ring) => meanWidth(ring) < width;
    const whole = feature.parts.map(([outer, ...holes]) => [outer, ...holes.filter((hole) => !isSliver(hole))]);
    const slivers = feature.parts.flatMap((rings) => rings.slice(1)).filter(isSliver).map((hole) => [...hole, hole[0]]);
    const fine = { ...options, weight: 0.8, opacity: 0.7, dashArray: undefined, className: "mg-sliver" };
    return [L.polygon(whole, options), ...(slivers.length ? [L.polyline(slivers, fine)] : [])];
  }

  // Twice the area over the perimeter, in metres: the measure by which the Record tells slivers from holes.
  function meanWidth(ring) {
    const metres = 111195, stretch = Math.cos((ring[0][0] * Math.PI) / 180);
    let area = 0, around = 0;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [y, x] = ring[i], [v, u] = ring[j];
      area += ((u - x) * (v + y - 2 * ring[0][0]) * stretch) / 2;
      around += Math.hypot((x - u) * stretch, y - v);
    }
    return ((2 * Math.abs(area)) / around) * metres;
  }

  // A gate: two posts and a beam in a dark shield.
  MocGioi.gateSign = function (size) {
    return MocGioi.svg("svg", { viewBox: "0 0 24 24", width: size, height: size, "aria-hidden": "true" }, [
      MocGioi.svg("rect", { x: 1.2, y: 1.2, width: 21.6, height: 21.6, rx: 5, fill: "#12324a", stroke: "#ffffff", "stroke-width": 1.8 }),
      MocGioi.svg("path", { d: "M5.5 8.5h13M7 5.8h10M8 8.5v10M16 8.5v10M12 8.5v3", stroke: "#ffffff", "stroke-width": 1.9, fill: "none", "stroke-linecap": "round" }),
    ]);
  };

  // A dot on a pale ground needs the darkest colour of its look.
  MocGioi.dotColour = (look) => [look.casing, look.line, look.fill].find((colour) => colour && colour !== "#ffffff") || look.fill;

  const MANY = 1000, JOINED = 300, DOTTED = 60, BACKDROP = 13;

  // Where the pane of a layer starts: above the last one below it that has a pane of its own, or above a backdrop.
  function storeyOf(layer, map) {
    const { order } = layer.data, floors = map.mg.layers.filter((one) => one.isAlone()).map((one) => one.data.order);
    return layer.isAlone() ? order : Math.max(0, ...[BACKDROP, ...floors].filter((one) => one < order)) + 1;
  }

  // In a drawing that layers share, those that are higher in the order come last.
  function sorted(map, renderer) {
    const sharing = map.mg.layers.filter((one) => one.renderer === renderer && one.drawn && map.hasLayer(one.drawn));
    sharing.sort((one, other) => one.data.order - other.data.order);
    for (const one of sharing) one.drawn.eachLayer((shape) => shape.bringToFront && shape.bringToFront());
  }

  MocGioi.PlainLayer = L.Layer.extend({
    initialize(data) {
      this.data = data;
      this.theme = 0;
      this.features = data.features.map((feature) => MocGioi.unpackFeature(feature, data.scale));
      this.byKey = new Map(this.features.map((feature) => [feature.k, feature]));
      this.extent = this.features.reduce((all, one) => all.extend(one.box), L.latLngBounds([]));
      this.drawn = null;
    },
    looks() { return this.data.themes[this.theme].looks; },
    lookOf(feature) { return this.looks()[feature.c[this.theme]]; },
    kindOf(look) {
      const place = this.looks().indexOf(look), feature = this.features.find((one) => one.c[this.theme] === place) || this.features[0];
      return feature ? feature.t : "A";
    },
    setTheme(theme) {
      this.theme = theme;
      const map = this._map;
      if (map) this.remove();
      this.drawn = null;
      this.fine = false;
      if (map) this.addTo(map);
    },
    // On the map, and near enough to be drawn.
    isShown() {
      return Boolean(this._map) && this._map.getZoom() >= this.data.minZoom;
    },
    // Looks of what lies in a view, in the order of the legend.
    looksWithin(view) {
      const seen = new Set(this.features.filter((feature) => feature.boxes.some((box) => view.intersects(box))).map((feature) => feature.c[this.theme]));
      return this.looks().filter((look, place) => look.title && seen.has(place));
    },
    at(latlng, pixels) { return this.isShown() ? this.features.filter((one) => MocGioi.isAt(this._map, one, latlng, pixels)) : []; },
    async find(latlng, pixels) { return this.at(latlng, pixels); },
    async told(feature) { return feature; },
    async byKeyLater(key) { return this.byKey.get(key) || null; },
    // Corners near a place, for a sketch to catch.
    *corners(latlng, map) {
      const reach = 24 / 256 / 2 ** map.getZoom() * 360, near = L.latLngBounds([latlng.lat - reach, latlng.lng - reach], [latlng.lat + reach, latlng.lng + reach]);
      for (const feature of this.features) {
        if (!feature.box.intersects(near)) continue;
        const lists = feature.t === "A" ? feature.parts.flat() : feature.parts;
        for (const points of lists) for (const point of points) if (Math.abs(point[0] - latlng.lat) < reach && Math.abs(point[1] - latlng.lng) < reach) yield point;
      }
    },
    *labelled(map) {
      for (const feature of this.features) {
        if (!feature.l || !feature.place) continue;
        const size = map.latLngToLayerPoint(feature.box.getSouthEast()).subtract(map.latLngToLayerPoint(feature.box.getNorthWest()));
        yield { l: feature.l, at: feature.place, size };
      }
    },
    onAdd(map) {
      this.drawn = this.drawn || L.layerGroup(this._draw(map));
      map.on("zoomend", this._follow, this);
      this._follow();
    },
    onRemove(map) {
      map.off("zoomend", this._follow, this);
      this.drawn.remove();
    },
    _follow() {
      const shown = this._map.getZoom() >= this.data.minZoom;
      if (shown !== this._map.hasLayer(this.drawn)) shown ? this._show() : this.drawn.remove();
      this._sizeDots();
      // From afar the lines of many small areas would be all that one sees.
      const fine = this.features.length > MANY && this._map.getZoom() < 13.5;
      if (fine === Boolean(this.fine)) return;
      this.fine = fine;
      this.drawn.eachLayer((one) => { if (one.options.fill) one.setStyle({ opacity: fine ? 0.25 : 1 }); });
    },
    _show() {
      this.drawn.addTo(this._map);
      if (!this.isAlone()) sorted(this._map, this.renderer);
    },
    // From afar hundreds of dots would hide the map under them.
    _sizeDots() {
      const zoom = this._map.getZoom(), radius = this.features.length < 60 || zoom >= 14.5 ? 4.8 : zoom >= 12.5 ? 3.4 : 2.4;
      if (radius === this.radius) return;
      this.radius = radius;
      this.drawn.eachLayer((one) => { if (one.setRadius) one.setStyle({ radius, weight: radius > 3 ? 1.4 : 0.7 }); });
    },
    // Places of its signs in a view: a name must not stand on them.
    *signs(view) {
      const reach = this.data.id === "gates" ? 11 : this.radius || 4.8;
      for (const feature of this.features) if (feature.t === "P") for (const place of feature.parts.flat()) if (view.contains(place)) yield { place, reach };
    },
    // Whether it has a pane of its own: a canvas, or signs.
    isAlone() { return this._isMany() || this.data.id === "gates"; },
    // Many shapes are quicker on a canvas, which knows no hatching.
    _isMany() { return this.features.length > DOTTED && !this.looks().some((look) => look.hatch); },
    _draw(map) {
      const storey = storeyOf(this, map), pane = (this.isAlone() ? "mg-" : "mg-from-") + storey;
      if (!map.getPane(pane)) {
        map.createPane(pane).style.zIndex = 400 + storey;
        map.getPane(pane).style.pointerEvents = "none";
      }
      this.sliverWidth = map.mg.sliverWidth;
      map.mg.drawings = map.mg.drawings || new Map();
      if (!map.mg.drawings.has(pane)) map.mg.drawings.set(pane, this._isMany() ? L.canvas({ pane, padding: 0.5 }) : L.svg({ pane, padding: 0.5 }));
      this.renderer = map.mg.drawings.get(pane);
      const joined = this.features.length > JOINED ? this._outlines() : new Map(), alone = this.features.filter((one) => !joined.has(this.lookOf(one)));
      const outlines = [...joined].map(([look, parts]) => L.polygon(parts, pathOptions(look, pane, this.renderer, true)));
      return [...outlines, ...alone.flatMap((feature) => this._shapes(feature, pane, this.renderer))];
    },
    // Thousands of areas without a fill are one path a look: the hand on the map must not wait for each.
    _outlines() {
      const joined = new Map();
      for (const look of this.looks()) {
        const same = this.features.filter((one) => this.lookOf(one) === look);
        if (outlined(look) && same.every((one) => one.t === "A")) joined.set(look, same.flatMap((one) => one.parts));
      }
      return joined;
    },
    _shapes(feature, pane, renderer) {
      const look = this.lookOf(feature);
      const options = pathOptions(look, pane, renderer, feature.t === "A");
      if (feature.t === "A") return outlined(look) ? withFineSlivers(feature, options, this.sliverWidth) : [L.polygon(feature.parts, options)];
      if (feature.t === "L") {
        const casing = { ...options, color: look.casing, weight: look.width + 2, dashArray: undefined };
        return [...(look.casing ? [L.polyline(feature.parts, casing)] : []), L.polyline(feature.parts, options)];
      }
      const places = feature.parts.flat();
      if (this.data.id !== "gates") {
        const dot = { pane, renderer, interactive: false, radius: 4.5, color: "#ffffff", weight: 1.4, fillColor: MocGioi.dotColour(look), fillOpacity: 1 };
        return places.map((place) => L.circleMarker(place, dot));
      }
      return places.map((place) => {
        const icon = L.divIcon({ className: "mg-gate", html: MocGioi.gateSign(22), iconSize: [22, 22] });
        return L.marker(place, { icon, pane, interactive: false, keyboard: false });
      });
    },
  });

  MocGioi.layerOf = (data) => (data.tiles ? new MocGioi.TiledLayer(data) : new MocGioi.PlainLayer(data));

  // Data may still be packed: a layer takes its place in the order, and is shown when the page opens.
  MocGioi.layer = function (map, data) {
    const coming = { made: Promise.resolve(data).then(MocGioi.layerOf), shown: false };
    map.mg.coming.push(coming);
    return { addTo: () => (coming.shown = true) };
  };

  MocGioi.arrive = async function (map) {
    map.mg.layers.push(...(await Promise.all(map.mg.coming.map((one) => one.made))));
    map.mg.coming.forEach((one, place) => { if (one.shown) map.mg.layers[place].addTo(map); });
  };
})();
