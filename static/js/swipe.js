// The reading mode under a thumb: a card drawn to the right is kept, to the left asks why it is set aside.
// Buttons do the same; a finger that scrolls is left alone.

const FAR = 96; // pixels after which letting go decides
const STEEP = 1.2; // how much flatter than tall a movement must be
const card = document.querySelector("[data-swipe]");
let from = null;

const keep = () => document.querySelector("button[name=status][value=retenue]");
const setAside = () => document.querySelector("[data-key=e]");

function settle() {
  from = null;
  card.style.translate = "";
  delete card.dataset.towards;
}

card?.addEventListener("pointerdown", (event) => {
  if (event.pointerType !== "touch" || event.target.closest("a, button, input, select, textarea, summary")) return;
  from = { x: event.clientX, y: event.clientY, id: event.pointerId };
});

card?.addEventListener("pointermove", (event) => {
  if (from?.id !== event.pointerId) return;
  const [x, y] = [event.clientX - from.x, event.clientY - from.y];
  if (Math.abs(x) < Math.abs(y) * STEEP) {
    // Scrolling, or a movement called off: letting go now decides nothing.
    card.style.translate = "";
    delete card.dataset.towards;
    return;
  }
  if (!matchMedia("(prefers-reduced-motion: reduce)").matches) card.style.translate = `${x}px`;
  card.dataset.towards = Math.abs(x) < FAR ? "" : x > 0 ? "keep" : "out";
});

card?.addEventListener("pointerup", (event) => {
  if (from?.id !== event.pointerId) return;
  const towards = card.dataset.towards;
  settle();
  if (towards === "keep") keep()?.click();
  if (towards === "out") setAside()?.click();
});

card?.addEventListener("pointercancel", settle);
