import { element, flag } from './elements.js'
import { clockText, lengthText } from './time.js'

/** Shows the focused programme above the grid. */
export function showDetails(place, channel, slot, now) {
  const running = slot.start <= now && now < slot.end
  const left = running
    ? `${slot.end - now} min left`
    : now < slot.start
      ? `starts in ${lengthText(slot.start - now)}`
      : 'over'
  place.replaceChildren(
    element(
      'div',
      { class: 'what' },
      element('p', { class: 'when' }, `${clockText(slot.start)} – ${clockText(slot.end)}`, element('span', {}, left)),
      element('h2', {}, slot.title),
      element('p', { class: 'about' }, slot.about),
      progress(slot, now),
    ),
    element(
      'div',
      { class: 'where' },
      flag(channel.country, '4x3'),
      element('p', {}, channel.name),
      element(
        'p',
        { class: 'tags' },
        `${channel.number}`,
        element('span', {}, slot.genre),
        channel.hd ? element('span', {}, 'HD') : '',
      ),
    ),
  )
}

function progress(slot, now) {
  const share = Math.min(1, Math.max(0, (now - slot.start) / (slot.end - slot.start)))
  const bar = element('div', { class: 'progress' }, element('i'))
  bar.firstChild.style.width = `${share * 100}%`
  return bar
}
