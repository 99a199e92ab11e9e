import type { Milliseconds } from '../../../../platform/clock.ts'

const minute = 60_000
const hour = 60 * minute

/** How far the number of selected devices may move. */
const mayMove = { devices: 5, share: 0.05 }

/** Whether a selection is another now than at the preview: by more than 5 %, and by 5 devices at least. */
export function hasMoved(counted: number, now: number): boolean {
  const moved = Math.abs(now - counted)
  return moved >= mayMove.devices && moved > counted * mayMove.share
}

/** How many devices an operation may come to: those that are selected only while it runs count like those before its start. */
export function mostOf(planned: number): number {
  return planned + Math.max(mayMove.devices, Math.floor(planned * mayMove.share))
}

/** Devices of one batch: about one batch a second. */
export function batchOf(perMinute: number): number {
  return Math.max(1, Math.ceil(perMinute / 60))
}

/** How long after the beginning of a batch of so many devices the next may begin. */
export function pauseAfter(devices: number, perMinute: number): Milliseconds {
  return Math.ceil((devices * minute) / perMinute)
}

/** What it may take at most: twice what it should, and an hour for a hub that restarts. */
export function allowance(planned: number, perMinute: number): Milliseconds {
  return 2 * pauseAfter(planned, perMinute) + hour
}

/** Attempts at one batch. */
export const mostTries = 10

/** After so many attempts in a row that failed. */
export function pauseAfterFailure(tries: number): Milliseconds {
  return Math.min(5_000 * 2 ** (tries - 1), 5 * minute)
}
