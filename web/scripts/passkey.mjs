// Passkeys: hands what the desk asks for to the browser, and the browser's answer to the form. Without this file, or in a
// browser without passkeys, the part of the page stays hidden and the six-digit code does.

const part = document.querySelector('[data-passkey]')

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (each) => each.charCodeAt(0))

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')

const known = (list) => list.map((each) => ({ ...each, id: bytes(each.id) }))

async function use(options) {
  const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: known(options.allowCredentials) }
  const { rawId, response } = await navigator.credentials.get({ publicKey })
  return {
    id: text(rawId),
    clientDataJSON: text(response.clientDataJSON),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: response.userHandle && text(response.userHandle),
  }
}

async function make(options) {
  const user = { ...options.user, id: bytes(options.user.id) }
  const publicKey = { ...options, user, challenge: bytes(options.challenge), excludeCredentials: known(options.excludeCredentials) }
  const { rawId, response } = await navigator.credentials.create({ publicKey })
  return {
    id: text(rawId),
    clientDataJSON: text(response.clientDataJSON),
    attestationObject: text(response.attestationObject),
  }
}

if (part && window.PublicKeyCredential && navigator.credentials) {
  const form = part.closest('form')
  const [button, said, answer] = ['button', '[role=status]', 'input[name=passkey]'].map((each) => part.querySelector(each))
  const making = part.dataset.passkey === 'create'
  part.hidden = false
  button.hidden = false
  for (const off of document.querySelectorAll('[data-passkey-off]')) off.hidden = true

  const ask = async () => {
    button.disabled = true
    said.textContent = said.dataset.waiting
    try {
      const options = await fetch(part.dataset.options, { cache: 'no-store', redirect: 'error' })
      if (!options.ok) throw new Error(String(options.status))
      answer.value = JSON.stringify(await (making ? make : use)(await options.json()))
      form.submit()
    } catch (problem) {
      // The browser names neither what is there nor what was not chosen, and neither do we.
      const { known, stopped, broken } = said.dataset
      said.textContent = !(problem instanceof DOMException) ? broken : problem.name === 'InvalidStateError' ? known : stopped
      button.disabled = false
    }
  }

  button.addEventListener('click', () => (making ? form.requestSubmit() : ask()))
  // A passkey is made for a name: without one, the desk says so before the browser asks anything.
  form.addEventListener('submit', (event) => {
    if (!making || !form.elements.name.value.trim()) return
    event.preventDefault()
    ask()
  })
  // A page that comes back from the browser's memory carries no answer of before.
  window.addEventListener('pageshow', () => {
    answer.value = ''
    button.disabled = false
    said.textContent = ''
  })
}
