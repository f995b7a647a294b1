// Where one is and what one sees stand in the address, so that a link or a bookmark brings it back.
"use strict";
(function () {
  function written(map) {
    const { lat, lng } = map.getCenter(), parts = [map.getZoom().toFixed(2), lat.toFixed(6), lng.toFixed(6)];
    const hidden = map.mg.layers.filter((layer) => layer.data.visible !== map.hasLayer(layer)).map((layer) => layer.data.id);
    const themes = map.mg.layers.filter((layer) => layer.theme).map((layer) => layer.data.id + ":" + layer.theme);
    const chosen = map.mg.selected;
    return "#" + [parts.join("/"), hidden.length ? "l=" + hidden.map(encodeURIComponent).join(",") : "", themes.length ? "t=" + themes.map(encodeURIComponent).join(",") : "",
      chosen ? "s=" + encodeURIComponent(chosen.layer) + "," + encodeURIComponent(chosen.key) : ""].filter(Boolean).join("&");
  }

  function list(text) { return text.split(",").map((one) => { try { return decodeURIComponent(one); } catch { return ""; } }); }

  // Go to what an address says; what it says wrongly is passed over.
  async function follow(map, hash) {
    const [place, ...rest] = hash.slice(1).split("&"), [zoom, lat, lng] = place.split("/").map(Number);
    if ([zoom, lat, lng].every(Number.isFinite) && Math.abs(lat) < 85 && place) map.setView([lat, lng], zoom, { animate: false });
    const said = Object.fromEntries(rest.map((one) => [one.slice(0, 1), one.slice(2)]));
    const named = new Map(map.mg.layers.map((layer) => [layer.data.id, layer]));
    for (const id of said.l ? list(said.l) : []) {
      const layer = named.get(id);
      if (layer) layer.data.visible ? layer.remove() : layer.addTo(map);
    }
    for (const one of said.t ? list(said.t) : []) {
      const [id, theme] = [one.slice(0, one.lastIndexOf(":")), Number(one.slice(one.lastIndexOf(":") + 1))], layer = named.get(id);
      if (layer && layer.data.themes[theme]) layer.setTheme(theme);
    }
    map.fire("mg-theme");
    if (said.s) {
      const [layer, key] = list(said.s);
      await MocGioi.showFeature(map, layer, key);
    }
  }

  MocGioi.addPermalink = async function (map) {
    const hash = location.hash;
    if (hash.length > 1) await follow(map, hash);
    let waiting = 0;
    map.on("moveend layeradd layerremove mg-theme mg-select", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => history.replaceState(null, "", written(map)), 300);
    });
  };
})();
