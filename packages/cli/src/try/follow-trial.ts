import { answer, type Schemas, type SutlerClient } from '@sutler/client'
import { pause } from './agents.ts'
import { isOver, type TrialOutcome } from './trial.ts'

type Trial = Schemas['Trial']
export type Outcome = Trial['devices'][number]

export const trialsPath = '/api/v1/services/{service}/versions/{version}/trials'

const lookEvery = 500

/** Follows a trial, or its undoing, until that is over, or patience is. */
export async function followTrial(
  api: SutlerClient,
  begun: Trial,
  how: {
    /** Told each change of a device's state. */
    readonly tell: (outcome: Outcome) => void
    /** Milliseconds. */
    readonly patience: number
    readonly stop: AbortSignal
  },
): Promise<Trial> {
  const begin = performance.now()
  const { service, version, id } = begun
  const params = { path: { service, version, trial: id } }
  const seen = new Map<string, string>()
  let trial = begun
  for (;;) {
    for (const outcome of trial.devices) {
      const now = `${outcome.state} ${outcome.stage}`
      if (seen.get(outcome.device) !== now) how.tell(outcome)
      seen.set(outcome.device, now)
    }
    if (isOver((trial.undone ?? trial).state) || performance.now() - begin > how.patience) return trial
    await pause(lookEvery, how.stop)
    trial = answer(await api.GET(`${trialsPath}/{trial}`, { params }))
  }
}

/** What these trials of one version found out. @param classOf by a device's id */
export function outcomeOfTrials(
  trials: readonly Trial[],
  { service, version }: { readonly service: string; readonly version: string },
  classOf: (device: string) => string,
  seconds: number,
): TrialOutcome {
  const devices = trials
    .flatMap((trial) => trial.devices)
    .map(({ device, component, state, detail, files, bytes }) => {
      const why = state === 'confirmed' ? '' : detail || `still ${state}`
      return { device, class: classOf(device), component, state, detail: why, files, bytes }
    })
  const passed = devices.length > 0 && devices.every(({ state }) => state === 'confirmed')
  return { service, version, passed, devices, orders: trials.map(({ order }) => order), seconds }
}
