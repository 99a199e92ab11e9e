import { byteText, counted, painted, printable } from '../terminal.ts'
import type { TrialOutcome } from './trial.ts'

/** A line per device, and the verdict. */
export function outcomeText({ service, version, passed, devices, seconds }: TrialOutcome): string {
  const lines = devices.map(({ class: name, component, state, detail, files, bytes }) => {
    const mark = state === 'confirmed' ? painted('green', 'passed') : painted('red', 'failed')
    const what =
      state === 'confirmed'
        ? `digests of ${counted(files, 'file')} (${byteText(bytes)}) in place reported, health check passed`
        : detail
    return printable(`${name.padEnd(12)} ${component.padEnd(16)} `).concat(`${mark}  `, printable(what))
  })
  const none = devices.length === 0 ? ['no device was given anything'] : []
  return [...lines, ...none, `${service} ${version} ${passed ? 'works' : 'does not work'}; ${seconds} s.`].join('\n')
}
