// What may lie under or far from the zone: an office's own picture, shadows of the relief, and the names of the archipelagos where they belong.
"use strict";
(function () {
  const el = MocGioi.el;
  // From below: above the ground of the communes, under all that is drawn on it.
  const UNDER = [["relief", 412, 1], ["backdrop", 413, 0.85]];

  // Lay the pictures under a map; those of a second map follow the sliders of the first.
  MocGioi.underlay = function (map) {
    for (const { name, storey, url, told, opacity, shown } of map.mg.under || []) {
      const pane = "mg-" + name, [west, south, east, north] = told.box;
      map.createPane(pane).style.zIndex = storey;
      map.getPane(pane).style.pointerEvents = "none";
      shown.push(L.imageOverlay(url, [[south, west], [north, east]], { pane, interactive: false, alt: told.title, opacity: opacity() }).addTo(map));
    }
  };

  MocGioi.addBackdrop = async function (map) {
    map.mg.under = [];
    for (const [name, storey, first] of UNDER) {
      const told = map.mg.settings[name];
      if (!told) continue;
      const url = "data:image/png;base64," + (await MocGioi.chunkText(name)), shown = [], opacity = () => slider.value / 100;
      const slider = el("input", { type: "range", min: 0, max: 100, value: 100 * first, "aria-label": told.title + ": " + MocGioi.words.opacity, oninput: () => shown.forEach((one) => one.setOpacity(opacity())) });
      const title = name === "backdrop" ? MocGioi.words.backdrop + ": " + told.title : told.title;
      document.querySelector(".mg-layers").appendChild(el("div", { class: "mg-backdrop-row" }, [el("span", { text: title }), slider]));
      map.mg.under.push({ name, storey, url, told, opacity, shown });
    }
    MocGioi.underlay(map);
  };

  MocGioi.addIslands = function (map) {
    for (const [name, lat, lng] of map.mg.settings.islands) {
      const icon = L.divIcon({ className: "mg-island", html: el("span", { text: name }), iconSize: [220, 18] });
      L.marker([lat, lng], { icon, interactive: false, keyboard: false }).addTo(map);
    }
  };
})();
