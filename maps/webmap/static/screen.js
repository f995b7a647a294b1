// The screen of a layer of tiles: one canvas, larger than the map, that pans with it. One canvas, because a browser without a
// graphics card blends every canvas anew in each frame: sixteen of them held up the hand on the map.
"use strict";
(function () {
  // Width of a tile on the screen, and the features that a frame is given to draw.
  const SIZE = 512, PIECE = 3000;
  const frame = () => new Promise((go) => requestAnimationFrame(() => go()));

  MocGioi.TileScreen = L.Renderer.extend({
    options: { padding: 0.2 },
    initialize(layer) {
      L.Renderer.prototype.initialize.call(this, { pane: layer.pane });
      this.layer = layer;
      this.jobs = [];
      this.painted = new Set();
      this.given = 0;
    },
    _initContainer() {
      this._container = L.DomUtil.create("canvas", "mg-tiles");
      this.context = this._container.getContext("2d");
      this.kept = null;
    },
    _destroyContainer() {
      this.jobs = [];
      this._container.remove();
      delete this._container;
    },
    // Everything again, in other colours; what stands stays until it is painted over.
    repaint() {
      this.painted.clear();
      this._order();
    },
    // Whether all that the view needs is painted.
    isWhole() { return !this.working && this.jobs.length === 0; },
    // The tiles of the archive under the map.
    underMap() {
      const { min, max } = this._map.getPixelBounds(), places = new Map();
      for (const { coords, box } of this.wanted || []) {
        if (box.left >= max.x || box.right <= min.x || box.top >= max.y || box.bottom <= min.y) continue;
        const place = this.layer.tileUnder(coords);
        places.set(place.join("/"), place);
      }
      return places.values();
    },
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const ratio = Math.min(window.devicePixelRatio || 1, 2), size = this._bounds.getSize(), origin = this._map.getPixelOrigin();
      const corner = this._onDots(this._bounds.min, ratio), whole = (length) => Math.ceil(length / 4) * 4; // on a screen of 125 %, too
      const view = { zoom: this._zoom, west: corner.x + origin.x, north: corner.y + origin.y, width: whole(size.x), height: whole(size.y), ratio };
      L.DomUtil.setPosition(this._container, corner);
      this._move(view);
      this.kept = view;
      this.fire("update");
      this._order();
    },
    // The place next to a point where dots of the canvas are dots of the screen: between them a picture would be blurred.
    _onDots(point, ratio) {
      const frame = this._map.getContainer().getBoundingClientRect(), pane = this._map._getMapPanePos();
      // In dots; a browser puts the map itself on one.
      const place = (start, moved, at) => { const from = Math.round(start * ratio) + moved * ratio; return (Math.floor(from + at * ratio + 1e-6) - from) / ratio; };
      return new L.Point(place(frame.left, pane.x, point.x), place(frame.top, pane.y, point.y));
    },
    // Take along what is painted; it stands for the rest until that is painted too.
    _move(view) {
      const old = this.kept, canvas = this._container, { ratio } = view;
      const isSame = old && old.width === view.width && old.height === view.height && old.ratio === ratio;
      if (!isSame) {
        canvas.width = view.width * ratio;
        canvas.height = view.height * ratio;
        canvas.style.width = view.width + "px";
        canvas.style.height = view.height + "px";
        this.painted.clear();
        return;
      }
      const grown = 2 ** (view.zoom - old.zoom), x = dots(old.west * grown - view.west, ratio), y = dots(old.north * grown - view.north, ratio);
      // Between two dots of the screen a picture would be blurred, and more so with every step.
      if (grown !== 1 || !Number.isInteger(x) || !Number.isInteger(y)) this.painted.clear();
      else for (const key of this.painted) if (!within(this._box(coordsOf(key)), old)) this.painted.delete(key);
      this.context.globalCompositeOperation = "copy";
      this.context.drawImage(canvas, x, y, canvas.width * grown, canvas.height * grown);
      this.context.globalCompositeOperation = "source-over";
    },
    // Order the tiles of the view, those in its middle first.
    _order() {
      const view = this.kept, zoom = Math.round(view.zoom), size = SIZE * 2 ** (view.zoom - zoom);
      this.jobs = [];
      this.wanted = [];
      if (!this.layer.isNear()) {
        this.painted.clear();
        this.context.clearRect(0, 0, this._container.width, this._container.height);
        return this.layer.settled();
      }
      const middle = { x: (view.west + view.width / 2) / size - 0.5, y: (view.north + view.height / 2) / size - 0.5 };
      for (let x = Math.floor(view.west / size); x * size < view.west + view.width; x++) {
        for (let y = Math.floor(view.north / size); y * size < view.north + view.height; y++) {
          const coords = { x, y, z: zoom };
          this.wanted.push({ coords, box: this._box(coords), far: Math.hypot(x - middle.x, y - middle.y) });
        }
      }
      this.wanted.sort((one, other) => one.far - other.far);
      this.jobs = this.wanted.filter(({ coords }) => !this.painted.has(keyOf(coords)));
      this._work();
    },
    // Where a tile lies in the world, in whole pixels of the screen: no seam between neighbours.
    _box({ x, y, z }) {
      const size = SIZE * 2 ** (this.kept.zoom - z);
      return { left: Math.round(x * size), right: Math.round((x + 1) * size), top: Math.round(y * size), bottom: Math.round((y + 1) * size), size };
    },
    // Tiles are painted one after the other, between frames: the hand on the map must never wait for them.
    async _work() {
      if (this.working) return;
      this.working = true;
      while (this.jobs.length) {
        const job = this.jobs[0], tile = await this.layer.archive.tile(...this.layer.tileUnder(job.coords)).catch(() => undefined);
        try {
          await this._paintPieces(job, tile);
          if (this.jobs[0] === job && tile !== undefined) this.painted.add(keyOf(job.coords)); // what could not be read is asked for again
        } catch (error) {
          console.error(error); // one tile less, and the others go on
        }
        if (this.jobs[0] === job) this.jobs.shift(); // else the map has moved on
      }
      this.working = false;
      this.layer.settled();
    },
    // A browser draws what a frame was given at its end: a frame gets few features.
    async _paintPieces(job, tile) {
      const most = tile ? tile.n : 0;
      for (let first = 0; this.jobs[0] === job && (first === 0 || first < most); first += PIECE) {
        this._paint(job, tile, first);
        if ((this.given += Math.min(PIECE, most - first)) < PIECE) continue;
        await frame();
        this.given = 0;
      }
    },
    _paint({ coords, box }, tile, first) {
      const { west, north, ratio } = this.kept, context = this.context;
      const [left, right] = [box.left, box.right].map((x) => Math.round(dots(x - west, ratio))), [top, bottom] = [box.top, box.bottom].map((y) => Math.round(dots(y - north, ratio)));
      const width = right - left, height = bottom - top;
      context.save();
      context.beginPath();
      context.rect(left, top, width, height);
      context.clip();
      if (first === 0) context.clearRect(left, top, width, height);
      if (tile) {
        context.translate((coords.x * box.size - west) * ratio, (coords.y * box.size - north) * ratio);
        this.layer.paint(context, tile, coords, box.size * ratio, ratio, first, first + PIECE);
      }
      context.restore();
    },
  });

  // A length in dots of the screen, without the dust of fractions.
  const dots = (length, ratio) => Math.round(length * ratio * 1e4) / 1e4;
  const keyOf = ({ x, y, z }) => x + "/" + y + "/" + z;
  const coordsOf = (key) => { const [x, y, z] = key.split("/").map(Number); return { x, y, z }; };
  const within = (box, view) => box.left >= view.west && box.top >= view.north && box.right <= view.west + view.width && box.bottom <= view.north + view.height;
})();
