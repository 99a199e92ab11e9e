import { element, flag } from './elements.js'
import { clockText } from './time.js'

export const rowsShown = 7

/** Draws the visible part of the guide: `rowsShown` channels around the focused one, `hours` from `from` on. */
export function showGrid(place, { channels, row, focus, from, hours, now }) {
  const first = Math.min(Math.max(0, row - 2), Math.max(0, channels.length - rowsShown))
  const until = from + hours * 60
  place.replaceChildren(
    timeline(from, until),
    ...channels.slice(first, first + rowsShown).map((channel) => line(channel, focus, from, until, now)),
    ...nowLine(from, until, now),
  )
}

function timeline(from, until) {
  const marks = []
  for (let minute = Math.ceil(from / 30) * 30; minute < until; minute += 30) {
    marks.push(at(element('span', {}, clockText(minute)), minute, minute + 30, from, until))
  }
  return element('div', { class: 'times', role: 'row' }, element('div', { class: 'track' }, ...marks))
}

function line(channel, focus, from, until, now) {
  const cells = channel.slots
    .filter((slot) => slot.end > from && slot.start < until)
    .map((slot) =>
      at(cell(slot, slot === focus, now), Math.max(slot.start, from), Math.min(slot.end, until), from, until),
    )
  return element(
    'div',
    { class: 'line', role: 'row' },
    element(
      'div',
      { class: 'channel', role: 'rowheader' },
      element('b', {}, `${channel.number}`),
      flag(channel.country, '1x1'),
      element('span', {}, channel.name),
    ),
    element('div', { class: 'track' }, ...cells),
  )
}

function cell(slot, focused, now) {
  const classes = ['cell', slot.genre]
  if (focused) classes.push('focused')
  if (slot.end <= now) classes.push('over')
  if (slot.start <= now && now < slot.end) classes.push('running')
  return element(
    'div',
    { class: classes.join(' '), role: 'gridcell', ...(focused ? { 'aria-selected': 'true' } : {}) },
    element('span', { class: 'title' }, slot.title),
    element('span', { class: 'start' }, clockText(slot.start)),
  )
}

function nowLine(from, until, now) {
  if (now < from || now > until) return []
  const track = element('div', { class: 'now' }, element('i'))
  track.firstChild.style.left = `${((now - from) / (until - from)) * 100}%`
  return [track]
}

function at(made, start, end, from, until) {
  made.style.left = `${((start - from) / (until - from)) * 100}%`
  made.style.width = `${((end - start) / (until - from)) * 100}%`
  return made
}
