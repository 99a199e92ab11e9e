import { Checkbox, Fieldset, Group, NumberInput, PasswordInput, Stack, TextInput, Textarea } from '@mantine/core'
import { directories } from '#words/directories.ts'
import { NameField } from '../../../parts/NameField.tsx'
import type { DirectoryDraft } from './draft.ts'

const words = directories.form

interface DirectoryFormProps {
  readonly draft: DirectoryDraft
  /** Absent = a new one: a secret that is kept can neither stay nor be forgotten. */
  readonly isKept?: boolean
  /** What a refusal says, by the pointers of a directory. */
  readonly faults: Readonly<Record<string, string>>
  readonly onChange: (changes: Partial<DirectoryDraft>) => void
}

/** The fields of a directory, of its kind. */
export function DirectoryForm({ draft, isKept = false, faults, onChange }: DirectoryFormProps) {
  const { kind, name, url, secret, isWithoutSecret, timeoutSeconds, cacheSeconds } = draft
  return (
    <Stack gap="sm">
      <NameField label={words.name} value={name} fault={faults['/name']} onChange={(name) => onChange({ name })} />
      <TextInput
        label={words.url[kind]}
        required
        spellCheck={false}
        value={url}
        error={faults['/url']}
        onChange={(event) => onChange({ url: event.currentTarget.value })}
      />
      {kind === 'ldap' ? (
        <LdapFields draft={draft} faults={faults} onChange={onChange} />
      ) : (
        <HttpFields draft={draft} faults={faults} onChange={onChange} />
      )}
      <PasswordInput
        label={words.secret[kind]}
        description={isKept ? words.secretStays : words.secretHint}
        autoComplete="new-password"
        disabled={isWithoutSecret}
        value={secret}
        error={faults['/secret']}
        onChange={(event) => onChange({ secret: event.currentTarget.value })}
      />
      {isKept && (
        <Checkbox
          label={words.withoutSecret}
          checked={isWithoutSecret}
          onChange={(event) => onChange({ isWithoutSecret: event.currentTarget.checked, secret: '' })}
        />
      )}
      <Parts draft={draft} faults={faults} onChange={onChange} />
      <Group grow align="flex-end">
        <NumberInput
          label={words.timeout}
          min={0.1}
          max={10}
          value={timeoutSeconds}
          error={faults['/settings/timeoutSeconds']}
          onChange={(value) => onChange({ timeoutSeconds: Number(value) })}
        />
        <NumberInput
          label={words.cache}
          min={0}
          max={3600}
          value={cacheSeconds}
          error={faults['/settings/cacheSeconds']}
          onChange={(value) => onChange({ cacheSeconds: Number(value) })}
        />
      </Group>
    </Stack>
  )
}

type FieldsProps = Pick<DirectoryFormProps, 'draft' | 'faults' | 'onChange'>

function LdapFields({ draft: { base, bindDn, filter, startTls, authority }, faults, onChange }: FieldsProps) {
  return (
    <>
      <Checkbox
        label={words.startTls}
        checked={startTls}
        onChange={(event) => onChange({ startTls: event.currentTarget.checked })}
      />
      <TextInput
        label={words.base}
        required
        spellCheck={false}
        value={base}
        error={faults['/settings/base']}
        onChange={(event) => onChange({ base: event.currentTarget.value })}
      />
      <TextInput
        label={words.filter}
        description={words.filterHint}
        spellCheck={false}
        value={filter}
        error={faults['/settings/filter']}
        onChange={(event) => onChange({ filter: event.currentTarget.value })}
      />
      <TextInput
        label={words.bindDn}
        spellCheck={false}
        autoComplete="off"
        value={bindDn}
        error={faults['/settings/bindDn']}
        onChange={(event) => onChange({ bindDn: event.currentTarget.value })}
      />
      <Textarea
        label={words.authority}
        autosize
        maxRows={6}
        spellCheck={false}
        value={authority}
        error={faults['/settings/authority']}
        onChange={(event) => onChange({ authority: event.currentTarget.value })}
      />
    </>
  )
}

function HttpFields({ draft: { items, entryUrl }, faults, onChange }: FieldsProps) {
  return (
    <>
      <TextInput
        label={words.items}
        spellCheck={false}
        value={items}
        error={faults['/settings/items']}
        onChange={(event) => onChange({ items: event.currentTarget.value })}
      />
      <TextInput
        label={words.entryUrl}
        spellCheck={false}
        value={entryUrl}
        error={faults['/settings/entryUrl']}
        onChange={(event) => onChange({ entryUrl: event.currentTarget.value })}
      />
    </>
  )
}

function Parts({ draft: { partId, partName, partEmail }, faults, onChange }: FieldsProps) {
  return (
    <Fieldset legend={words.parts}>
      <Stack gap="xs">
        <TextInput
          label={words.part.id}
          required
          value={partId}
          error={faults['/settings/attributes/id']}
          onChange={(event) => onChange({ partId: event.currentTarget.value })}
        />
        <TextInput
          label={words.part.name}
          required
          value={partName}
          error={faults['/settings/attributes/name']}
          onChange={(event) => onChange({ partName: event.currentTarget.value })}
        />
        <TextInput
          label={words.part.email}
          value={partEmail}
          error={faults['/settings/attributes/email']}
          onChange={(event) => onChange({ partEmail: event.currentTarget.value })}
        />
      </Stack>
    </Fieldset>
  )
}
