// The print view: title, map, legend, scale, notice and source on one sheet, laid out before the printer is asked.
"use strict";
(function () {
  const settled = () => new Promise((go) => setTimeout(go, 900));

  MocGioi.print = async function (map) {
    const view = map.getBounds();
    document.body.classList.add("mg-printing");
    map.closePopup();
    map.invalidateSize({ pan: false });
    map.fitBounds(view, { animate: false });
    await settled();
    const back = () => {
      document.body.classList.remove("mg-printing");
      map.invalidateSize({ pan: false });
      map.fitBounds(view, { animate: false });
    };
    window.addEventListener("afterprint", back, { once: true });
    window.print();
  };
})();
