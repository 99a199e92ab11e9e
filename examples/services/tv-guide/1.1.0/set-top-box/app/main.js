import { showDetails } from './details.js'
import { channelsOf, genreFor } from './genres.js'
import { showGrid } from './grid.js'
import { loadGuide, slotAt } from './guide-data.js'
import { clockText, minuteOfDay } from './time.js'

const place = (id) => document.getElementById(id)
const settings = await (await fetch('settings.json')).json()
const all = await loadGuide(settings)
let channels = all

/** The one state of the page: the focused channel, the minute of the day that is looked at, and the genre shown (null = all). */
const view = { row: 0, minute: minuteOfDay(new Date()), genre: null }

function draw() {
  const now = minuteOfDay(new Date())
  const channel = channels[view.row]
  const focus = slotAt(channel, view.minute)
  const span = settings.hoursShown * 60
  const from = Math.min(Math.max(0, Math.floor((view.minute - 30) / 30) * 30), 1440 - span)
  place('genre').textContent = view.genre ?? ''
  place('clock').textContent = clockText(now)
  place('day').textContent = new Date().toLocaleDateString('en', { weekday: 'long', day: 'numeric', month: 'long' })
  showDetails(place('details'), channel, focus, now)
  showGrid(place('grid'), { channels, row: view.row, focus, from, hours: settings.hoursShown, now })
}

function moveRow(by) {
  view.row = (view.row + by + channels.length) % channels.length
}

function moveTime(by) {
  const slot = slotAt(channels[view.row], view.minute)
  view.minute = Math.min(1439, Math.max(0, by > 0 ? slot.end : slot.start - 1))
}

/** Shows one genre; the focus stays on its channel where that is still in the list. */
function chooseGenre(genre) {
  const focused = channels[view.row]
  view.genre = genre
  channels = channelsOf(all, genre)
  view.row = Math.max(0, channels.indexOf(focused))
}

const keys = {
  ArrowUp: () => moveRow(-1),
  ArrowDown: () => moveRow(1),
  ArrowLeft: () => moveTime(-1),
  ArrowRight: () => moveTime(1),
  PageUp: () => moveRow(-7),
  PageDown: () => moveRow(7),
  0: () => (view.minute = minuteOfDay(new Date())),
  Enter: () => document.dispatchEvent(new CustomEvent('watch', { detail: channels[view.row].id })),
}

addEventListener('keydown', (event) => {
  const act = keys[event.key]
  const genre = genreFor(event.key)
  if (!act && genre === undefined) return
  event.preventDefault()
  if (act) act()
  else chooseGenre(genre)
  draw()
})

draw()
setInterval(draw, 15_000)
