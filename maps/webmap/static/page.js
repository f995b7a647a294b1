// The page: its one global name, elements made from data, and the map. Text enters only through textContent.
"use strict";
const MocGioi = {};

// Make an element. `options`: class, text, fact (key of the Record), title, and handlers as on…; children are elements.
MocGioi.el = function (tag, options = {}, children = []) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === "") continue;
    if (name === "class") element.className = value;
    else if (name === "text") element.textContent = value;
    else if (name === "fact") element.setAttribute("data-fact", value);
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value);
  }
  for (const child of children) if (child) element.appendChild(child);
  return element;
};

MocGioi.svg = function (tag, attributes, children = []) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const child of children) element.appendChild(child);
  return element;
};

// Say what happened, to eyes and to screen readers; it goes by itself.
MocGioi.say = function (text, className = "mg-said") {
  for (const old of document.querySelectorAll(".mg-said, .mg-complaint")) old.remove();
  const box = MocGioi.el("div", { class: className, role: className === "mg-said" ? "status" : "alert", text });
  document.body.appendChild(box);
  setTimeout(() => box.remove(), 9000);
};
MocGioi.complain = (text) => MocGioi.say(text, "mg-complaint");

MocGioi.isWide = () => window.matchMedia("(min-width: 760px)").matches;

MocGioi.map = function (id, settings) {
  const map = L.map(id, {
    zoomControl: false, attributionControl: false, zoomSnap: 0.25, zoomDelta: 0.5, wheelPxPerZoomLevel: 90,
    minZoom: 8, maxZoom: 21, zoomAnimation: true, fadeAnimation: false, doubleClickZoom: true,
  });
  MocGioi.words = settings.words;
  MocGioi.lang = settings.lang;
  MocGioi.chunkFolder = settings.chunks;
  const boxes = settings.extent.map(([west, south, east, north]) => L.latLngBounds([south, west], [north, east]));
  map.mg = {
    extent: boxes.reduce((all, box) => all.extend(box), L.latLngBounds([])), layers: [], groups: settings.groups, settings,
    sliverWidth: settings.sliverWidth, coming: [],
  };
  // The whole zone, clear of what stands at the edges of a wide screen.
  map.mg.home = () => {
    const room = map.getSize().x > 900 ? 330 : 20;
    map.fitBounds(map.mg.extent, { paddingTopLeft: [map.getSize().x > 900 ? 58 : 24, 60], paddingBottomRight: [room, 24], animate: false });
  };
  map.mg.home();
  return map;
};
