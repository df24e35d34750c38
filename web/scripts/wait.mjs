// The page on which somebody waits while many are writing: works out the puzzle in small slices, so that the page stays in use,
// and sends. Whoever's telephone is slow is sent when the turn comes that was told. Without this file the button is pressed.

import { solver } from './puzzle.mjs'

const form = document.querySelector('[data-module="ps-wait"]')

if (form) {
  const { question, bits, left } = form.dataset
  const bar = form.querySelector('progress')
  const said = form.querySelector('[role="status"]')
  form.querySelector('.ps-wait__by-hand').hidden = true
  form.querySelector('.ps-wait__by-itself').hidden = false

  const puzzle = solver(question, Number(bits))
  const most = 2 ** Number(bits)
  const began = Date.now()
  let over = false
  let tries = 500

  const put = (name, value) => {
    const field = document.createElement('input')
    Object.assign(field, { type: 'hidden', name, value })
    form.append(field)
  }

  function send(work) {
    if (over) return
    over = true
    bar.value = 100
    said.textContent = said.dataset.sending
    // Before the buttons, so that it is this that counts.
    put('go', 'send')
    if (work) put('work', work)
    form.submit()
  }

  function slice() {
    if (over) return
    const begin = Date.now()
    const work = puzzle.look(tries)
    const took = Date.now() - begin
    // About thirty milliseconds a slice, whatever the telephone.
    tries = Math.max(100, Math.min(200_000, Math.round((tries * 30) / Math.max(took, 3))))
    if (work) return send(work)
    // How much of the work is likely behind us. Nobody knows: the next try may be the one.
    const part = 1 - Math.exp((-2 * puzzle.tried()) / most)
    const waited = (Date.now() - began) / Math.max(Number(left), 1)
    if (Date.now() - began >= Number(left)) return send()
    bar.value = Math.round(95 * Math.max(part, Math.min(waited, 1)))
    if (bar.value >= 50 && !said.textContent) said.textContent = said.dataset.half
    setTimeout(slice, 5)
  }

  // A press of a button, or leaving: this stops.
  form.addEventListener('submit', () => (over = true))
  addEventListener('pagehide', () => (over = true))
  setTimeout(slice, 50)
}
