import type { DeviceView, LogEntry, OutcomeView, WorkView } from '../platform/browser/view.ts'
import { element, section } from './elements.ts'
import { enrolForm } from './enrol-form.ts'
import { eraseDialog } from './erase-dialog.ts'
import { stateOf, words } from './words.ts'

export interface DevicePageOptions {
  readonly hub: string
  readonly appsOrigin: string
  readonly onEnrol: (claim: string, serial: string | null) => void
  readonly onAgain: () => void
  readonly onErase: () => void
  /** The person has read the notice. */
  readonly onRead: () => void
}

export interface DevicePage {
  readonly whole: HTMLElement
  show(view: DeviceView): void
  offerClaim(claim: string): void
  /** It cannot begin. */
  fail(message: string): void
}

/** The page as it stands: sections that come and go, each filled anew when its part of the view has changed. */
export function devicePage(options: DevicePageOptions): DevicePage {
  const state = element('p', { class: 'state', role: 'status' }, words.states.enrolling)
  const alert = element('p', { role: 'alert', hidden: true })
  const notice = noticeOf(options.onRead)
  const again = element('button', { type: 'button', hidden: true }, words.again)
  let asked = false
  const form = enrolForm((claim, serial) => {
    asked = true
    options.onEnrol(claim, serial)
  })
  const parts = { installed: section(words.installed.title), work: section(words.work.title) }
  const [outcomes, about] = [section(words.outcomes.title), section(words.about.title)]
  const lines = element('ol', { class: 'log', tabindex: '0', 'aria-label': words.log.title })
  const log = element('details', {}, element('summary', {}, words.log.title), lines)
  const dialog = eraseDialog(options.onErase)
  const erase = element('button', { type: 'button', class: 'quiet' }, words.erase.button)
  const enrolled = [parts.work.whole, parts.installed.whole, outcomes.whole]
  const rest = [about.whole, log, erase]
  again.addEventListener('click', options.onAgain)
  erase.addEventListener('click', () => dialog.showModal())
  const header = element(
    'header',
    {},
    element('p', { class: 'brand' }, 'Sutler'),
    element('h1', {}, words.title),
    state,
  )
  const whole = element('main', {}, header, notice.whole, alert, again, form.whole, ...enrolled, ...rest, dialog)
  for (const each of [form.whole, ...enrolled, ...rest]) each.hidden = true

  const fill = onChange()
  return {
    whole,
    offerClaim: form.offer,
    fail(message) {
      alert.textContent = message
      alert.hidden = false
      state.textContent = words.states.ended
    },
    show(view) {
      const known = view.device !== null
      fill(state, stateOf(view), (text) => [text])
      state.dataset['connected'] = String(view.phase === 'enrolled' && view.away === null)
      fill(alert, view.trouble, (trouble) => (trouble === null ? [] : [troubleText(trouble)]))
      alert.hidden = view.trouble === null
      again.hidden = view.phase !== 'ended'
      fill(notice.text, view.notice, (given) => (given === null ? [] : [given.text]))
      notice.whole.hidden = view.notice === null
      form.whole.hidden = known || !(view.phase === 'new' || (view.phase === 'enrolling' && asked))
      form.waiting(view.phase === 'enrolling')
      // Of a new device there is nothing to tell or to erase.
      for (const each of [about.whole, erase]) each.hidden = view.phase === 'elsewhere' || view.serial === null
      log.hidden = view.phase === 'elsewhere' || view.log.length === 0
      parts.installed.whole.hidden = !known
      parts.work.whole.hidden = view.work.length === 0
      outcomes.whole.hidden = view.outcomes.length === 0
      fill(parts.installed.content, view.installed, (list) => [installedList(list, options.appsOrigin)])
      fill(parts.work.content, view.work, (list) => list.map(workLine))
      fill(outcomes.content, view.outcomes, (list) => list.map(outcomeLine))
      fill(about.content, aboutOf(view), (facts) => [aboutList(facts, options.hub)])
      fill(lines, view.log, (list) => list.toReversed().map(logLine))
    },
  }
}

