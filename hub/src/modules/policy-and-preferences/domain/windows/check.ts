import type { WallTime } from '../../../../platform/clock.ts'
import { CallerError } from '../../../../platform/errors.ts'
import { invalidWindow, windowNeverOpens, windowOverlaps } from '../../errors.ts'
import { isWithin, minuteOf, minuteOfDay, nextAt } from '../local-time.ts'
import { RuleFault } from './fault.ts'
import { writeLocal } from './local-text.ts'
import { openingAt } from './openings.ts'
import { overlapIn, readWindow, type Window, type WindowText } from './window.ts'

/** Checks that windows can be read, do not overlap themselves, and leave some time open: in any place, so by the reading of its clock. */

/** @throws CallerError `invalid-window`, `window-overlaps-itself`, `window-never-opens` with places under `pointer` */
export function checkWindows(
  list: readonly WindowText[],
  now: WallTime,
  quietHours: { readonly from: string; readonly to: string } | null = null,
  pointer = '/windows',
): void {
  const windows = list.map((text, index) => checkWindow(text, now, `${pointer}/${index}`))
  if (windows.length === 0) return
  const quiet = (at: WallTime): WallTime | null => {
    if (quietHours === null) return null
    const [from, to] = [minuteOf(quietHours.from), minuteOf(quietHours.to)]
    return isWithin(minuteOfDay(at, 'UTC'), from, to) ? nextAt(at, to, 'UTC') : null
  }
  const opening = openingAt(windows, now, 'UTC', { more: quiet, budget: 3_000 })
  if (opening.open || (opening.until !== null && opening.sure)) return
  const detail = `no time is left open by the windows${quietHours === null ? '' : ` and the quiet hours ${quietHours.from}–${quietHours.to}`}`
  throw new CallerError(windowNeverOpens, detail, { places: [{ pointer, detail }] })
}

function checkWindow(text: WindowText, now: WallTime, pointer: string): Window {
  const window = read(text, pointer)
  const overlap = overlapIn(window)
  if (overlap !== null) {
    const detail = `${window.name} opens at ${writeLocal(overlap[1])}, before that of ${writeLocal(overlap[0])} has closed`
    throw new CallerError(windowOverlaps, detail, { places: [{ pointer: `${pointer}/duration`, detail }] })
  }
  // A deny window that is over does no harm; an allow window that never opens is a mistake, even beside others that do.
  if (window.kind === 'deny' || openingAt([window], now, 'UTC').open) return window
  const next = openingAt([window], now, 'UTC')
  if (next.open || next.until !== null) return window
  const detail = `${window.name} never opens after ${writeLocal(now)}`
  throw new CallerError(windowNeverOpens, detail, { places: [{ pointer: `${pointer}/rrule`, detail }] })
}

function read(text: WindowText, pointer: string): Window {
  try {
    return readWindow(text)
  } catch (error) {
    if (!(error instanceof RuleFault)) throw error
    const detail = `the window ${error.message}`
    const place = error.property === null ? pointer : `${pointer}/${error.property}`
    throw new CallerError(invalidWindow, detail, { places: [{ pointer: place, detail }], cause: error })
  }
}
