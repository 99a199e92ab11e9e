import { superseded } from '../mapping/outcomes.ts'
import { artifactNameFor } from '../mapping/units.ts'
import { openedWith, type Memory } from './memory.ts'
import type { Input, InstallOutput, QueuedOutput } from '@sutler/device-model'

export type Install = QueuedOutput & { readonly output: InstallOutput }

export function isInstall(queued: QueuedOutput): queued is Install {
  return queued.output.kind === 'install'
}

/** Which of the installs in the queue is the one to give. */
export interface Choice {
  readonly offer: Install | null
  /** Outputs that are not to be carried out any more, and what is to be said about them. */
  readonly dropped: readonly number[]
  readonly inputs: readonly Input[]
}

/**
 * The oldest install that is still wanted. One that is overtaken by a newer intention for its service is declined; one that has
 * ended, and comes again because the hub did not hear, is just dropped.
 */
export function choose({ ended, epochs }: Memory, installs: readonly Install[]): Choice {
  const dropped: number[] = []
  const inputs: Input[] = []
  const wanted: Install[] = []
  for (const install of installs) {
    const { delivery, service, epoch } = install.output
    const newer = installs.find(({ output }) => output.service === service && output.epoch > epoch)
    const known = ended.some((one) => one.id === install.id)
    if (!known && !newer && epoch >= (epochs[service] ?? 0)) {
      wanted.push(install)
      continue
    }
    dropped.push(install.id)
    const by = newer ? `delivery ${newer.output.delivery}` : `epoch ${epochs[service]}`
    if (!ended.some((one) => one.delivery === delivery)) inputs.push(superseded(install.id, delivery, by))
  }
  return { offer: wanted.toSorted((one, other) => one.id - other.id)[0] ?? null, dropped, inputs }
}

export function given(memory: Memory, { id, output }: Install): Memory {
  const { delivery, bytes, reports, service, epoch } = output
  const open = { id, delivery, artifact: artifactNameFor(reports), bytes, stage: 'given' as const }
  return openedWith(memory, open, service, epoch)
}
