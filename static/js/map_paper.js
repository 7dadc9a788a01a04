// The squared paper under the map: as in a notebook, one square is a kilometre (ten, or a tenth, when it would be too
// small or too large). Seen where no tile is.

const METRES_PER_PIXEL = 156543.03392; // at zoom 0, on the equator

/** Metres of a square's side that stays between 20 and 200 px wide at this zoom and latitude. */
export function squareMetres(zoom, latitude) {
  const perPixel = (METRES_PER_PIXEL * Math.cos((latitude * Math.PI) / 180)) / 2 ** zoom;
  let metres = 1000;
  while (metres / perPixel < 20) metres *= 10;
  while (metres / perPixel > 200) metres /= 10;
  return { metres, pixels: metres / perPixel };
}

export function squareText(metres) {
  return `Un carreau = ${metres >= 1000 ? `${metres / 1000}\u00a0km` : `${metres}\u00a0m`}`;
}

/** Keeps the squares of `container` in step with the map, and says in `caption` how large one is. */
export function squarePaper(map, container, caption) {
  const origin = map.getCenter();
  const follow = () => {
    const { metres, pixels } = squareMetres(map.getZoom(), origin.lat);
    const corner = map.latLngToContainerPoint(origin);
    container.style.setProperty("--square", `${pixels}px`);
    container.style.setProperty("--paper-x", `${corner.x % pixels}px`);
    container.style.setProperty("--paper-y", `${corner.y % pixels}px`);
    caption.textContent = squareText(metres);
  };
  map.on("move zoomend resize", follow);
  follow();
}
