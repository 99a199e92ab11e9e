import { answer, createClient } from '@sutler/client'
import { newDevice } from './new-device.ts'

/** Enrols a gateway of which nothing more is heard. */
export async function enrolled(url: string, claim: string): Promise<void> {
  answer(await createClient({ hub: url }).POST('/api/v1/enrolments', { body: newDevice(claim).body }))
}
