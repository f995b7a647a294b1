// Content that is not at hand when the page opens: packed data inside it, chunks beside it that load when they are seen.
"use strict";
(function () {
  const given = new Map(), asked = new Map(), KEPT = 32;

  MocGioi.bytesOf = function (base64) {
    const text = atob(base64), bytes = new Uint8Array(text.length);
    for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
    return bytes;
  };

  MocGioi.unpack = async function (bytes) {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  };

  // Data that travels packed inside the page.
  MocGioi.packed = (base64) => MocGioi.unpack(MocGioi.bytesOf(base64));

  // Every chunk hands itself over: one inside the page when it opens, one beside it when its script runs.
  MocGioi.chunk = function (name, base64) {
    const waiting = asked.get(name);
    if (waiting) waiting.resolve(base64);
    else given.set(name, base64);
  };

  // Return the base64 text of a chunk; the last ones stay at hand.
  MocGioi.chunkText = function (name) {
    if (given.has(name)) return Promise.resolve(given.get(name));
    if (asked.has(name)) return asked.get(name).promise;
    const waiting = {};
    waiting.promise = new Promise((resolve, reject) => { waiting.resolve = resolve; waiting.reject = reject; });
    asked.set(name, waiting);
    const script = document.createElement("script");
    script.src = MocGioi.chunkFolder.split("/").map(encodeURIComponent).join("/") + "/" + encodeURIComponent(name) + ".js";
    script.onload = () => script.remove();
    script.onerror = () => { script.remove(); asked.delete(name); MocGioi.complain(MocGioi.words.chunkMissing); waiting.reject(new Error(name)); };
    document.head.appendChild(script);
    waiting.promise.finally(() => setTimeout(() => asked.delete(name), 0)).catch(() => {});
    return waiting.promise;
  };

  // Bytes of the last chunks, for tiles that lie side by side in an archive.
  const decoded = new Map();
  MocGioi.chunkBytes = function (name) {
    const found = decoded.get(name);
    if (found) { decoded.delete(name); decoded.set(name, found); return found; }
    const bytes = MocGioi.chunkText(name).then(MocGioi.bytesOf);
    decoded.set(name, bytes);
    bytes.catch(() => decoded.delete(name));
    if (decoded.size > KEPT) decoded.delete(decoded.keys().next().value);
    return bytes;
  };
})();
