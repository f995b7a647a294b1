// Vector tiles of a layer: read from its archive in ranges of bytes, decoded into flat arrays, the last ones kept.
"use strict";
(function () {
  const KEPT = 40;

  // A source for the archive reader: chunks stand in for the ranges of a served file.
  class ChunkSource {
    constructor(name, told) { this.name = name; this.told = told; }
    getKey() { return this.name; }
    async getBytes(offset, length) {
      const { chunk, size } = this.told, end = Math.min(offset + length, size), out = new Uint8Array(end - offset);
      for (let place = Math.floor(offset / chunk); place * chunk < end; place++) {
        const bytes = await MocGioi.chunkBytes(this.name + "." + place), start = place * chunk;
        const from = Math.max(offset - start, 0), to = Math.min(end - start, bytes.length);
        out.set(bytes.subarray(from, to), start + from - offset);
      }
      return { data: out.buffer };
    }
  }

  // Decode one tile: per feature its row, its kind, a class for each theme; per ring where its points start.
  function decode(buffer) {
    const bytes = new Uint8Array(buffer), room = bytes.length;
    const out = { n: 0, row: [], kind: [], codes: [], rings: [], first: [0], xy: new Int32Array(room) };
    let at = 0, used = 0;
    function number() {
      let value = 0, factor = 1, byte;
      do { byte = bytes[at++]; value += (byte & 127) * factor; factor *= 128; } while (byte > 127);
      return value;
    }
    function message(end, read) {
      while (at < end) {
        const head = number(), stop = head & 7 ? 0 : -1;
        if (stop === -1) { read(head >> 3, number(), at); continue; }
        const length = number(), next = at + length;
        read(head >> 3, length, next);
        at = next;
      }
    }
    function geometry(end) {
      let x = 0, y = 0;
      while (at < end) {
        const head = number(), command = head & 7;
        if (command === 7) continue;
        for (let count = head >> 3; count > 0; count--) {
          const dx = number(), dy = number();
          x += dx % 2 ? -(dx + 1) / 2 : dx / 2;
          y += dy % 2 ? -(dy + 1) / 2 : dy / 2;
          if (command === 1) out.rings.push(used);
          out.xy[used++] = x;
          out.xy[used++] = y;
        }
      }
    }
    function feature(end) {
      let row = 0, kind = 0;
      const codes = [];
      message(end, (field, value, next) => {
        if (field === 1) row = value;
        else if (field === 3) kind = value;
        else if (field === 2) while (at < next) { number(); codes.push(number()); }
        else if (field === 4) geometry(next);
      });
      out.n++;
      out.row.push(row);
      out.kind.push(kind);
      out.codes.push(codes);
      out.first.push(out.rings.length);
    }
    message(room, (field, value, end) => {
      if (field === 3) message(end, (part, length, next) => { if (part === 2) feature(next); });
    });
    out.rings.push(used);
    out.xy = out.xy.slice(0, used);
    out.box = boxes(out);
    return out;
  }

  function boxes(tile) {
    const out = new Int32Array(4 * tile.n);
    for (let i = 0; i < tile.n; i++) {
      let west = 1e9, north = 1e9, east = -1e9, south = -1e9;
      for (let p = tile.rings[tile.first[i]]; p < tile.rings[tile.first[i + 1]]; p += 2) {
        const x = tile.xy[p], y = tile.xy[p + 1];
        if (x < west) west = x;
        if (x > east) east = x;
        if (y < north) north = y;
        if (y > south) south = y;
      }
      out.set([west, north, east, south], 4 * i);
    }
    return out;
  }

  MocGioi.Archive = class {
    constructor(name, told) {
      this.told = told;
      const source = told.url ? new pmtiles.FetchSource(new URL(told.url, document.baseURI).href) : new ChunkSource(name, told);
      this.reader = new pmtiles.PMTiles(source);
      this.tiles = new Map();
    }
    // Return the decoded tile, null where there is nothing.
    tile(z, x, y) {
      const name = z + "/" + x + "/" + y, found = this.tiles.get(name);
      if (found) { this.tiles.delete(name); this.tiles.set(name, found); return found.promise; }
      const entry = { done: null };
      entry.promise = this.reader.getZxy(z, x, y).then((one) => (entry.done = one ? decode(one.data) : null));
      entry.promise.catch(() => this.tiles.delete(name));
      this.tiles.set(name, entry);
      if (this.tiles.size > KEPT) this.tiles.delete(this.tiles.keys().next().value);
      return entry.promise;
    }
    // Return the tile if it is at hand.
    known(z, x, y) {
      const entry = this.tiles.get(z + "/" + x + "/" + y);
      return entry ? entry.done : null;
    }
  };

  // The outline of a feature of a tile as [lat, lng], for marking and measuring.
  MocGioi.outlineOf = function (tile, i, z, x, y) {
    const size = 4096 * 2 ** z, parts = [];
    for (let r = tile.first[i]; r < tile.first[i + 1]; r++) {
      const points = [];
      for (let p = tile.rings[r]; p < tile.rings[r + 1]; p += 2) points.push(MocGioi.latLngOf((x * 4096 + tile.xy[p]) / size, (y * 4096 + tile.xy[p + 1]) / size));
      parts.push(points);
    }
    return parts;
  };

  MocGioi.latLngOf = (x, y) => [(Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, (x - 0.5) * 360];
  MocGioi.worldOf = ({ lat, lng }) => [lng / 360 + 0.5, 0.5 - Math.atanh(Math.sin((lat * Math.PI) / 180)) / (2 * Math.PI)];
})();
