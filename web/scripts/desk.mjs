// The desk: components of the design system in use, the keyboard, and folding. Everything works without this file.

import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  SkipLink,
  createAll,
} from 'govuk-frontend'

import './passkey.mjs'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink]) {
  createAll(component)
}

const search = document.querySelector('.ps-top__search input')

document.addEventListener('keydown', (event) => {
  // Control and K: to the search field.
  if (search && event.key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey) {
    event.preventDefault()
    search.focus()
    search.select()
    return
  }
  // Escape: fold every text that was unfolded.
  if (event.key === 'Escape') {
    for (const fold of document.querySelectorAll('details.ps-fold[open]')) fold.open = false
    return
  }
  // Arrows up and down: from row to row, while the focus is in a list.
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const row = event.target instanceof Element && event.target.closest('.ps-rows tbody tr')
  if (!row || event.target.matches('input, select, textarea')) return
  const next = event.key === 'ArrowDown' ? row.nextElementSibling : row.previousElementSibling
  const link = next?.querySelector('a, button')
  if (link) {
    event.preventDefault()
    link.focus()
  }
})

// A sheet that keeps itself: what is typed on a call must survive a dropped line and a dead browser.
const sheet = document.querySelector('form[data-keep]')
if (sheet) {
  const kept = sheet.querySelector('[data-kept]')
  const PAUSE = 2000
  const AFTER_A_FAILURE = 10000
  let waiting
  let sending = false
  let changed = false

  const keep = async () => {
    if (sending) return
    sending = true
    changed = false
    const body = new URLSearchParams(new FormData(sheet))
    body.set('go', 'quiet')
    try {
      const answer = await fetch(sheet.action, { method: 'POST', body, redirect: 'error' })
      if (!answer.ok) throw new Error(String(answer.status))
      const { saw, said } = await answer.json()
      sheet.elements.saw.value = saw
      kept.textContent = said
      sending = false
      if (changed) later(PAUSE)
    } catch {
      // Offline, locked or finished by a colleague: the button says which, and loses nothing.
      kept.textContent = kept.dataset.unkept
      sending = false
      later(AFTER_A_FAILURE)
    }
  }

  const later = (pause) => {
    clearTimeout(waiting)
    waiting = setTimeout(keep, pause)
  }

  sheet.addEventListener('input', () => {
    changed = true
    later(PAUSE)
  })
  sheet.addEventListener('submit', () => clearTimeout(waiting))

  // The prompts of whoever it is, and no others.
  const prompt = () => {
    const caller = sheet.elements.caller.value
    if (!caller) return
    for (const each of sheet.querySelectorAll('[data-caller]')) {
      each.open = each.dataset.caller === caller
      each.hidden = !each.open
    }
  }
  prompt()
  sheet.addEventListener('change', (event) => {
    if (event.target.name === 'caller') prompt()
  })
}

// Files that are dropped on the form or pasted anywhere on its page are put into it, beside those that were chosen.
const bringing = document.querySelector('form[data-files]')
if (bringing) {
  const chosen = bringing.querySelector('input[type=file]')
  const put = (files) => {
    const all = new DataTransfer()
    for (const file of [...chosen.files, ...files]) all.items.add(file)
    chosen.files = all.files
    const fold = bringing.closest('details')
    if (fold) fold.open = true
    chosen.focus()
  }
  bringing.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
  })
  bringing.addEventListener('drop', (event) => {
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    put(event.dataTransfer.files)
  })
  document.addEventListener('paste', (event) => {
    if (!event.clipboardData?.files.length) return
    event.preventDefault()
    put(event.clipboardData.files)
  })
}
