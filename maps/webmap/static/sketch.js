// A line or a ring under the hand: click by click, corners that can be moved, corners of what is drawn that attract.
"use strict";
(function () {
  const SNAP = 12;

  // The nearest corner of what is shown, if one is near enough.
  function corner(map, latlng) {
    const here = map.latLngToContainerPoint(latlng);
    let best = null, least = SNAP;
    for (const layer of map.mg.layers) {
      if (!layer.isShown() || !layer.corners) continue;
      for (const point of layer.corners(latlng, map)) {
        const distance = here.distanceTo(map.latLngToContainerPoint(point));
        if (distance < least) { least = distance; best = L.latLng(point); }
      }
    }
    return best || latlng;
  }

  // Tell whether a ring crosses itself.
  MocGioi.crossesItself = function (places) {
    const n = places.length, side = (a, b, c) => (b.lng - a.lng) * (c.lat - a.lat) - (b.lat - a.lat) * (c.lng - a.lng);
    for (let i = 0; i < n; i++) {
      for (let j = i + 2; j < n; j++) {
        if (i === 0 && j === n - 1) continue;
        const a = places[i], b = places[i + 1], c = places[j], d = places[(j + 1) % n];
        if (side(a, b, c) * side(a, b, d) <= 0 && side(c, d, a) * side(c, d, b) <= 0) return true;
      }
    }
    return false;
  };

  // `closed`: a ring; `changed` is called with the places so far; `done` when the sketch is finished.
  MocGioi.Sketch = class {
    constructor(map, { closed, colour, changed, done }) {
      Object.assign(this, { map, closed, changed, done, places: [], handles: [], finished: false });
      if (!map.getPane("mg-sketch")) map.createPane("mg-sketch").style.zIndex = 645;
      const options = { pane: "mg-sketch", color: colour, weight: 3, interactive: false, fill: closed, fillOpacity: 0.15 };
      this.shape = (closed ? L.polygon([], options) : L.polyline([], options)).addTo(map);
      this.lead = L.polyline([], { ...options, weight: 2, dashArray: "4 5", fill: false }).addTo(map);
      this.colour = colour;
      this.heard = { click: (event) => this.add(corner(map, event.latlng)), mousemove: (event) => this.follow(corner(map, event.latlng)), dblclick: () => this.finish() };
      map.on(this.heard);
      map.doubleClickZoom.disable();
      map.getContainer().classList.add("mg-sketching");
      this.keys = (event) => this.key(event);
      document.addEventListener("keydown", this.keys);
    }
    add(latlng) {
      if (this.finished) return;
      const last = this.places[this.places.length - 1];
      if (last && this.map.latLngToContainerPoint(last).distanceTo(this.map.latLngToContainerPoint(latlng)) < 3) return;
      // A click on the first corner closes the ring.
      if (this.places.length > 2 && this.map.latLngToContainerPoint(this.places[0]).distanceTo(this.map.latLngToContainerPoint(latlng)) < SNAP) return this.finish();
      this.places.push(latlng);
      this.handles.push(this.handle(latlng));
      this.draw();
    }
    handle(latlng) {
      const icon = L.divIcon({ className: "mg-handle", iconSize: [14, 14] });
      const marker = L.marker(latlng, { icon, draggable: true, pane: "mg-sketch", keyboard: false }).addTo(this.map);
      marker.on("drag", () => {
        const place = corner(this.map, marker.getLatLng());
        marker.setLatLng(place);
        this.places[this.handles.indexOf(marker)] = place;
        this.draw();
      });
      return marker;
    }
    follow(latlng) {
      const last = this.places[this.places.length - 1];
      this.lead.setLatLngs(last && !this.finished ? [last, latlng, ...(this.closed && this.places.length > 1 ? [this.places[0]] : [])] : []);
    }
    undo() {
      if (!this.places.length) return;
      this.places.pop();
      this.handles.pop().remove();
      this.lead.setLatLngs([]);
      this.draw();
    }
    key(event) {
      if (/INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return;
      if (event.key === "Backspace" && !this.finished) { event.preventDefault(); this.undo(); }
      // With the keyboard: Space sets a corner under the cross, Enter finishes.
      else if (event.key === " " && event.target === this.map.getContainer()) { event.preventDefault(); this.add(corner(this.map, this.map.getCenter())); }
      else if (event.key === "Enter" && !this.finished && event.target.tagName !== "BUTTON") this.finish();
    }
    finish() {
      if (this.finished || this.places.length < (this.closed ? 3 : 2)) return;
      this.finished = true;
      this.lead.setLatLngs([]);
      this.done();
    }
    draw() {
      this.shape.setLatLngs(this.places);
      this.changed(this.places);
    }
    remove() {
      this.map.off(this.heard);
      document.removeEventListener("keydown", this.keys);
      this.map.doubleClickZoom.enable();
      this.map.getContainer().classList.remove("mg-sketching");
      [this.shape, this.lead, ...this.handles].forEach((one) => one.remove());
    }
  };
})();
