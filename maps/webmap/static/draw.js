// Draw a boundary or areas and save them as GeoJSON that `mocgioi scenario add` takes.
"use strict";
(function () {
  const el = MocGioi.el;
  const COLOURS = { boundary: "#c2182f", add: "#0072b2", cut: "#d55e00" };
  const FILES = { boundary: "ranh-gioi.geojson", add: "them-vao.geojson", cut: "cat-di.geojson" };

  // A GeoJSON ring: degrees to a tenth of a millimetre, closed, counter-clockwise as RFC 7946 wants it.
  function ringOf(places) {
    const ring = places.map(({ lat, lng }) => [Number(lng.toFixed(9)), Number(lat.toFixed(9))]);
    let turn = 0;
    ring.forEach(([x, y], i) => { const [u, v] = ring[(i + 1) % ring.length]; turn += (u - x) * (v + y); });
    if (turn > 0) ring.reverse();
    return [...ring, ring[0]];
  }

  MocGioi.geojsonOf = function (shapes, properties) {
    const features = shapes.map((places, place) => ({
      type: "Feature", properties: { name: properties.name, ...(properties.code ? { code: properties.code + (shapes.length > 1 ? "-" + (place + 1) : "") } : {}) },
      geometry: { type: "Polygon", coordinates: [ringOf(places)] },
    }));
    return JSON.stringify({ type: "FeatureCollection", features }) + "\n";
  };

  function save(text, name) {
    const url = URL.createObjectURL(new Blob([text], { type: "application/geo+json" }));
    const link = el("a", { href: url, download: name });
    document.body.appendChild(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  }

  MocGioi.draw = function (map) {
    const words = MocGioi.words, told = el("div", { class: "mg-tool-told", role: "status" });
    const purpose = el("select", { "aria-label": words.drawFor, onchange: () => start() }, Object.keys(COLOURS).map((one) => el("option", { value: one, text: words["draw_" + one] })));
    const name = el("input", { type: "text", maxlength: 200, "aria-label": words.drawName, placeholder: words.drawName });
    const code = el("input", { type: "text", maxlength: 40, "aria-label": words.drawCode, placeholder: words.drawCode });
    const command = el("code", { class: "mg-command" });
    let sketch = null, shapes = [];
    const start = () => {
      if (sketch) sketch.remove();
      sketch = new MocGioi.Sketch(map, { closed: true, colour: COLOURS[purpose.value], changed: tell, done: () => tell() });
      tell();
    };
    const all = () => [...shapes.map((one) => one.places), ...(sketch && sketch.places.length > 2 ? [sketch.places] : [])];
    const tell = () => {
      const areas = all().map((places) => MocGioi.measured(map, places, true));
      const rows = areas.length && areas.every(Boolean) ? [[words.areasDrawn, String(areas.length)], [words.areaOf, MocGioi.area(areas.reduce((sum, one) => sum + one.area, 0))]] : [];
      told.replaceChildren(...(rows.length ? rows.map(([title, text]) => el("div", {}, [el("span", { text: title }), el("b", { text })])) : [el("span", { text: words.drawStart })]), el("small", { text: words.displayOnly }));
      command.textContent = "mocgioi scenario add " + words.drawScenario + " --" + purpose.value + " " + FILES[purpose.value];
    };
    const keep = () => {
      if (!sketch || sketch.places.length < 3) return;
      if (MocGioi.crossesItself(sketch.places)) return MocGioi.complain(words.drawCrossed);
      shapes.push(sketch);
      sketch.finish();
      sketch.map.off(sketch.heard);
      sketch = null;
      start();
    };
    const write = () => {
      const found = all();
      if (!found.length) return MocGioi.complain(words.drawStart);
      if (found.some(MocGioi.crossesItself)) return MocGioi.complain(words.drawCrossed);
      save(MocGioi.geojsonOf(found, { name: name.value.trim() || words["draw_" + purpose.value], code: code.value.trim() }), FILES[purpose.value]);
      MocGioi.say(words.drawSaved);
    };
    const clear = () => { shapes.forEach((one) => one.remove()); shapes = []; start(); };
    const button = (text, act, className = "mg-choice") => el("button", { type: "button", class: className, text, onclick: act });
    return {
      title: words.draw,
      body: el("div", { class: "mg-form" }, [
        purpose, name, code, told,
        el("div", { class: "mg-choices" }, [button(words.undo, () => sketch.undo()), button(words.another, keep), button(words.again, clear)]),
        button(words.saveGeojson, write, "mg-choice mg-primary"), el("small", { text: words.drawThen }), command,
      ]),
      open: start,
      close() { shapes.forEach((one) => one.remove()); shapes = []; sketch.remove(); sketch = null; },
    };
  };
})();
