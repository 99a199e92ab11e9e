import type { Bench, BenchOptions, Figures } from '../measure.ts'
import { cwmp } from './cwmp.ts'
import { ddi } from './ddi.ts'
import { lwm2m } from './lwm2m.ts'
import { mender } from './mender.ts'
import { mixed } from './mixed.ts'
import { native } from './native.ts'
import { usp } from './usp.ts'

/** What the protocols of devices cost. Parts are run by name, `protocols/mender`. */
const parts: Readonly<Record<string, (options: BenchOptions) => Promise<Figures>>> = {
  cwmp,
  ddi,
  lwm2m,
  mender,
  native,
  usp,
  mixed,
}

export const bench: Bench = async (options): Promise<Figures> => {
  const { part } = options
  if (part !== null && !(part in parts))
    throw new RangeError(`${part} is no part of protocols: ${Object.keys(parts).join(', ')}`)
  const figures: Figures = {}
  for (const [name, run] of Object.entries(parts))
    if (part === null || part === name) Object.assign(figures, await run(options))
  return figures
}
