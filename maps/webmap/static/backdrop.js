// What may lie under or far from the zone: an office's own picture, and the names of the archipelagos where they belong.
"use strict";
(function () {
  const el = MocGioi.el;

  MocGioi.addBackdrop = async function (map) {
    const told = map.mg.settings.backdrop;
    if (!told) return;
    map.createPane("mg-backdrop").style.zIndex = 413;
    map.getPane("mg-backdrop").style.pointerEvents = "none";
    const url = "data:image/png;base64," + (await MocGioi.chunkText("backdrop")), [west, south, east, north] = told.box;
    const picture = L.imageOverlay(url, [[south, west], [north, east]], { pane: "mg-backdrop", interactive: false, alt: told.title, opacity: 0.85 }).addTo(map);
    const slider = el("input", { type: "range", min: 0, max: 100, value: 85, "aria-label": told.title + ": " + MocGioi.words.opacity, oninput: () => picture.setOpacity(slider.value / 100) });
    const row = el("div", { class: "mg-backdrop-row" }, [el("span", { text: MocGioi.words.backdrop + ": " + told.title }), slider]);
    document.querySelector(".mg-layers").appendChild(row);
  };

  MocGioi.addIslands = function (map) {
    for (const [name, lat, lng] of map.mg.settings.islands) {
      const icon = L.divIcon({ className: "mg-island", html: el("span", { text: name }), iconSize: [220, 18] });
      L.marker([lat, lng], { icon, interactive: false, keyboard: false }).addTo(map);
    }
  };
})();