/** What the operator has to say, until it was read. */
function noticeOf(onRead: () => void): { readonly whole: HTMLElement; readonly text: HTMLElement } {
  const text = element('p', { role: 'status' })
  const read = element('button', { type: 'button', class: 'quiet' }, words.notice.read)
  read.addEventListener('click', onRead)
  const whole = element('section', { 'aria-labelledby': 'notice-title', class: 'notice', hidden: true })
  whole.append(element('h2', { id: 'notice-title' }, words.notice.title), text, read)
  return { whole, text }
}

/** Fills an element when what it shows is another thing than before: focus and selection stay elsewhere. */
function onChange() {
  const shown = new Map<HTMLElement, string>()
  return <T>(into: HTMLElement, value: T, make: (value: T) => (Node | string)[]): void => {
    const text = JSON.stringify(value)
    if (shown.get(into) === text) return
    shown.set(into, text)
    into.replaceChildren(...make(value))
  }
}

function troubleText({ code, message }: NonNullable<DeviceView['trouble']>): string {
  const remedy = words.remedies[code]
  return `${message} [${code}]${remedy === undefined ? '' : ` ${remedy}`}`
}

function installedList(list: DeviceView['installed'], appsOrigin: string): HTMLElement {
  if (list.length === 0) return element('p', { class: 'hint' }, words.installed.none)
  const lines = list.map(({ service, version }) => {
    const href = `${appsOrigin}/${service}/`
    const label = `${words.installed.open} ${service}`
    const open = element('a', { class: 'button', href, target: '_blank', rel: 'noopener', 'aria-label': label })
    open.append(words.installed.open)
    return element('li', {}, element('strong', {}, service), element('span', {}, version), open)
  })
  return element('ul', { class: 'lines' }, ...lines)
}

function workLine({ service, version, stage, done, total }: WorkView): HTMLElement {
  const name = `${service} ${words.work.version(version)}`
  const known = stage === 'downloading' && total > 0
  const bar = element('progress', { 'aria-label': name, ...(known && { max: String(total), value: String(done) }) })
  const detail = known ? ` · ${words.work.bytes(done, total)}` : ''
  return element(
    'div',
    { class: 'work' },
    element('p', {}, `${name} · ${words.work.stages[stage] ?? stage}${detail}`),
    bar,
  )
}

function outcomeLine({ service, result, error, detail }: OutcomeView): HTMLElement {
  const said = words.outcomes.results[result] ?? result
  const why = error === null ? '' : ` (${error}${detail === '' ? '' : `: ${detail}`})`
  return element('p', { class: error === null ? 'good' : 'bad' }, `${service}: ${said}${why}`)
}

function aboutOf({ device, household, serial, storage, lasting }: DeviceView) {
  return { device, household, serial, storage, lasting }
}

function aboutList(
  { device, household, serial, storage, lasting }: ReturnType<typeof aboutOf>,
  hub: string,
): HTMLElement {
  const { about } = words
  const kept = lasting ? about.lasting : about.clearable
  const room = storage === null ? about.unknown : `${about.storageOf(storage.free, storage.total)}, ${kept}`
  const facts = [
    [about.device, device],
    [about.household, household],
    [about.serial, serial],
    [about.hub, hub],
    [about.storage, room],
  ] as const
  const pairs = facts.flatMap(([name, value]) => [element('dt', {}, name), element('dd', {}, value ?? about.unknown)])
  return element('dl', {}, ...pairs)
}

function logLine({ time, level, message, fields }: LogEntry): HTMLElement {
  const more = Object.entries(fields)
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => ` ${name}=${value}`)
    .join('')
  const at = new Date(time)
  const when = element('time', { datetime: at.toISOString() }, at.toLocaleTimeString())
  return element('li', { class: level }, when, ` ${message}${more}`)
}
