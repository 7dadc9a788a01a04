// Reads a page aloud, for whoever would rather listen. With a voice of the device alone: no word leaves it for a service.

const article = document.querySelector("[data-aloud]");
const button = document.querySelector("[data-listen]");
const speech = window.speechSynthesis;

/** A French voice that speaks without the network, or undefined. */
export function localVoice(voices) {
  return voices.find((voice) => voice.localService && voice.lang.toLowerCase().startsWith("fr"));
}

/** What is said, a sentence or so at a time: a long text stops some browsers in the middle. */
export function pieces(root) {
  const blocks = [...root.querySelectorAll("h1, h2, p:not(.no-print, :has(a))")];
  return blocks.flatMap((block) => block.innerText.split(/\n+/)).map((line) => line.trim()).filter(Boolean);
}

function say(on) {
  button.setAttribute("aria-pressed", String(on));
  button.querySelector("span").textContent = on ? "Arrêter" : "Écouter";
}

function offer() {
  button.hidden = !localVoice(speech.getVoices());
}

function listen() {
  if (button.getAttribute("aria-pressed") === "true") {
    speech.cancel();
    say(false);
    return;
  }
  const voice = localVoice(speech.getVoices());
  const spoken = pieces(article).map((line) => Object.assign(new SpeechSynthesisUtterance(line), { voice, lang: "fr-FR", rate: 0.9 }));
  spoken.at(-1).addEventListener("end", () => say(false));
  for (const each of spoken) speech.speak(each);
  say(true);
}

if (speech && button) {
  offer();
  // Browsers learn their voices late.
  speech.addEventListener?.("voiceschanged", offer);
  button.addEventListener("click", listen);
  addEventListener("pagehide", () => speech.cancel());
}
