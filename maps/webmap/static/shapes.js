// Shapes as they travel: whole numbers, each vertex as its step from the one before. And where a point lies in them.
"use strict";
(function () {
  function ring(steps, scale) {
    const points = new Array(steps.length / 2);
    let x = 0, y = 0;
    for (let i = 0; i < points.length; i++) {
      x += steps[2 * i];
      y += steps[2 * i + 1];
      points[i] = [y / scale, x / scale];
    }
    return points;
  }

  // Give a feature its points ([lat, lng]) and its box, once.
  MocGioi.unpackFeature = function (feature, scale) {
    if (feature.parts) return feature; // another map has done it
    const deep = feature.t === "A";
    feature.parts = feature.g.map((part) => (deep ? part.map((one) => ring(one, scale)) : ring(part, scale)));
    delete feature.g;
    const outlines = deep ? feature.parts.map((rings) => rings[0]) : feature.parts;
    feature.boxes = outlines.map((outline) => L.latLngBounds(outline));
    feature.box = feature.boxes.reduce((all, box) => all.extend(box), L.latLngBounds([]));
    if (feature.p) feature.place = L.latLng(feature.p[1] / scale, feature.p[0] / scale);
    return feature;
  };

  function inRing(lat, lng, points) {
    let inside = false;
    for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
      const [yi, xi] = points[i], [yj, xj] = points[j];
      if (yi > lat !== yj > lat && lng < ((xj - xi) * (lat - yi)) / (yj - yi) + xi) inside = !inside;
    }
    return inside;
  }

  function inArea(latlng, polygons) {
    const { lat, lng } = latlng;
    return polygons.some(([outer, ...holes]) => inRing(lat, lng, outer) && !holes.some((hole) => inRing(lat, lng, hole)));
  }

  function nearLine(map, latlng, lines, pixels) {
    const here = map.latLngToLayerPoint(latlng);
    return lines.some((line) => {
      const points = line.map((one) => map.latLngToLayerPoint(one));
      return points.some((point, i) => i && L.LineUtil.pointToSegmentDistance(here, points[i - 1], point) <= pixels);
    });
  }

  // Tell whether the feature is at the place, within a finger's or a pointer's reach for lines and points.
  MocGioi.isAt = function (map, feature, latlng, pixels) {
    if (feature.t === "A") return feature.box.contains(latlng) && inArea(latlng, feature.parts);
    if (feature.t === "L") return nearLine(map, latlng, feature.parts, pixels);
    const here = map.latLngToLayerPoint(latlng);
    return feature.parts.flat().some((point) => here.distanceTo(map.latLngToLayerPoint(point)) <= pixels + 8);
  };
})();
