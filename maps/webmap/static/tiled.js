// A layer too large for the page: a picture from afar, tiles near by, cells that load with a click.
"use strict";
(function () {
  // Areas of one look that are drawn in one go: a path of thousands takes a browser twice as long to fill.
  const BATCH = 16;

  MocGioi.TiledLayer = L.Layer.extend({
    initialize(data) {
      this.data = data;
      this.theme = 0;
      this.pane = "mg-" + data.order;
      this.archive = new MocGioi.Archive(data.id + ".tiles", data.tiles);
      this.cells = new MocGioi.Rows(data.id, data.rows);
      this.features = [];
      this.extent = L.latLngBounds([data.extent[1], data.extent[0]], [data.extent[3], data.extent[2]]);
      // A point on the very edge is found too.
      this.reach = L.latLngBounds([data.extent[1] - 1e-4, data.extent[0] - 1e-4], [data.extent[3] + 1e-4, data.extent[2] + 1e-4]);
    },
    looks() { return this.data.themes[this.theme].looks; },
    lookOf(feature) { return this.looks()[feature.codes[this.theme] - this.data.starts[this.theme]]; },
    kindOf() { return this.data.kind; },
    // Without a picture from afar there is nothing to see before the tiles.
    isShown() { return Boolean(this._map) && (Boolean(this.data.overview) || this.isNear()); },
    setTheme(theme) {
      this.theme = theme;
      if (this._map) { this.screen.repaint(); this.fire("theme"); }
    },
    looksWithin() {
      if (!this.isNear()) return this.looks();
      const seen = new Set();
      this.eachTile((tile) => { for (let i = 0; i < tile.n; i++) seen.add(tile.codes[i][this.theme] - this.data.starts[this.theme]); });
      return seen.size ? this.looks().filter((look, place) => look.title && seen.has(place)) : this.looks();
    },
    isAlone() { return true; },
    isNear() { return Math.round(this._map.getZoom()) > this.data.tiles.first; },
    onAdd(map) {
      if (!map.getPane(this.pane)) {
        map.createPane(this.pane).style.zIndex = 400 + this.data.order;
        map.getPane(this.pane).style.pointerEvents = "none";
        map.createPane(this.pane + "-far").style.zIndex = 411;
        map.getPane(this.pane + "-far").style.pointerEvents = "none";
      }
      this.screen = new MocGioi.TileScreen(this);
      this.screen.addTo(map);
      map.on("zoomend", this._follow, this);
      if (this.data.overview) this._showPicture(map);
    },
    onRemove(map) {
      this.screen.remove();
      if (this.picture) this.picture.remove();
      this.picture = null;
      map.off("zoomend", this._follow, this);
    },
    async _showPicture(map) {
      const url = "data:image/png;base64," + (await MocGioi.chunkText(this.data.id + ".overview"));
      if (this._map !== map || this.picture) return;
      const [west, south, east, north] = this.data.overview;
      this.picture = L.imageOverlay(url, [[south, west], [north, east]], { pane: this.pane + "-far", interactive: false, className: "mg-far-picture", alt: "" }).addTo(map);
      this._follow();
    },
    // The picture shows land use; near by, and in other colours, the tiles speak alone.
    _follow() {
      if (!this.picture) return;
      this.picture.setOpacity(this.theme === 0 && this._map.getZoom() < 16 ? 0.75 : 0);
    },
    settled() { if (this._map) this._map.fire("mg-tiles"); },
    // The tile of the archive that holds a tile of the screen.
    tileUnder(coords) {
      const zoom = Math.min(coords.z - 1, this.data.tiles.last), shift = coords.z - 1 - zoom;
      return [zoom, coords.x >> shift, coords.y >> shift];
    },
    // Paint some features of a tile of the screen, `size` pixels wide, where the context has its origin.
    paint(context, tile, coords, size, ratio, first, end) {
      const shift = coords.z - 1 - Math.min(coords.z - 1, this.data.tiles.last);
      const part = 2 ** shift, span = 4096 / part, scale = size / span;
      const west = (coords.x % part) * span, north = (coords.y % part) * span, margin = 40 / scale;
      const view = [west - margin, north - margin, west + span + margin, north + span + margin];
      const looks = this.looks(), start = this.data.starts[this.theme], gathered = looks.map(() => []), dots = [];
      const fine = coords.z < 16 ? 0.35 : coords.z < 17 ? 0.7 : 1;
      context.lineJoin = "round";
      for (let i = first; i < Math.min(end, tile.n); i++) {
        const b = 4 * i;
        if (tile.box[b] > view[2] || tile.box[b + 2] < view[0] || tile.box[b + 1] > view[3] || tile.box[b + 3] < view[1]) continue;
        const look = tile.codes[i][this.theme] - start;
        if (tile.kind[i] === 1) dots.push([look, i]);
        else if (gathered[look].push(i) >= BATCH && tile.kind[i] === 3) drawn(look);
      }
      looks.forEach((_, look) => drawn(look));
      function drawn(look) {
        const areas = new Path2D(), lines = new Path2D();
        for (const i of gathered[look]) trace(tile, i, tile.kind[i] === 3 ? areas : lines, west, north, scale);
        if (gathered[look].length) stroked(context, looks[look], areas, lines, fine, ratio);
        gathered[look] = [];
      }
      context.setLineDash([]);
      context.strokeStyle = "#ffffff";
      context.lineWidth = ratio;
      for (const [look, i] of dots) {
        context.fillStyle = MocGioi.dotColour(looks[look]);
        eachPoint(tile, i, (x, y) => {
          context.beginPath();
          context.arc((x - west) * scale, (y - north) * scale, (coords.z < 15 ? 2.4 : 4.2) * ratio, 0, 2 * Math.PI);
          context.fill();
          context.stroke();
        });
      }
    },
    // Call with each tile at hand that the view needs, and its place.
    eachTile(act) {
      if (!this._map || !this.isNear()) return;
      for (const place of this.screen.underMap()) {
        const tile = this.archive.known(...place);
        if (tile) act(tile, ...place);
      }
    },
    // What lies at a place, as far as it is drawn.
    at(latlng) {
      if (!this.isShown() || !this.isNear()) return [];
      const zoom = Math.min(Math.round(this._map.getZoom()) - 1, this.data.tiles.last), [x, y] = MocGioi.worldOf(latlng);
      return this._hits(this.archive.known(zoom, Math.floor(x * 2 ** zoom), Math.floor(y * 2 ** zoom)), zoom, x, y);
    },
    // What lies at a place, small features too: the finest tile is asked.
    async find(latlng) {
      const zoom = this.data.tiles.last, [x, y] = MocGioi.worldOf(latlng);
      if (!this.isShown() || !this.reach.contains(latlng)) return [];
      const tile = await this.archive.tile(zoom, Math.floor(x * 2 ** zoom), Math.floor(y * 2 ** zoom));
      return Promise.all(this._hits(tile, zoom, x, y).map((one) => this.told(one)));
    },
    _hits(tile, zoom, x, y) {
      if (!tile) return [];
      const column = Math.floor(x * 2 ** zoom), line = Math.floor(y * 2 ** zoom), hits = [];
      const px = (x * 2 ** zoom - column) * 4096, py = (y * 2 ** zoom - line) * 4096;
      // Areas are hit within, lines and points from six pixels away.
      const pixel = 16 / 2 ** (this._map.getZoom() - zoom);
      for (let i = 0; i < tile.n; i++) {
        const b = 4 * i, reach = tile.kind[i] === 3 ? 0 : 6 * pixel;
        if (px < tile.box[b] - reach || px > tile.box[b + 2] + reach || py < tile.box[b + 1] - reach || py > tile.box[b + 3] + reach) continue;
        if (tile.kind[i] === 1 || (tile.kind[i] === 3 ? inside(tile, i, px, py) : near(tile, i, px, py, reach))) hits.push(this._feature(tile, i, zoom, column, line));
      }
      return hits;
    },
    _feature(tile, i, zoom, column, line) {
      const outline = MocGioi.outlineOf(tile, i, zoom, column, line), t = "PLA"[tile.kind[i] - 1];
      return { row: tile.row[i], codes: tile.codes[i], t, parts: t === "A" ? [outline] : outline, v: [], n: "", k: "" };
    },
    // Give a feature its key, its heading and its cells.
    async told(feature) {
      const row = await this.cells.row(feature.row);
      feature.k = row.k;
      feature.n = row.name || (this.data.nameBefore || "") + row.k;
      feature.v = row.v;
      feature.box = row.box;
      return feature;
    },
    async byKeyLater(key) {
      const row = await this.cells.find(key);
      return row === null ? null : this.told({ row, codes: [], t: "A", parts: [] });
    },
    // Corners near a place, for a sketch to catch: those of the tile at hand.
    *corners(latlng, map) {
      if (!this.isNear()) return;
      const zoom = Math.min(Math.round(map.getZoom()) - 1, this.data.tiles.last), [wx, wy] = MocGioi.worldOf(latlng), size = 2 ** zoom;
      const column = Math.floor(wx * size), line = Math.floor(wy * size), tile = this.archive.known(zoom, column, line);
      if (!tile) return;
      const x = (wx * size - column) * 4096, y = (wy * size - line) * 4096, reach = (24 * 4096) / 256 / 2 ** (map.getZoom() - zoom);
      for (let p = 0; p < tile.xy.length; p += 2) if (Math.abs(tile.xy[p] - x) < reach && Math.abs(tile.xy[p + 1] - y) < reach) yield MocGioi.latLngOf((column + tile.xy[p] / 4096) / size, (line + tile.xy[p + 1] / 4096) / size);
    },
    // Labels of what is drawn: the code of each parcel, where it has room.
    *labelled(map) {
      const start = this.data.starts[0], looks = this.data.themes[0].looks, found = [];
      this.eachTile((tile, z, x, y) => {
        const scale = 2 ** (map.getZoom() - z) * 256 / 4096;
        for (let i = 0; i < tile.n; i++) {
          const width = (tile.box[4 * i + 2] - tile.box[4 * i]) * scale, height = (tile.box[4 * i + 3] - tile.box[4 * i + 1]) * scale;
          if (tile.kind[i] !== 3 || width < 22 || height < 12) continue;
          const look = looks[tile.codes[i][0] - start], middle = look && look.key ? middleOf(tile, i) : null;
          if (middle) found.push({ id: tile.row[i], l: look.key, size: L.point(width, height), at: L.latLng(...MocGioi.latLngOf((x + middle[0] / 4096) / 2 ** z, (y + middle[1] / 4096) / 2 ** z)) });
        }
      });
      found.sort((one, other) => other.size.x * other.size.y - one.size.x * one.size.y);
      const seen = new Set();
      for (const one of found) if (!seen.has(one.id)) { seen.add(one.id); yield one; }
    },
  });

  // Fill areas and draw lines in their look.
  function stroked(context, { fill, opacity, line, width, casing, dash, hatch }, areas, lines, fine, ratio) {
    context.setLineDash([]);
    if (fill || hatch) { context.fillStyle = fill || line; context.globalAlpha = fill ? opacity : 0.12; context.fill(areas); }
    context.globalAlpha = 1;
    if (casing) { context.strokeStyle = casing; context.lineWidth = (width + 2) * ratio; context.stroke(lines); }
    if (!line) return;
    context.setLineDash((dash || "").split(" ").filter(Boolean).map((one) => one * ratio));
    context.strokeStyle = line;
    context.lineWidth = width * fine * ratio;
    context.stroke(areas);
    context.lineWidth = width * ratio;
    context.stroke(lines);
  }

  function trace(tile, i, path, west, north, scale) {
    for (let r = tile.first[i]; r < tile.first[i + 1]; r++) {
      const start = tile.rings[r], end = tile.rings[r + 1];
      path.moveTo((tile.xy[start] - west) * scale, (tile.xy[start + 1] - north) * scale);
      for (let p = start + 2; p < end; p += 2) path.lineTo((tile.xy[p] - west) * scale, (tile.xy[p + 1] - north) * scale);
      // closePath() copies the whole path in some browsers: half a second a tile.
      if (tile.kind[i] === 3) path.lineTo((tile.xy[start] - west) * scale, (tile.xy[start + 1] - north) * scale);
    }
  }

  function eachPoint(tile, i, act) {
    for (let p = tile.rings[tile.first[i]]; p < tile.rings[tile.first[i + 1]]; p += 2) act(tile.xy[p], tile.xy[p + 1]);
  }

  function inside(tile, i, x, y) {
    let within = false;
    for (let r = tile.first[i]; r < tile.first[i + 1]; r++) {
      const start = tile.rings[r], end = tile.rings[r + 1];
      for (let p = start, q = end - 2; p < end; q = p, p += 2) {
        const xi = tile.xy[p], yi = tile.xy[p + 1], xj = tile.xy[q], yj = tile.xy[q + 1];
        if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) within = !within;
      }
    }
    return within;
  }

  function near(tile, i, x, y, reach) {
    const here = L.point(x, y);
    for (let r = tile.first[i]; r < tile.first[i + 1]; r++) {
      for (let p = tile.rings[r] + 2; p < tile.rings[r + 1]; p += 2) {
        if (L.LineUtil.pointToSegmentDistance(here, L.point(tile.xy[p - 2], tile.xy[p - 1]), L.point(tile.xy[p], tile.xy[p + 1])) <= reach) return true;
      }
    }
    return false;
  }

  // A place well inside: the middle of the longest stretch of a level line through the feature.
  function middleOf(tile, i) {
    const y = (tile.box[4 * i + 1] + tile.box[4 * i + 3]) / 2 + 0.25, cuts = [];
    for (let r = tile.first[i]; r < tile.first[i + 1]; r++) {
      const start = tile.rings[r], end = tile.rings[r + 1];
      for (let p = start, q = end - 2; p < end; q = p, p += 2) {
        const yi = tile.xy[p + 1], yj = tile.xy[q + 1];
        if (yi > y !== yj > y) cuts.push(((tile.xy[q] - tile.xy[p]) * (y - yi)) / (yj - yi) + tile.xy[p]);
      }
    }
    cuts.sort((one, other) => one - other);
    let best = null, length = 0;
    for (let c = 0; c + 1 < cuts.length; c += 2) if (cuts[c + 1] - cuts[c] > length) { length = cuts[c + 1] - cuts[c]; best = (cuts[c] + cuts[c + 1]) / 2; }
    return best === null ? null : [best, y];
  }
})();
