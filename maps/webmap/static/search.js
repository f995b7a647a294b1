// Find a parcel by its key, a commune, a yard, a gate by its name, with accents or without.
"use strict";
(function () {
  const el = MocGioi.el, MOST = 12;

  // As gis.text.search_key: no accents, no case, single spaces.
  MocGioi.searchKey = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase().replace(/\s+/g, " ").trim();

  // Sheet and number, whichever way they are written: 12/3, tờ 12 thửa 3.
  function sheetAndNumber(query) {
    const said = /(?:^|to|sheet)\s*(?:ban do)?\s*(?:so)?\s*(\d+)\s*(?:[/,;\s]|thua|parcel|so|dat)+\s*(\d+)\s*$/.exec(query);
    return said ? said[1] + "/" + said[2] : "";
  }

  function indexOf(map) {
    return map.mg.layers.filter((layer) => !layer.data.tiles && !["base", "proposed", "kept", "added", "removed", "crossed_parcels"].includes(layer.data.id))
      .flatMap((layer) => layer.features.map((feature) => ({ layer, key: feature.k, name: feature.n, text: MocGioi.searchKey(feature.n + " " + feature.k) })));
  }

  function rank(item, query) {
    if (item.text.startsWith(query)) return 0;
    return (" " + item.text).includes(" " + query) ? 1 : 2;
  }

  async function found(map, index, query, pair) {
    const near = index.filter((item) => item.text.includes(query) || (pair && item.key.endsWith("/" + pair)));
    near.sort((one, other) => rank(one, query) - rank(other, query) || one.text.length - other.text.length);
    const large = await Promise.all(map.mg.layers.filter((layer) => layer.data.tiles).map((layer) => inLarge(layer, query, pair)));
    return [...large.flat().slice(0, MOST / 2), ...near].slice(0, MOST);
  }

  async function inLarge(layer, query, pair) {
    const starts = [query.toUpperCase(), query], groups = layer.data.rows.groups || [];
    const rows = [];
    if (pair) for (const group of groups) rows.push(...(await layer.cells.startingWith(group + "/" + pair, 2)).filter((row) => row.k === group + "/" + pair || row.k.startsWith(group + "/" + pair + "#")));
    if (/\d/.test(query)) for (const start of new Set(starts)) rows.push(...(await layer.cells.startingWith(start, MOST / 2)));
    const seen = new Set();
    return rows.filter((row) => !seen.has(row.k) && seen.add(row.k)).map((row) => ({ layer, key: row.k, name: row.name || (layer.data.nameBefore || "") + row.k }));
  }

  MocGioi.addSearch = function (map) {
    const words = MocGioi.words, list = el("ul", { class: "mg-results", role: "listbox", id: "mg-results", "aria-label": words.search });
    const input = el("input", {
      class: "mg-search-input", type: "search", placeholder: words.searchFor, "aria-label": words.search, role: "combobox", autocomplete: "off",
      "aria-controls": "mg-results", "aria-expanded": "false", "aria-autocomplete": "list",
    });
    let index = null, items = [], chosen = -1, asked = 0;
    const show = () => {
      list.replaceChildren(...items.map((item, place) => el("li", { class: "mg-result" + (place === chosen ? " mg-chosen" : ""), role: "option", id: "mg-result-" + place, "aria-selected": String(place === chosen), onclick: () => go(place) }, [
        el("strong", { text: item.name }), el("span", { text: item.layer.data.title + (item.name.endsWith(item.key) ? "" : " · " + item.key) }),
      ])));
      if (!items.length && input.value.trim().length > 1) list.appendChild(el("li", { class: "mg-nothing", text: words.nothingFound }));
      input.setAttribute("aria-expanded", String(items.length > 0));
      input.setAttribute("aria-activedescendant", chosen < 0 ? "" : "mg-result-" + chosen);
      list.hidden = !list.children.length;
    };
    const clear = () => { items = []; chosen = -1; list.replaceChildren(); show(); list.hidden = true; };
    const go = async (place) => {
      const item = items[place];
      input.value = item.name;
      clear();
      await MocGioi.showFeature(map, item.layer.data.id, item.key);
    };
    input.addEventListener("input", async () => {
      const query = MocGioi.searchKey(input.value), mine = ++asked;
      if (query.length < 2) return clear();
      await new Promise((wait) => setTimeout(wait, 120));
      if (mine !== asked) return;
      index = index || indexOf(map);
      const hits = await found(map, index, query, sheetAndNumber(query));
      if (mine !== asked) return;
      items = hits;
      chosen = hits.length ? 0 : -1;
      show();
    });
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (items.length) chosen = (chosen + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length;
        show();
      } else if (event.key === "Enter" && chosen >= 0) go(chosen);
      else if (event.key === "Escape") clear();
    });
    map.on("click", clear);
    clear();
    MocGioi.control("topleft", "mg-control mg-search", el("div", {}, [input, list])).addTo(map);
  };
})();
