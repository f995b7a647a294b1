// The cells of a large layer, in blocks in the order of the keys: a row is one block away, a key is found by halving.
"use strict";
(function () {
  const KEPT = 24;

  MocGioi.Rows = class {
    constructor(id, told) { this.id = id; this.told = told; this.blocks = new Map(); }
    block(place) {
      const found = this.blocks.get(place);
      if (found) return found;
      const block = MocGioi.chunkText(this.id + ".rows." + place).then(MocGioi.packed);
      this.blocks.set(place, block);
      block.catch(() => this.blocks.delete(place));
      if (this.blocks.size > KEPT) this.blocks.delete(this.blocks.keys().next().value);
      return block;
    }
    async row(number) {
      const place = Math.floor(number / this.told.block), block = await this.block(place), at = number - place * this.told.block;
      const texts = block.v.map((column) => column[at]), name = this.told.named ? texts.pop() : "";
      const [west, south, east, north] = block.b.slice(4 * at, 4 * at + 4).map((one) => one / this.told.scale);
      return { k: block.k[at], name, v: texts, box: L.latLngBounds([south, west], [north, east]) };
    }
    // The place of the first key that is not before `key`.
    async from(key) {
      const place = Math.max(after(this.told.first, (first) => first < key) - 1, 0), block = await this.block(place);
      return place * this.told.block + after(block.k, (one) => one < key);
    }
    async find(key) {
      const number = await this.from(key);
      return number < this.told.count && (await this.row(number)).k === key ? number : null;
    }
    // The first rows whose keys start so.
    async startingWith(start, most) {
      const rows = [];
      for (let number = await this.from(start); number < this.told.count && rows.length < most; number++) {
        const row = await this.row(number);
        if (!row.k.startsWith(start)) break;
        rows.push({ ...row, row: number });
      }
      return rows;
    }
  };

  // How many lead the list of which `before` is true.
  function after(list, before) {
    let low = 0, high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (before(list[middle])) low = middle + 1;
      else high = middle;
    }
    return low;
  }
})();
