// Leaflet comes late: its tags wait in a <template> of the page, so that nothing is fetched before the map is wanted.

let loading = null;

/** Puts django-leaflet's styles and scripts of `template` in the page, in order; resolves when L is there. */
export function loadLeaflet(template) {
  loading ??= bring([...template.content.children]);
  return loading;
}

// django-leaflet brings them for forms and drawing, which these maps do not have.
const UNUSED = /\/draw\/|leaflet\.extras\.(\w+\.)?css$/;

/** All at once; scripts run in their order all the same. */
function bring(elements) {
  return Promise.all(elements.filter(({ src, href }) => !UNUSED.test(src || href)).map(add));
}

function add(element) {
  if (element.localName === "script" && element.src) return addScript(element.src);
  if (element.localName === "link") return addSheet(element.href);
  // What django-leaflet's scripts read: JSON, never run.
  return document.head.append(document.importNode(element, true));
}

function addScript(src) {
  const script = document.createElement("script");
  script.src = src;
  script.async = false;
  return added(script);
}

function addSheet(href) {
  // First in the head: the page's own sheet has the last word.
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  const loaded = loads(link);
  document.head.prepend(link);
  return loaded;
}

function added(element) {
  const loaded = loads(element);
  document.head.append(element);
  return loaded;
}

function loads(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", resolve, { once: true });
    element.addEventListener("error", () => reject(new Error(`not loaded: ${element.localName}`)), { once: true });
  });
}
