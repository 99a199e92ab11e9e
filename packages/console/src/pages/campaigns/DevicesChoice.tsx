import { Checkbox, Fieldset, Stack } from '@mantine/core'
import { campaignForm as words } from '#words/campaigns.ts'
import { DevicesField } from '../../parts/DevicesField.tsx'
import type { Draft } from './NewCampaign.tsx'

interface DevicesChoiceProps {
  readonly draft: Draft
  readonly faults: Readonly<Record<string, string>>
  readonly onChange: (changes: Partial<Draft>) => void
}

export function DevicesChoice({ draft, faults, onChange }: DevicesChoiceProps) {
  return (
    <Fieldset legend={words.devices}>
      <Stack gap="sm">
        <DevicesField
          wish={draft}
          fault={faults['/selection/filter'] ?? faults['/selection/group'] ?? faults['/selection']}
          onChange={onChange}
        />
        <Checkbox
          label={words.joining}
          checked={draft.joining}
          onChange={(event) => onChange({ joining: event.currentTarget.checked })}
        />
      </Stack>
    </Fieldset>
  )
}
