// Leaflet comes late: its tags wait in a <template> of the page, so that nothing is fetched before the map is wanted.

let loading = null;

/** Puts django-leaflet's styles and scripts of `template` in the page, in order; resolves when L is there. */
export function loadLeaflet(template) {
  loading ??= bring([...template.content.children]);
  return loading;
}

async function bring(elements) {
  for (const element of elements) {
    if (element.localName === "script" && element.src) await addScript(element.src);
    else if (element.localName === "link") await addSheet(element.href);
    // What django-leaflet's scripts read: JSON, never run.
    else document.head.append(document.importNode(element, true));
  }
}

function addScript(src) {
  const script = document.createElement("script");
  script.src = src;
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
