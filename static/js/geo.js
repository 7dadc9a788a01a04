// Twin of observations/geo.py for the phone: the same cells, the same rounding, the same quartier.
// Held to the same answers by tests/cases/geo.json. Degrees are WGS84; latitude comes before longitude in calls,
// longitude first in GeoJSON.

const CELL_DEGREES = 0.0018; // 200 m of latitude
const LAST_ROW = Math.round(90 / CELL_DEGREES) - 1;
const METRES_PER_DEGREE = 6371008.8 * Math.PI / 180;

/** Row and column of the 200 m cell that holds a point. */
export function cell(latitude, longitude) {
  check(latitude, longitude);
  const row = clamp(Math.floor(latitude / CELL_DEGREES), -LAST_ROW - 1, LAST_ROW);
  return [row, Math.floor(longitude / columnDegrees(row))];
}

/** Latitude and longitude of the centre of a cell, to 6 decimals. */
export function cellCentre(row, col) {
  const longitude = clamp((col + 0.5) * columnDegrees(row), -180, 180);
  return [decimal((row + 0.5) * CELL_DEGREES, 6), decimal(longitude, 6)];
}

/** The point that may be kept: "lieu" about 1 m, "secteur" the centre of its 200 m cell, "quartier" [null, null]. */
export function rounded(latitude, longitude, precision) {
  check(latitude, longitude);
  if (precision === "quartier") return [null, null];
  if (precision === "secteur") return cellCentre(...cell(latitude, longitude));
  if (precision === "lieu") return [decimal(latitude, 5), decimal(longitude, 5)];
  throw new RangeError(`unknown precision: ${precision}`);
}

/** Whether a GeoJSON Polygon or MultiPolygon holds a point (even-odd rule, so holes are outside). */
export function contains(latitude, longitude, geometry) {
  return polygons(geometry).some((rings) => {
    const crossings = rings.flatMap(segments).filter(([a, b]) => crosses(latitude, longitude, a, b));
    return crossings.length % 2 === 1;
  });
}

/**
 * The quartier of a GeoJSON FeatureCollection (properties: code, name) that holds a point, else the nearest by distance
 * in metres to its boundary: { code, name, inside, distance }. Null when there is none: never "outside" of nothing.
 */
export function locate(latitude, longitude, collection) {
  check(latitude, longitude);
  const features = collection.features;
  const holder = features.find((feature) => contains(latitude, longitude, feature.geometry));
  if (holder) return answer(holder, true, 0);
  const nearest = features
    .map((feature) => ({ feature, distance: distanceTo(latitude, longitude, feature.geometry) }))
    .reduce((best, other) => (best && best.distance <= other.distance ? best : other), null);
  return nearest && answer(nearest.feature, false, nearest.distance);
}

function answer(feature, inside, distance) {
  return { code: feature.properties.code, name: feature.properties.name, inside, distance };
}

function columnDegrees(row) {
  return CELL_DEGREES / Math.cos((row + 0.5) * CELL_DEGREES * Math.PI / 180);
}

function polygons(geometry) {
  return geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
}

function segments(ring) {
  return ring.slice(1).map((end, index) => [ring[index], end]);
}

/** Does the segment cross the half-line that goes east from the point? Half-open, so a shared vertex counts once. */
function crosses(latitude, longitude, [ax, ay], [bx, by]) {
  if ((ay > latitude) === (by > latitude)) return false;
  return longitude < ax + (latitude - ay) / (by - ay) * (bx - ax);
}

/** Metres to the boundary on a plane whose degrees of longitude are as short as at this latitude. */
function distanceTo(latitude, longitude, geometry) {
  const stretch = Math.cos(latitude * Math.PI / 180);
  const here = ([x, y]) => [(x - longitude) * stretch, y - latitude];
  const all = polygons(geometry).flatMap((rings) => rings.flatMap(segments));
  const degrees = all.reduce((least, [a, b]) => Math.min(least, fromOrigin(here(a), here(b))), Infinity);
  return degrees * METRES_PER_DEGREE;
}

/** Distance from the origin to a segment. */
function fromOrigin([ax, ay], [bx, by]) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : clamp(-(ax * dx + ay * dy) / length, 0, 1);
  return Math.hypot(ax + along * dx, ay + along * dy);
}

/** toFixed rounds the exact binary value half away from zero, as geo.py does; `+ 0` turns -0 into 0. */
function decimal(value, digits) {
  return Number(value.toFixed(digits)) + 0;
}

function clamp(value, low, high) {
  return Math.max(low, Math.min(high, value));
}

function check(latitude, longitude) {
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
    throw new RangeError("latitude or longitude out of range");
  }
}
