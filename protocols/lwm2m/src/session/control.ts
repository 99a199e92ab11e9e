import { codeText } from '../wire/numbers.ts'
import { typeOf } from '../mapping/object-types.ts'
import { pathNumbers } from '../wire/values.ts'
import type { Input, Output } from '@sutler/device-model'
import type { Value } from '../wire/values.ts'
import type { DeviceRequests } from './device-requests.ts'

/** An output that is done at once, and is no job. */
type Control = Exclude<Output, { kind: 'install' | 'remove' | 'cancel' | 'query-capabilities' }>

/** @returns what the device answers to it, and why it refused it for good, if it did */
export async function carryOut(
  output: Control,
  requests: DeviceRequests,
  nextId: () => string,
): Promise<{ error: string | null; inputs: Input[] }> {
  switch (output.kind) {
    case 'ping':
      // Any answer shows that it is there.
      await requests.read('/3/0/16')
      return { error: null, inputs: [{ id: nextId(), kind: 'pong' }] }
    case 'restart':
      return { error: refusal(await requests.execute('/3/0/4')), inputs: [] }
    case 'configure':
      return { error: await configure(output.settings, requests), inputs: [] }
    case 'collect-log':
    case 'message':
      return { error: 'unsupported', inputs: [] }
  }
}

async function configure(
  settings: Readonly<Record<string, string | number | boolean>>,
  requests: DeviceRequests,
): Promise<string | null> {
  for (const [path, value] of Object.entries(settings)) {
    const error = refusal(await requests.write(path, typed(path, value)))
    if (error !== null) return error
  }
  return null
}

/** A number that came as text, or a truth value that came as a number, in the type that the object's definition has. */
function typed(path: string, value: string | number | boolean): Value {
  const numbers = pathNumbers(path) ?? []
  const type = typeOf(numbers[0] ?? 0, numbers[2] ?? 0)
  if ((type === 'integer' || type === 'float' || type === 'time') && typeof value === 'string' && value !== '') {
    const number = Number(value)
    return Number.isFinite(number) ? number : value
  }
  if (type === 'boolean' && typeof value !== 'boolean') return value === 'true' || value === 1 || value === '1'
  return value
}

function refusal(code: number): string | null {
  return code >> 5 === 2 ? null : `refused-${codeText(code)}`
}
