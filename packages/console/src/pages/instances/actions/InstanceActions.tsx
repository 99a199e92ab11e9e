import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import type { Model } from '@sutler/engine'
import { useState } from 'react'
import { instances } from '#words/instances.ts'
import { MenuLink } from '../../../parts/links.tsx'
import type { InstanceView } from '../useInstance.ts'
import { CancelInstance } from './CancelInstance.tsx'
import { RepairInstance } from './RepairInstance.tsx'
import { GoOn } from './GoOn.tsx'
import { SignalInstance } from './SignalInstance.tsx'

const words = instances.actions

type Asked = 'signal' | 'retry' | 'skip' | 'repair' | 'cancel'

/** What people do about an instance; each says what follows before it is done. */
export function InstanceActions({ instance, model }: { instance: InstanceView; model: Model }) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const close = (): void => setAsked(null)
  const needsPerson = instance.attention !== null
  return (
    <>
      {!instance.done && (
        <Button variant={needsPerson ? 'default' : 'filled'} onClick={() => setAsked('signal')}>
          {words.signal}
        </Button>
      )}
      {needsPerson && (
        <>
          <Button onClick={() => setAsked('retry')}>{words.retry}</Button>
          <Button variant="default" onClick={() => setAsked('skip')}>
            {words.skip}
          </Button>
        </>
      )}
      <Menu position="bottom-end" withinPortal={false}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
            {words.more}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setAsked('repair')}>{words.repair}</Menu.Item>
          <MenuLink
            to="/models/$name/migrations"
            params={{ name: instance.model }}
            search={{ from: instance.version }}
            disabled={instance.done}
          >
            {words.migrate}
          </MenuLink>
          <Menu.Item color="red" onClick={() => setAsked('cancel')} disabled={instance.done}>
            {words.cancel}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked === 'signal' && <SignalInstance instance={instance} model={model} onClose={close} />}
      {(asked === 'retry' || asked === 'skip') && <GoOn instance={instance} how={asked} onClose={close} />}
      {asked === 'repair' && <RepairInstance instance={instance} model={model} onClose={close} />}
      {asked === 'cancel' && <CancelInstance instance={instance} onClose={close} />}
    </>
  )
}
