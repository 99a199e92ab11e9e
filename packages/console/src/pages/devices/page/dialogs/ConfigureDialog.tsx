import { NativeSelect, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { device as words } from '#words/device.ts'
import { Confirm } from '../../../../parts/Confirm.tsx'
import { useAction } from '../../../../parts/useAction.tsx'
import { ask } from '../ask.ts'
import { whenItHappens, type DeviceDialogProps } from './dialogProps.ts'
import { settingsOf, withSetting } from './settings.ts'

export function ConfigureDialog({ device, onClose }: DeviceDialogProps) {
  const [text, setText] = useState('')
  const read = settingsOf(text)
  const named = Object.entries(device.capabilities?.settings ?? {}).toSorted(([a], [b]) => a.localeCompare(b))
  const configure = useAction({
    run: (settings: Record<string, string | number | boolean>) => ask(device.id, { kind: 'configure', settings }),
    done: () => words.dialogs.configure.done,
    changes: [['device', device.id]],
    onDone: onClose,
  })
  const [isTried, setTried] = useState(false)
  return (
    <Confirm
      title={words.dialogs.configure.title}
      verb={words.actions.configure}
      isPending={configure.isPending}
      error={configure.error}
      onConfirm={() => {
        setTried(true)
        if (read.wrong === null) configure.mutate(read.settings)
      }}
      onClose={onClose}
    >
      <Text size="sm">{words.dialogs.configure.text}</Text>
      <Text size="sm">{whenItHappens(device)}</Text>
      {named.length > 0 && (
        <NativeSelect
          mt="sm"
          label={words.dialogs.configure.named}
          description={words.dialogs.configure.namedHint}
          data={[
            { value: '', label: words.dialogs.configure.choose },
            ...named.map(([name, setting]) => ({ value: name, label: words.dialogs.configure.setting(name, setting) })),
          ]}
          value=""
          onChange={(event) => {
            const name = event.currentTarget.value
            const setting = device.capabilities?.settings?.[name]
            if (setting !== undefined) setText((before) => withSetting(before, name, setting.value))
          }}
        />
      )}
      <Textarea
        mt="sm"
        label={words.dialogs.configure.settings}
        autosize
        minRows={4}
        maxRows={12}
        spellCheck={false}
        data-autofocus
        value={text}
        error={isTried && read.wrong !== null && words.dialogs.configure.wrong(read.wrong)}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </Confirm>
  )
}
