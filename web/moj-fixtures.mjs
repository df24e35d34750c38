// Renders the cases of the MOJ components in use from the package's own templates, because the package ships no fixtures.
// Only for an upgrade of the package:
//     npm install --no-save nunjucks && node moj-fixtures.mjs > ../crates/ground/pages/src/components/moj_fixtures.json
// `ours` holds the options of our struct, `html` what the package's template makes of the same case.

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import path from 'node:path'

import mojFilters from '@ministryofjustice/frontend/moj/filters/all.js'
import nunjucks from 'nunjucks'

const here = path.dirname(fileURLToPath(import.meta.url))
const modules = path.join(here, 'node_modules')
const { version } = JSON.parse(await readFile(path.join(modules, '@ministryofjustice/frontend/package.json')))
const templates = nunjucks.configure([path.join(modules, '@ministryofjustice/frontend'), path.join(modules, 'govuk-frontend/dist')], {
  autoescape: true,
})
for (const [name, filter] of Object.entries(mojFilters())) {
  templates.addFilter(name, filter)
}
const date = (timestamp, kind) => templates.getFilter('mojDate')(timestamp, kind)

const hostile = `<script>alert("1")</script> & 'more'`
const more = { classes: 'ps-more', attributes: { 'data-one': 'a "b"', id: 'two' } }
const lorem = 'Lorem ipsum dolor sit amet, consectetur adipiscing elit.'

const events = [
  { label: { text: 'Application requires confirmation' }, html: '<p class="govuk-body">Confirmed <strong>twice</strong></p>', at: '2019-06-14T14:01:00.000Z', by: 'Joe Bloggs' },
  { label: { text: 'Application review in progress' }, text: 'Your application is being reviewed by one of our case workers.', at: '2019-06-07T12:32:00.000Z', by: 'Caseworker 1' },
  { label: { html: '<em>Application</em> started' }, text: hostile, at: '2019-05-21T13:15:00.000Z', classes: 'ps-more', attributes: { id: 'started' } },
]
const theirEvent = ({ at, by, ...rest }) => ({ ...rest, datetime: { timestamp: at, type: 'datetime' }, ...(by && { byline: { text: by } }) })
const ourEvent = ({ at, by, ...rest }) => ({ ...rest, timestamp: at, date: date(at, 'datetime'), ...(by && { byline: { text: `by ${by}` } }) })

const messages = [
  { id: 1, text: lorem, type: 'sent', timestamp: '2018-10-16T10:50:00.000Z', sender: 'Person A' },
  { id: 2, text: hostile, type: 'received', timestamp: '2018-10-17T10:51:00.000Z', sender: hostile },
  { html: '<p>First</p><p>Second</p>', type: 'sent', timestamp: '2018-10-19T10:53:00.000Z', sender: 'Person A' },
  { text: lorem, type: 'sent', timestamp: '2018-10-19T10:55:00.000Z', sender: 'Person A' },
]
const ourMessage = (message) => ({
  ...message,
  ...(message.id && { id: String(message.id) }),
  date: date(message.timestamp, 'date'),
  time: date(message.timestamp, 'time'),
})

const links = [
  { text: 'Nav item 1', href: '#1', active: true },
  { text: hostile, href: '/?a=1&b="2"' },
  { html: 'Nav <strong>item</strong> 3', href: '#3', attributes: { id: 'third' } },
]

const same = (options) => [options, options]
const cases = {
  badge: {
    'the example of the guidance': same({ text: 'Status text', classes: 'moj-badge--blue' }),
    plain: same({ text: 'Status text' }),
    'hostile text': same({ text: hostile }),
    html: same({ html: '<em>Status</em>', text: 'not this' }),
    'more classes and attributes': same({ text: 'Status text', ...more }),
  },
  'identity-bar': {
    'a title': same({ title: { text: 'John Smith' } }),
    'hostile title': same({ title: { text: hostile } }),
    'html title': same({ title: { html: '<em>John</em> Smith' } }),
    'no title': same({}),
    'more classes and attributes': same({ title: { text: 'John Smith' }, ...more }),
  },
  'side-navigation': {
    'the example of the guidance': same({ label: 'Side navigation', items: [{ text: 'Nav item 1', href: '#1', active: true }, { text: 'Nav item 2', href: '#2' }, { text: 'Nav item 3', href: '#3' }] }),
    'no label': same({ items: links }),
    'hostile label': same({ label: hostile, items: links }),
    'sections': same({ label: 'Side navigation', sections: [{ heading: { text: 'Section 1' }, items: links }, { heading: { html: 'Section <em>2</em>', headingLevel: 2, ...more }, items: [links[1]] }] }),
    'more classes and attributes': same({ items: links, ...more }),
    'no items': same({ items: [] }),
  },
  timeline: {
    'the example of the guidance': [{ items: events.map(theirEvent) }, { items: events.map(ourEvent) }],
    'another heading level': [{ headingLevel: 3, items: [theirEvent(events[1])] }, { headingLevel: 3, items: [ourEvent(events[1])] }],
    'more classes and attributes': [{ items: [theirEvent(events[2])], ...more }, { items: [ourEvent(events[2])], ...more }],
    'no items': same({ items: [] }),
  },
  messages: {
    'the example of the guidance': [{ items: messages }, { items: messages.map(ourMessage) }],
    'a label and an id': [{ id: 'talk', label: 'Messages with Joe', items: [messages[0]] }, { id: 'talk', label: 'Messages with Joe', items: [ourMessage(messages[0])] }],
    'more classes and attributes': [{ items: [messages[2]], ...more, attributes: { 'data-one': 'a "b"' } }, { items: [ourMessage(messages[2])], ...more, attributes: { 'data-one': 'a "b"' } }],
    'no items': same({ items: [] }),
  },
}

const fixtures = Object.entries(cases).flatMap(([component, named]) =>
  Object.entries(named).map(([name, [theirs, ours]]) => ({
    component,
    name,
    ours,
    html: templates.render(`moj/components/${component}/template.njk`, { params: theirs }),
  }))
)
console.log(JSON.stringify({ version, fixtures }, null, 1))
