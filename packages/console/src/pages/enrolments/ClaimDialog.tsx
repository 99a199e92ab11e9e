import { Checkbox, NumberInput, Stack, TextInput } from '@mantine/core'
import { answer } from '@sutler/client'
import { lazy, Suspense, useState } from 'react'
import { enrolments } from '#words/enrolments.ts'
import { api } from '../../api/client.ts'
import { Confirm } from '../../parts/Confirm.tsx'
import { fieldFaults } from '../../parts/fieldFaults.ts'
import { EntityPicker } from '../../parts/picker/EntityPicker.tsx'
import { useAction } from '../../parts/useAction.tsx'
import { Once } from './Once.tsx'

const words = enrolments.claims.form
const DeviceQr = lazy(() => import('./qr/DeviceQr.tsx'))

/** Makes a claim and shows its secret once. */
export function ClaimDialog({ household: given, onClose }: { household: string | undefined; onClose: () => void }) {
  const [household, setHousehold] = useState(given ?? '')
  const [uses, setUses] = useState(1)
  const [serial, setSerial] = useState('')
  const [hours, setHours] = useState(24)
  const [byPerson, setByPerson] = useState(false)
  const make = useAction({
    run: async () => {
      const body = {
        household,
        uses,
        serial: serial === '' ? null : serial,
        approval: byPerson ? 'person' : 'none',
        expiresInSeconds: Math.round(hours * 3600),
      }
      return answer(await api.POST('/api/v1/claims', { body: body as never }))
    },
    done: () => words.done,
    changes: [['claims']],
  })
  if (make.data !== undefined)
    return (
      <Once title={words.done} text={words.once} secret={make.data.claim} onClose={onClose}>
        <Suspense>
          <DeviceQr claim={make.data.claim} />
        </Suspense>
      </Once>
    )
  const faults = fieldFaults(make.error)
  return (
    <Confirm
      title={words.title}
      verb={words.verb}
      isPending={make.isPending}
      error={make.error}
      onConfirm={() => make.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <EntityPicker
          of="household"
          label={words.household}
          required
          isFirst
          value={household}
          error={faults['/household']}
          onChange={setHousehold}
        />
        <NumberInput
          label={words.uses}
          min={1}
          max={10_000}
          value={uses}
          error={faults['/uses']}
          onChange={(value) => setUses(Number(value))}
        />
        <TextInput
          label={words.serial}
          value={serial}
          error={faults['/serial']}
          onChange={(event) => setSerial(event.currentTarget.value)}
        />
        <NumberInput
          label={words.hours}
          min={1}
          max={720}
          value={hours}
          error={faults['/expiresInSeconds']}
          onChange={(value) => setHours(Number(value))}
        />
        <Checkbox
          label={words.approval}
          checked={byPerson}
          onChange={(event) => setByPerson(event.currentTarget.checked)}
        />
      </Stack>
    </Confirm>
  )
}
