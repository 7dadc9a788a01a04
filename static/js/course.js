// The exercises of the listening course: an answer is told at once, with its reason. Without this script, each has its answer in a fold.

for (const piece of document.querySelectorAll("[data-exercise] [data-right]")) {
  const place = piece.querySelector(".course-answer");
  const fold = place.querySelector("details");
  const why = fold.querySelector("p");
  fold.remove();
  piece.addEventListener("change", ({ target }) => {
    const right = target.value === piece.dataset.right;
    piece.dataset.answered = right ? "right" : "wrong";
    const verdict = document.createElement("b");
    verdict.textContent = right ? "C’est cela. " : "Plutôt\u00a0: ";
    const told = why.cloneNode(true);
    if (right) told.querySelector("b").remove();
    told.prepend(verdict);
    place.replaceChildren(told);
  });
}
