// Shows the buttons that copy a field, which only a script on a secure page can serve.

for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const field = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    const copied = await navigator.clipboard.writeText(field.value).then(() => true, () => false);
    button.textContent = copied ? "Copié" : "Copiez avec le clavier";
  });
}
