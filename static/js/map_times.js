// Time on the review's map: the steps that templates/review/_times.html holds, set by hand or played one after another.

const PACE = 1400; // ms that a step stays: time to read a dozen outlines
const figure = new Intl.NumberFormat("fr-FR");

/** The tools of templates/review/_times.html. `show` draws a step, or everything (null), and answers once drawn. */
export class TimeTools {
  constructor(root, show) {
    const bar = root.querySelector("[data-times]");
    this.find = (name) => bar.querySelector(`[data-times-${name}]`);
    this.steps = JSON.parse(bar.querySelector("script").textContent).map((step) => ({ ...step, said: step.label, label: capital(step.label) }));
    this.largest = Number(bar.dataset.largest);
    this.status = root.querySelector("[data-status]");
    this.columns = document.querySelectorAll("[data-times-table] col[data-du]");
    this.show = show;
    this.at = null;
    this.find("play").addEventListener("click", () => (this.playing ? this.stop() : this.play()));
    this.find("before").addEventListener("click", () => this.byHand(this.at === null ? this.steps.length - 1 : this.at - 1));
    this.find("after").addEventListener("click", () => this.byHand(this.at === null ? 0 : this.at + 1));
    this.find("range").addEventListener("input", ({ target }) => this.byHand(Number(target.value)));
    this.find("all").addEventListener("click", () => this.everything());
    this.find("keep").addEventListener("click", () => this.keep());
    bar.hidden = false;
    this.say();
  }

  byHand(at) {
    this.stop();
    this.go(at);
  }

  /** Goes round: after the last step comes the first. */
  async go(at) {
    this.at = (at + this.steps.length) % this.steps.length;
    this.say();
    await this.show(this.steps[this.at]);
  }

  everything() {
    this.stop();
    this.at = null;
    this.say();
    this.find("play").focus();
    this.show(null);
  }

  /** From where it stands, or from the start, to the last step. Each waits for its drawing: a slow network slows the play. */
  async play() {
    const playing = (this.playing = {});
    // Twelve sentences in a row help nobody: whoever listens hears where it stops.
    this.status.setAttribute("aria-live", "off");
    const last = this.steps.length - 1;
    await this.go(this.at === null || this.at === last ? 0 : this.at + 1);
    while (this.playing === playing && this.at < last) {
      await new Promise((resolve) => setTimeout(resolve, PACE));
      if (this.playing === playing) await this.go(this.at + 1);
    }
    if (this.playing === playing) this.stop();
  }

  stop() {
    this.playing = null;
    this.status.removeAttribute("aria-live");
    this.say();
  }

  /** The page's filters on the days that show: its table and its files follow. */
  keep() {
    const { du, au } = this.steps[this.at];
    const params = new URLSearchParams(location.search);
    for (const name of ["face", "du2", "au2", "page"]) params.delete(name);
    params.set("du", du);
    params.set("au", au);
    location.assign(`?${params}`);
  }

  say() {
    const step = this.steps[this.at] ?? null;
    this.find("label").textContent = step ? step.label : "Toute la période";
    this.find("count").textContent = step ? `${figure.format(step.n)}\u00a0observation${step.n > 1 ? "s" : ""}` : "";
    this.find("all").disabled = !step;
    this.find("keep").disabled = !step;
    const playing = Boolean(this.playing);
    const label = this.find("play-label");
    label.textContent = playing ? label.dataset.playing : label.dataset.still;
    this.find("play").classList.toggle("is-playing", playing);
    const range = this.find("range");
    range.setAttribute("aria-valuetext", step ? `${step.label}, ${step.n}` : "Toute la période");
    range.classList.toggle("is-off", !step);
    if (step) range.value = this.at;
    for (const column of this.columns) column.classList.toggle("is-shown", step?.du === column.dataset.du);
  }
}

function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
