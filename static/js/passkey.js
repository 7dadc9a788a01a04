// Passkeys: asks the device for one, and sends its answer with the page's own form.

const options = document.getElementById("passkey");

/** WebAuthn speaks in bytes, JSON in base64url. */
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const named = (credentials) => credentials?.map((credential) => ({ ...credential, id: bytes(credential.id) }));

/** What the server asks for: in the page, or at the form's own address when nobody is known yet. */
async function asked(form) {
  if (options) return JSON.parse(options.textContent).publicKey;
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return (await answer.json()).request_options.publicKey;
}

async function create(wanted) {
  const user = { ...wanted.user, id: bytes(wanted.user.id) };
  const publicKey = { ...wanted, user, challenge: bytes(wanted.challenge), excludeCredentials: named(wanted.excludeCredentials) };
  const made = await navigator.credentials.create({ publicKey });
  return described(made, {
    attestationObject: text(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
  });
}

async function get(wanted) {
  const publicKey = { ...wanted, challenge: bytes(wanted.challenge), allowCredentials: named(wanted.allowCredentials) };
  const given = await navigator.credentials.get({ publicKey });
  const { authenticatorData, signature, userHandle } = given.response;
  return described(given, {
    authenticatorData: text(authenticatorData),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  });
}

function described(credential, response) {
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? null,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  };
}

const SAID = {
  NotAllowedError: "Rien n’a été fait. Réessayez, ou entrez autrement.",
  InvalidStateError: "Cet appareil a déjà une clé pour votre compte.",
};

for (const form of window.PublicKeyCredential ? document.querySelectorAll("form[data-passkey]") : []) {
  const says = form.querySelector("[data-says]");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    says.textContent = "Suivez ce que votre appareil demande…";
    try {
      const credential = await (form.dataset.passkey === "create" ? create : get)(await asked(form));
      form.elements.credential.value = JSON.stringify(credential);
      const shared = document.querySelector("[data-shared-phone]");
      if (shared?.checked) form.elements.shared.value = "1";
      form.submit();
    } catch (error) {
      says.textContent = SAID[error.name] ?? "La clé n’a pas pu servir. Réessayez, ou entrez autrement.";
    }
  });
}
const unknown = document.getElementById("no-passkey");
if (unknown) unknown.hidden = Boolean(window.PublicKeyCredential);
