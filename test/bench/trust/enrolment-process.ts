import { serveParent } from '../bench-process.ts'
import { newDevice, type NewDevice } from './new-device.ts'
import { posting, together, type Place } from './post-once.ts'

/** Makes devices and enrols them, in a process of its own: `EnrolmentQuestion` in, the named answer out. */

export type EnrolmentQuestion =
  /** Makes a device with a key for each claim: what it costs a device is not measured. */
  | { readonly do: 'make'; readonly claims: readonly string[] }
  /** Enrols those that were made, so many at a time. */
  | { readonly do: 'enrol'; readonly place: Place; readonly together: number }

export interface Enrolled {
  readonly seconds: number
  /** Answer of the last one. */
  readonly answer: string
}

let devices: readonly NewDevice[] = []

serveParent(async (question: EnrolmentQuestion): Promise<Enrolled | void> => {
  if (question.do === 'make') {
    devices = question.claims.map(newDevice)
    return
  }
  const post = posting(question.place)
  const began = performance.now()
  const answers = await together(question.together, devices, ({ body }) => post(body))
  const seconds = (performance.now() - began) / 1000
  const wrong = answers.find(({ status }) => status !== 201)
  if (wrong) throw new Error(`an enrolment was answered ${wrong.status}: ${wrong.body}`)
  return { seconds, answer: answers.at(-1)!.body }
})
