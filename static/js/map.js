// Brings the map where there is room for it, or when its fold is opened. On a narrow list page nothing is fetched; the
// list reads without it.

const ROOM = "(min-width: 60rem)";

async function start(root) {
  root.hidden = false;
  try {
    // Together: on a slow line, each of them waits for nobody.
    const [outlines, { openMap }] = await Promise.all([
      fetch(root.dataset.neighbourhoods),
      import("./map_view.js"),
      import("./leaflet_loader.js").then(({ loadLeaflet }) => loadLeaflet(root.querySelector("template[data-assets]"))),
    ]);
    await openMap(root, outlines);
  } catch {
    root.querySelector("[data-status]").textContent = "La carte n’a pas pu être chargée. Le tableau dit la même chose.";
    root.removeAttribute("data-waiting");
  }
}

for (const root of document.querySelectorAll("[data-map]")) {
  const room = matchMedia(ROOM);
  const fold = root.closest("details");
  if (fold) fold.addEventListener("toggle", () => start(root), { once: true });
  else if (root.dataset.map !== "wide" || room.matches) start(root);
  else room.addEventListener("change", () => start(root), { once: true });
}
