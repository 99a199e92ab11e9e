import { CommandError } from '../command-error.ts'
import { pairOf } from '../json-option.ts'
import { readText } from '../read-text.ts'

/** State of the old version → its states in the new one. */
export type StateMap = Record<string, string[]>

/**
 * The map of a migration: that of a JSON file, the pairs (`old=new` or `old=new,newer`) over it.
 * @throws CommandError `file-unreadable`, `map-invalid`, `option-invalid`
 */
export async function readStateMap(file: string | undefined, pairs: readonly string[]): Promise<StateMap> {
  const named = pairs.map((pair) => {
    const [old, states] = pairOf('--state', pair)
    return [old, states.split(',')] as const
  })
  return { ...(file === undefined ? {} : mapOf(file, await readText(file))), ...Object.fromEntries(named) }
}

function mapOf(file: string, text: string): StateMap {
  const map = parsed(text)
  const entries = typeof map === 'object' && map !== null && !Array.isArray(map) ? Object.entries(map) : null
  const wrong = entries?.find(([, states]) => statesOf(states) === null)
  if (entries === null || wrong !== undefined)
    throw new CommandError(
      'map-invalid',
      `${file} is no map of states${wrong === undefined ? '' : `: ${wrong[0]}`}`,
      'Write it like {"waiting": "pending", "paid": ["paid", "open"]}.',
    )
  return Object.fromEntries(entries.map(([old, states]) => [old, statesOf(states)!]))
}

function statesOf(value: unknown): string[] | null {
  if (typeof value === 'string') return [value]
  return Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === 'string') ? value : null
}

/** Undefined when the text is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
