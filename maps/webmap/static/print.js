// The print view: title, map, legend, scale, notice and source on one sheet, laid out before the printer is asked.
"use strict";
(function () {
  const LONGEST_MS = 15000;
  const wait = (time) => new Promise((go) => setTimeout(go, time));

  // What is printed is a finished map: every tile of the new view is painted, or it takes too long.
  async function settled(map) {
    const until = performance.now() + LONGEST_MS, isWhole = (layer) => !layer.screen || !map.hasLayer(layer) || layer.screen.isWhole();
    await wait(900);
    while (performance.now() < until && !map.mg.layers.every(isWhole)) await wait(100);
  }

  MocGioi.print = async function (map) {
    const view = map.getBounds();
    document.body.classList.add("mg-printing");
    map.closePopup();
    map.invalidateSize({ pan: false });
    map.fitBounds(view, { animate: false });
    await settled(map);
    const back = () => {
      document.body.classList.remove("mg-printing");
      map.invalidateSize({ pan: false });
      map.fitBounds(view, { animate: false });
    };
    window.addEventListener("afterprint", back, { once: true });
    window.print();
  };
})();
