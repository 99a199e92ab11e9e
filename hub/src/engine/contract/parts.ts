import { z } from 'zod'
import { storableText } from '../../platform/storable-text.ts'

/** Parts of the engine's requests and answers that several endpoints share. */

export const json = z.record(z.string(), z.unknown())
export const instant = z.iso.datetime()
export const name = storableText(200).min(1)
export const version = storableText(64).min(1)

/** A query parameter that may be given several times, at most `most`. */
export function repeated(most: number, length: number) {
  const one = storableText(length).min(1)
  return z.union([one, z.array(one).max(most)])
}

/** The values of a parameter that may be given several times. */
export function valuesOf(given: string | readonly string[] | undefined): readonly string[] {
  if (given === undefined) return []
  return typeof given === 'string' ? [given] : given
}

export const instanceParams = z.object({ model: name, id: name })
export const modelNameParams = z.object({ name })
export const modelParams = z.object({ name, version })
export const migrationParams = z.object({ name, id: storableText(64).min(1) })

const dataForm =
  'A path and a value, `device=stb1` or `address.floor=3`; or a JSON pointer, `/odd.key/0=true`. The value is JSON, or text.'

/** Conditions on instance data, as a query has them. */
export const dataQuery = repeated(8, 500)
  .optional()
  .describe(`Only where the data has this value there. ${dataForm} Given several times (at most 8): all of them.`)

export const streamQuery = z.object({
  since: z
    .string()
    .max(80)
    .optional()
    .describe(
      'Id of a step of this stream: start after it. `Last-Event-ID` says the same and wins. Absent = from now on.',
    ),
})
