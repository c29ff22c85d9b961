// What a passkey's page says when the browser could not, or she stopped. The sentences stand in the
// page, in her language; allauth's own script does the rest.
const troubles = document.querySelector("[data-passkey-troubles]");
const buttons = document.querySelectorAll("[data-passkey-button], #passkey_login, #mfa_webauthn_add, #mfa_webauthn_authenticate, #mfa_webauthn_reauthenticate");

function say(name) {
  const sentences = troubles.querySelectorAll("[data-trouble]");
  const names = [...sentences].map((one) => one.dataset.trouble);
  const shown = names.includes(name) ? name : "other";
  for (const one of sentences) {
    one.hidden = one.dataset.trouble !== shown;
  }
  troubles.hidden = false;
  troubles.scrollIntoView({ block: "nearest" });
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  say(event.detail.exception?.name);
});

if (!window.PublicKeyCredential && troubles) {
  for (const button of buttons) {
    button.disabled = true;
  }
  if (buttons.length && troubles.dataset.passkeyTroubles === "loud") {
    say("missing");
  }
}
