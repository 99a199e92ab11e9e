import { Button, Menu } from '@mantine/core'
import { device as words } from '#words/device.ts'
import { entities } from '#words/entities.ts'
import { hasRole, usePrincipal } from '../../../api/session.ts'
import { LabelsDialog } from '../../../parts/entity/LabelsDialog.tsx'
import { useDialog } from '../../../parts/useDialog.tsx'
import type { Device } from '../columns.tsx'
import { AskDialog } from './dialogs/AskDialog.tsx'
import { ConfigureDialog } from './dialogs/ConfigureDialog.tsx'
import { DecommissionDialog } from './dialogs/DecommissionDialog.tsx'
import { MessageDialog } from './dialogs/MessageDialog.tsx'
import { ProtocolDialog } from './dialogs/ProtocolDialog.tsx'
import { ReleaseDialog } from './dialogs/ReleaseDialog.tsx'
import { RenameDialog } from './dialogs/RenameDialog.tsx'
import { RestartDialog } from './dialogs/RestartDialog.tsx'

/** What can be done with a device, by whom may do it. */
export function DeviceActions({ device }: { device: Device }) {
  const principal = usePrincipal()
  const isOperator = hasRole(principal, 'operator')
  const mayRename = isOperator || principal.households.includes(device.household)
  const dialog = useDialog<
    | 'report'
    | 'log'
    | 'labels'
    | 'restart'
    | 'configure'
    | 'message'
    | 'rename'
    | 'protocol'
    | 'release'
    | 'decommission'
  >()
  if (device.state === 'decommissioned' || !mayRename) return null
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default">{words.actions.label}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => dialog.open('rename')}>{words.actions.rename}</Menu.Item>
          {isOperator && (
            <>
              <Menu.Item onClick={() => dialog.open('labels')}>{entities.labels.edit}</Menu.Item>
              <Menu.Item onClick={() => dialog.open('report')}>{words.actions.report}</Menu.Item>
              <Menu.Item onClick={() => dialog.open('log')}>{words.actions.log}</Menu.Item>
              <Menu.Item onClick={() => dialog.open('restart')}>{words.actions.restart}</Menu.Item>
              <Menu.Item onClick={() => dialog.open('configure')}>{words.actions.configure}</Menu.Item>
              <Menu.Item onClick={() => dialog.open('message')}>{words.actions.message}</Menu.Item>
              <Menu.Divider />
              <Menu.Item onClick={() => dialog.open('protocol')}>{words.actions.protocol}</Menu.Item>
              {device.state === 'quarantined' && (
                <Menu.Item onClick={() => dialog.open('release')}>{words.actions.release}</Menu.Item>
              )}
              <Menu.Item color="red" onClick={() => dialog.open('decommission')}>
                {words.actions.decommission}
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog.when('labels', () => (
        <LabelsDialog of="devices" {...device} onClose={dialog.close} />
      ))}
      {dialog.when('report', () => (
        <AskDialog what="report" device={device} onClose={dialog.close} />
      ))}
      {dialog.when('log', () => (
        <AskDialog what="log" device={device} onClose={dialog.close} />
      ))}
      {dialog.when('restart', () => (
        <RestartDialog device={device} onClose={dialog.close} />
      ))}
      {dialog.when('configure', () => (
        <ConfigureDialog device={device} onClose={dialog.close} />
      ))}
      {dialog.when('message', () => (
        <MessageDialog device={device} onClose={dialog.close} />
      ))}
      {dialog.when('rename', () => (
        <RenameDialog device={device} onClose={dialog.close} />
      ))}
      {dialog.when('protocol', () => (
        <ProtocolDialog device={device} onClose={dialog.close} />
      ))}
      {dialog.when('release', () => (
        <ReleaseDialog device={device} onClose={dialog.close} />
      ))}
      {dialog.when('decommission', () => (
        <DecommissionDialog device={device} onClose={dialog.close} />
      ))}
    </>
  )
}
