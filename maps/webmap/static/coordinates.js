// VN-2000 coordinates of a place: polynomials that were fitted to the projection, good to the error that they state.
"use strict";
(function () {
  // Return easting and northing in metres, null outside of where the polynomials hold.
  MocGioi.grid = function (map, { lat, lng }) {
    const told = map.mg.settings.grid, [west, south, east, north] = told.box;
    if (lng < west || lng > east || lat < south || lat > north) return null;
    const u = (lng - (west + east) / 2) / ((east - west) / 2), v = (lat - (south + north) / 2) / ((north - south) / 2);
    return [value(told.easting, u, v, told.degree), value(told.northing, u, v, told.degree)];
  };

  // Terms u^i v^j, by i, then by j up to the degree.
  function value(terms, u, v, degree) {
    let sum = 0, at = 0;
    for (let i = 0, ui = 1; i <= degree; i++, ui *= u) for (let j = 0, vj = 1; i + j <= degree; j++, vj *= v) sum += terms[at++] * ui * vj;
    return sum;
  }

  const formats = new Map();
  MocGioi.number = function (value, decimals) {
    const locale = MocGioi.lang === "vi" ? "de-DE" : "en-US"; // 1.234,5 as Vietnamese offices write it
    const name = locale + decimals;
    if (!formats.has(name)) formats.set(name, new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }));
    return formats.get(name).format(value);
  };
  MocGioi.length = (metres) => (metres < 10000 ? MocGioi.number(metres, 1) + " m" : MocGioi.number(metres / 1000, 2) + " km");
  MocGioi.area = (m2) => (m2 < 100000 ? MocGioi.number(m2, 1) + " m²" : MocGioi.number(m2 / 10000, 2) + " ha");

  // Plane length of a line and area of a ring, in the project's coordinates; null where they cannot be told.
  MocGioi.measured = function (map, places, closed) {
    const points = places.map((one) => MocGioi.grid(map, one));
    if (points.some((one) => one === null)) return null;
    let length = 0, area = 0;
    for (let i = 0; i < points.length; i++) {
      const [x, y] = points[i], [u, v] = points[(i + 1) % points.length];
      if (i + 1 < points.length || closed) length += Math.hypot(u - x, v - y);
      area += ((x - points[0][0]) * (v - points[0][1]) - (u - points[0][0]) * (y - points[0][1])) / 2;
    }
    return { length, area: Math.abs(area) };
  };

  MocGioi.addCoordinates = function (map) {
    const words = MocGioi.words, told = map.mg.settings.grid;
    const place = MocGioi.el("span", { class: "mg-grid-place" });
    const box = MocGioi.el("div", { class: "mg-grid", title: told.name + " · " + words.gridError }, [place, MocGioi.el("small", { text: told.name })]);
    const show = (latlng) => {
      const at = MocGioi.grid(map, latlng);
      const texts = at ? [words.northing + " " + MocGioi.number(at[1], 1), words.easting + " " + MocGioi.number(at[0], 1)] : [words.outsideGrid];
      place.replaceChildren(...texts.map((text) => MocGioi.el("span", { text })));
    };
    MocGioi.control("bottomleft", "mg-control", box).addTo(map);
    map.on("mousemove", (event) => show(event.latlng));
    map.on("mouseout move", () => show(map.getCenter()));
    show(map.getCenter());
  };
})();
