// The public face: leaving, and showing nothing while nobody should look. Everything works without this file.

const root = document.documentElement
const box = document.querySelector('[data-module="govuk-exit-this-page"]')
const button = box?.querySelector('.govuk-js-exit-this-page-button')

const hide = () => root.classList.add('ps-blank')
const show = () => root.classList.remove('ps-blank')

// Replaces this page in the history of the tab, so that one press of Back does not return to it.
function leave(event) {
  event?.preventDefault()
  hide()
  document.title = ''
  for (const form of document.forms) form.reset()
  location.replace(button.href)
}

if (button) {
  button.addEventListener('click', leave)

  // Shift three times within five seconds, said aloud to those who listen.
  const said = document.createElement('span')
  said.setAttribute('role', 'status')
  said.className = 'govuk-visually-hidden'
  box.append(said)
  const word = (key) => box.getAttribute(`data-i18n.${key}`) ?? ''
  let presses = 0
  let timer
  const forget = (text) => {
    presses = 0
    clearTimeout(timer)
    said.textContent = text
  }
  document.addEventListener('keyup', (event) => {
    if (event.key !== 'Shift') return
    presses += 1
    clearTimeout(timer)
    if (presses >= 3) {
      said.textContent = word('activated')
      leave()
      return
    }
    said.textContent = word(presses === 1 ? 'press-two-more-times' : 'press-one-more-time')
    timer = setTimeout(() => forget(word('timed-out')), 5000)
  })
  // Shift for a capital letter is not a wish to leave.
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Shift' && presses > 0) forget('')
  })
}

document.addEventListener('visibilitychange', () => (document.hidden ? hide() : show()))

// A page that comes back from memory would still hold what was typed: it is emptied and asked for again.
addEventListener('pagehide', hide)
addEventListener('pageshow', (event) => {
  if (!event.persisted) return
  hide()
  for (const form of document.forms) form.reset()
  location.reload()
})
