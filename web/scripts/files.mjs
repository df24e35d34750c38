// Files are sent in pieces as soon as they are chosen: a line that is lost costs one piece, and each piece is sent until it is
// there. The page alone knows what it sends; nothing is kept on the telephone. Without this file the form sends them.

const box = document.querySelector('[data-module="ps-files"]')
const form = box?.closest('form')

/** The server will not take it, and says why. */
class Refused extends Error {}
/** Whoever chose it has taken it away. */
class Stopped extends Error {}

// Nothing moves for so long: the line is taken for lost.
const SILENCE = 60_000
const LONGEST_WAIT = 30_000
const MEBIBYTE = 2 ** 20

if (form) {
  const { most, largest, parcel } = box.dataset
  const list = box.querySelector('.ps-files__list')
  const input = box.querySelector('input[type="file"]')
  const status = box.querySelector('[role="status"]')
  const ask = box.querySelector('.ps-files__ask')
  const sends = []
  let line = Promise.resolve()
  let asked = false

  box.querySelector('.ps-files__add').hidden = true

  const text = (key, values = {}) =>
    Object.entries(values).reduce((said, [name, value]) => said.split(`%${name}%`).join(value), box.dataset[key] ?? '')
  const sizeInWords = (bytes) => {
    const megabytes = Math.ceil(bytes / MEBIBYTE)
    return megabytes <= 1 ? text('small') : text('megabytes', { megabytes })
  }
  const make = (tag, className, content = '') => Object.assign(document.createElement(tag), { className, textContent: content })
  const say = (words) => (status.textContent = words)

  /** One post to the neutral door. `moved` hears how much of it has gone out. */
  const post = (one, fields, piece, moved) =>
    new Promise((resolve, reject) => {
      const body = new FormData()
      for (const [name, value] of Object.entries(fields)) body.append(name, value)
      if (piece) body.append('part', piece, 'part')
      const request = new XMLHttpRequest()
      let watch
      const alive = () => {
        clearTimeout(watch)
        watch = setTimeout(() => request.abort(), SILENCE)
      }
      const over = (act) => () => {
        clearTimeout(watch)
        one.request = null
        act()
      }
      const read = () => {
        let answer = null
        try {
          answer = JSON.parse(request.responseText)
        } catch {
          // A page of something on the way: tried again.
        }
        if (request.status === 200 && answer) resolve(answer)
        else if (request.status === 422 && answer?.why) reject(new Refused(answer.why))
        else reject(new Error(`${request.status}`))
      }
      request.open('POST', '/help/part')
      request.upload.onprogress = (event) => {
        alive()
        // Where the browser does not know how much there is, the answer will tell.
        if (event.lengthComputable) moved?.(Math.min(event.loaded / event.total, 1))
      }
      request.onload = over(read)
      request.onerror = request.onabort = over(() => reject(new Error('line')))
      one.request = request
      alive()
      request.send(body)
    })

  /** Waits, longer each time; a line that is back ends it. */
  const wait = (one, tries) =>
    new Promise((resolve) => {
      const over = () => {
        clearTimeout(timer)
        removeEventListener('online', over)
        one.wake = null
        resolve()
      }
      const timer = setTimeout(over, Math.min(1000 * 2 ** tries, LONGEST_WAIT) * (0.75 + Math.random() / 2))
      addEventListener('online', over)
      one.wake = over
    })

  /** Asks until there is an answer. What was sent when the line broke may have come: `there` tells. */
  async function insist(one, fields, piece, moved) {
    for (let tries = 0; ; tries += 1) {
      if (one.stopped) throw new Stopped()
      try {
        return tries > 0 && piece ? await post(one, { do: 'there', ticket: one.ticket }) : await post(one, fields, piece, moved)
      } catch (error) {
        if (error instanceof Refused) throw error
        if (one.stopped) throw new Stopped()
        if (one.state.textContent !== text('again')) say(text('again'))
        one.state.textContent = text('again')
        await wait(one, tries)
      }
    }
  }

  function show(one, part) {
    const percent = Math.min(99, Math.floor((100 * part) / one.file.size))
    one.bar.value = percent
    one.state.textContent = text('part', { percent })
    const quarter = Math.floor(percent / 25)
    if (quarter > one.quarter) say(`${one.file.name}: ${text('part', { percent: quarter * 25 })}`)
    one.quarter = quarter
  }

  /** Sends what is missing of a file, and gives the ticket with which the form takes it. */
  async function pieces(one) {
    const step = Number(parcel)
    const count = Math.ceil(one.file.size / step)
    let answer
    if (one.ticket) answer = await insist(one, { do: 'there', ticket: one.ticket })
    else {
      answer = await insist(one, { do: 'begin', name: one.file.name, size: one.file.size })
      one.ticket = answer.ticket
    }
    while (!answer.whole) {
      const there = new Set(answer.there)
      let number = 0
      while (there.has(number) && number < count - 1) number += 1
      const before = Math.min(there.size * step, one.file.size)
      const piece = one.file.slice(number * step, (number + 1) * step)
      show(one, before)
      answer = await insist(one, { do: 'put', ticket: one.ticket, number }, piece, (part) => show(one, before + part * piece.size))
    }
    return answer.whole
  }

  async function send(one) {
    try {
      const whole = await pieces(one)
      if (one.stopped) return
      one.ticket = whole
      one.unfinished = false
      one.bar.remove()
      one.state.textContent = `${sizeInWords(one.file.size)}, ${text('here')}`
      name(one.button, text('away'), one)
      put(one)
      say(text('hereAloud', { name: one.file.name }))
    } catch (error) {
      one.unfinished = false
      if (!(error instanceof Stopped)) refuse(one, error instanceof Refused ? error.message : 'not-now')
    }
    if (!sends.some((each) => each.unfinished)) ask.hidden = true
  }

  /** In the form, as a page without this script would have it. */
  function put(one) {
    one.row.querySelector('input[name="ticket"]')?.remove()
    one.row.append(Object.assign(document.createElement('input'), { type: 'hidden', name: 'ticket', value: one.ticket }))
  }

  function name(button, words, one) {
    button.textContent = words
    button.append(make('span', 'govuk-visually-hidden', ` ${one.file.name}`))
  }

  function refuse(one, why) {
    const key = why.replace(/-(.)/g, (_, letter) => letter.toUpperCase())
    one.bar.remove()
    one.refused = true
    one.state.textContent = text(key, { name: one.file.name })
    one.state.classList.add('govuk-error-message')
    name(one.button, text('away'), one)
    say(one.state.textContent)
  }

  function takeAway(one) {
    one.stopped = true
    one.unfinished = false
    one.request?.abort()
    one.wake?.()
    sends.splice(sends.indexOf(one), 1)
    one.row.remove()
    list.hidden = !list.children.length
    // Where that does not arrive, it dies by itself.
    if (one.ticket) post(one, { do: 'away', ticket: one.ticket }).catch(() => {})
    if (!sends.some((each) => each.unfinished)) ask.hidden = true
    say(text('notHere', { name: one.file.name }))
    input.focus()
  }

  /** A file of which the server has some already: it goes on where it stopped. */
  const begun = (file) =>
    [...list.querySelectorAll('[data-ticket]')].find((row) => row.dataset.name === file.name && Number(row.dataset.size) === file.size)

  function add(file) {
    const before = begun(file)
    const ticket = before?.dataset.ticket
    before?.remove()
    const one = { file, ticket, quarter: 0, unfinished: true }
    one.row = make('li', 'ps-files__one')
    one.bar = Object.assign(make('progress', 'ps-files__bar'), { max: 100, value: 0 })
    one.bar.setAttribute('aria-label', file.name)
    one.state = make('span', 'ps-files__state', text('waits'))
    one.button = Object.assign(make('button', 'ps-link-button'), { type: 'button' })
    name(one.button, text('stop'), one)
    one.button.addEventListener('click', () => takeAway(one))
    const title = make('span', 'ps-files__name', file.name)
    title.dir = 'auto'
    one.row.append(title, one.bar, one.state, one.button)
    const taken = list.children.length - sends.filter((each) => each.refused).length
    list.append(one.row)
    list.hidden = false
    sends.push(one)
    asked = false
    const wrong = file.size === 0 ? 'empty' : file.size > Number(largest) ? 'large' : taken >= Number(most) ? 'many' : null
    if (wrong) {
      one.unfinished = false
      refuse(one, wrong)
    } else line = line.then(() => (one.stopped ? undefined : send(one)))
  }

  input.addEventListener('change', () => {
    const chosen = [...input.files]
    // Sent here, and not once more by the form.
    input.value = ''
    chosen.forEach(add)
  })

  form.addEventListener('submit', (event) => {
    const go = event.submitter?.value ?? ''
    const unfinished = sends.filter((one) => one.unfinished)
    const urgent = 'urgent' in box.dataset || form.querySelector('input[name="danger"][value="yes"]')?.checked
    // Asked once, and in danger never: no report waits for a file.
    if (unfinished.length && !urgent && !asked && /^(continue|send|check|add)$/.test(go)) {
      event.preventDefault()
      asked = true
      ask.hidden = false
      ask.focus()
      return
    }
    for (const one of unfinished) if (one.ticket) put(one)
  })
}
