// Names on the map: as many as find room, the more important first; a name of an area only where the area holds it.
"use strict";
(function () {
  // importance, zoom from which they are wanted, whether the area must hold the name, steps from the sign on it in pixels
  const KINDS = {
    gates: { rank: 0, from: 9, holds: false, lift: 19, sides: 14 },
    functional_areas: { rank: 1, from: 12.5, holds: false, lift: 0 },
    yards: { rank: 2, from: 13.5, holds: false, lift: 0 },
    units: { rank: 3, from: 9.5, holds: true, lift: 0 },
    constraints: { rank: 4, from: 13, holds: true, lift: 0 },
    infrastructure: { rank: 5, from: 12.5, holds: false, lift: 0 },
    parcels: { rank: 6, from: 16, holds: true, lift: 0, steps: [0, 13, -13] },
  };
  const OTHERS = { rank: 4, from: 12, holds: false, lift: 0 }, TRIED_MOST = 900, DOTS_MOST = 400, APART = 260, COVERS = ".leaflet-control, .mg-toggle";
  const kindOf = (layer) => KINDS[layer.data.labels] || OTHERS;
  const ruler = document.createElement("canvas").getContext("2d");

  const Labels = L.Layer.extend({
    onAdd(map) {
      this.pane = map.getPane("mg-labels") || map.createPane("mg-labels");
      this.pane.style.zIndex = 640;
      this.pane.style.pointerEvents = "none";
      map.on("moveend zoomend layeradd layerremove mg-tiles", this._later, this);
      map.on("zoomanim", this._clear, this);
      this.watch = new ResizeObserver(() => { this.covers = null; this._later(); });
      for (const one of [map.getContainer(), ...document.querySelectorAll(COVERS)]) this.watch.observe(one);
      this._later();
    },
    onRemove(map) {
      this.watch.disconnect();
      map.off("moveend zoomend layeradd layerremove mg-tiles", this._later, this);
      map.off("zoomanim", this._clear, this);
      cancelAnimationFrame(this.waiting);
      this.pane.replaceChildren();
    },
    _later() {
      cancelAnimationFrame(this.waiting);
      this.waiting = requestAnimationFrame(() => this._place());
    },
    _clear() {
      this.pane.replaceChildren();
    },
    _place() {
      const map = this._map, zoom = map.getZoom(), view = map.getBounds(), taken = [];
      const corner = map.containerPointToLayerPoint([0, 0]);
      const edge = L.bounds(corner, corner.add(map.getSize()));
      const wanted = map.mg.layers
        .filter((layer) => layer.data.labels && layer.isShown() && zoom >= kindOf(layer).from)
        .sort((one, other) => kindOf(one).rank - kindOf(other).rank);
      const signs = this._signs(view), dots = signs.filter((one) => !one.sign);
      taken.push(...this._covered(), ...signs.filter((one) => one.sign));
      this.dots = dots.length > DOTS_MOST ? [] : dots;
      this.written = new Map();
      const fragment = document.createDocumentFragment();
      for (const layer of wanted) {
        let tried = 0;
        for (const label of layer.labelled(map)) {
          if (!view.contains(label.at)) continue;
          if (tried++ > TRIED_MOST) break;
          this._try(layer, label, taken, fragment, edge);
        }
      }
      this.pane.replaceChildren(fragment);
    },
    // What lies on the map's edge covers it: no name goes under a button. Measured when a button changes, not at each step.
    _covered() {
      this.covers = this.covers || this._measured();
      const { x, y } = this._map.containerPointToLayerPoint([0, 0]);
      return this.covers.map((one) => ({ left: one.left + x, right: one.right + x, top: one.top + y, bottom: one.bottom + y }));
    },
    _measured() {
      const frame = this._map.getContainer().getBoundingClientRect();
      return [...document.querySelectorAll(COVERS)].map((one) => {
        const box = one.getBoundingClientRect();
        return { left: box.left - frame.left, right: box.right - frame.left, top: box.top - frame.top, bottom: box.bottom - frame.top };
      });
    },
    // Boxes of the signs and dots on the map; a sign keeps every name off, a dot the small ones.
    _signs(view) {
      const boxes = [];
      for (const layer of this._map.mg.layers) {
        if (!layer.signs || !layer.isShown()) continue;
        for (const { place, reach } of layer.signs(view)) {
          const at = this._map.latLngToLayerPoint(place), sign = layer.data.id === "gates";
          boxes.push({ left: at.x - reach, right: at.x + reach, top: at.y - reach, bottom: at.y + reach, sign });
        }
      }
      return boxes;
    },
    // Where a name may stand, the best place first: its middle, as steps from the place of its feature.
    _places(kind, width) {
      if (!kind.sides) return (kind.steps || [-kind.lift]).map((step) => [0, step]);
      const aside = width / 2 + kind.sides;
      return [[0, -kind.lift], [0, kind.lift], [aside, 0], [-aside, 0]];
    },
    _try(layer, label, taken, fragment, edge) {
      const map = this._map, name = layer.data.labels, kind = kindOf(layer);
      const width = this._width(name, label.l), height = 15;
      const at = map.latLngToLayerPoint(label.at), same = this.written.get(name + label.l) || [];
      // A road in pieces is named once, and again only far away.
      if (same.some((other) => other.distanceTo(at) < APART) && name !== "parcels") return;
      if (kind.holds && (label.size.x < width * 0.95 || label.size.y < height * 1.1)) return;
      const boxes = this._places(kind, width).map(([x, y]) => ({
        left: at.x + x - width / 2 - 3, right: at.x + x + width / 2 + 3, top: at.y + y - height / 2 - 1, bottom: at.y + y + height / 2 + 1,
      }));
      const meets = (box) => (other) => box.left < other.right && box.right > other.left && box.top < other.bottom && box.bottom > other.top;
      // A name cut off by the edge is not a name.
      const isWhole = (box) => box.left >= edge.min.x && box.right <= edge.max.x && box.top >= edge.min.y && box.bottom <= edge.max.y;
      const box = boxes.find((one) => isWhole(one) && !taken.some(meets(one)) && !(kind.steps && this.dots.some(meets(one))));
      if (!box) return;
      taken.push(box);
      this.written.set(name + label.l, [...same, at]);
      const element = MocGioi.el("div", { class: "mg-label mg-label-" + name, text: label.l });
      L.DomUtil.setPosition(element, L.point(Math.round(box.left + 3), Math.round(box.top + 1)));
      element.style.width = width + "px";
      fragment.appendChild(element);
    },
    _width(name, text) {
      ruler.font = (name === "units" || name === "infrastructure" ? "400" : "600") + " 12px 'Be Vietnam Pro', sans-serif";
      return Math.ceil(Math.min(ruler.measureText(text).width * (name === "units" ? 1.12 : 1), 340)) + 2;
    },
  });

  MocGioi.addLabels = function (map) {
    const labels = new Labels().addTo(map);
    document.fonts.ready.then(() => labels._later());
  };
})();
