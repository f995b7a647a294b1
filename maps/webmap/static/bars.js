// Charts that people would rather look at than read: a bar for each row, its numbers facts, its length their share.
"use strict";
(function () {
  const el = MocGioi.el;

  function part(one, most) {
    const bar = el("span", { class: "mg-bars-part mg-part-" + one.part });
    bar.style.width = (most ? (100 * one.size) / most : 0) + "%";
    if (one.colour) bar.style.background = one.colour;
    return bar;
  }

  MocGioi.bars = function (map, block) {
    const sums = block.rows.map((row) => row.parts.reduce((sum, one) => sum + one.size, 0)), most = Math.max(...sums);
    const layer = map.mg.layers.find((one) => one.data.id === block.layer);
    const rows = block.rows.map((row) => {
      const numbers = row.parts.filter((one) => one.t).map((one) => el("b", { class: "mg-ink-" + one.part, text: one.t, fact: one.f }));
      const line = el("div", { class: "mg-bars-row" }, [
        el("span", { class: "mg-bars-title", text: row.title }), el("span", { class: "mg-bars-numbers" }, numbers),
        el("span", { class: "mg-bars-line", "aria-hidden": "true" }, row.parts.map((one) => part(one, most))),
      ]);
      if (layer && layer.byKey && layer.byKey.has(row.key)) MocGioi.act(line, () => MocGioi.showFeature(map, block.layer, row.key));
      return line;
    });
    return el("figure", { class: "mg-bars" }, [el("figcaption", { text: block.title }), ...rows]);
  };
})();
