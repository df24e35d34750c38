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
