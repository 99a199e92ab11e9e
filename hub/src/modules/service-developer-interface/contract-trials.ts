import { z } from 'zod'
import { storableText } from '../../platform/storable-text.ts'
import { deliveryStates, orderStates } from '../order-processing/index.ts'
import { versionParams } from './contract.ts'

/** Versions, released or not, on test devices. */

export { versionParams }
export const trialParams = versionParams.extend({ trial: storableText(64).min(1) })

export const trialBody = z.strictObject({
  devices: z
    .array(storableText(64).min(1))
    .min(1)
    .max(20)
    .refine((ids) => new Set(ids).size === ids.length, 'A device is named twice.')
    .describe('Test devices (GET /test-devices), of one or several households.'),
})

export const trialAnswer = z
  .object({
    id: z.string(),
    service: z.string(),
    version: z.string(),
    had: z.string().nullable().describe('The version that the devices’ household had before.'),
    state: z.enum(orderStates).describe('Of the order that carries it out.'),
    order: z.string(),
    by: z.string().describe('Id of who tries it.'),
    at: z.iso.datetime(),
    undone: z
      .object({ order: z.string(), state: z.enum(orderStates) })
      .nullable()
      .describe('The order that gives back what was there before.'),
    devices: z.array(
      z.object({
        device: z.string(),
        component: z.string(),
        state: z.enum(deliveryStates),
        stage: z.string(),
        detail: z.string().describe('Why it is in this state, without secrets and personal data.'),
        files: z.number().int().describe('Files that it proved to have in place.'),
        bytes: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'Trial' })

export const testDeviceAnswer = z
  .object({
    id: z.string(),
    class: z.string(),
    model: z.string().nullable(),
    reachable: z.boolean(),
  })
  .meta({ id: 'TestDevice' })
