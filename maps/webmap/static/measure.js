// Measure: lengths and areas in the plane of the project's coordinates, as exact as the screen can show.
"use strict";
(function () {
  const el = MocGioi.el;

  MocGioi.measure = function (map) {
    const words = MocGioi.words, told = el("div", { class: "mg-tool-told", role: "status" });
    let sketch = null, closed = true;
    const start = () => {
      if (sketch) sketch.remove();
      sketch = new MocGioi.Sketch(map, { closed, colour: "#6a1b9a", changed: tell, done: () => tell(sketch.places) });
      tell([]);
    };
    const tell = (places) => {
      const found = places.length > 1 ? MocGioi.measured(map, places, closed && places.length > 2) : undefined;
      if (found === undefined) return void told.replaceChildren(el("span", { text: words.measureStart }));
      if (found === null) return void told.replaceChildren(el("span", { text: words.outsideGrid }));
      const rows = [[closed && places.length > 2 ? words.perimeter : words.lengthOf, MocGioi.length(found.length)]];
      if (closed && places.length > 2) rows.unshift([words.areaOf, MocGioi.area(found.area)]);
      told.replaceChildren(...rows.map(([title, text]) => el("div", {}, [el("span", { text: title }), el("b", { text })])), el("small", { text: words.displayOnly }));
    };
    const choice = (text, value) => el("button", { type: "button", class: "mg-choice", text, "aria-pressed": String(closed === value), onclick: () => { closed = value; show(); start(); } });
    const choices = el("div", { class: "mg-choices" });
    const show = () => choices.replaceChildren(choice(words.areaOf, true), choice(words.lengthOf, false));
    return {
      title: words.measure,
      body: el("div", {}, [choices, told, el("div", { class: "mg-choices" }, [
        el("button", { type: "button", class: "mg-choice", text: words.undo, onclick: () => sketch.undo() }),
        el("button", { type: "button", class: "mg-choice", text: words.again, onclick: () => start() }),
      ])]),
      open() { show(); start(); },
      close() { sketch.remove(); sketch = null; },
    };
  };
})();
