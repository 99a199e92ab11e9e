import { Command } from 'commander'
import { addDevices } from './commands/devices.ts'
import { addHouseholds } from './commands/households.ts'
import { addLogin } from './commands/login.ts'
import { addOrders } from './commands/orders.ts'
import { addServices } from './commands/services.ts'
import { addWatch } from './commands/watch.ts'

/** The command line: every command with its options. */
export function program(): Command {
  const command = new Command('sutler')
    .description('Provisioning services: publish, order, and watch devices prove what they run.')
    .showHelpAfterError('(sutler --help lists the commands)')
  for (const add of [addLogin, addHouseholds, addServices, addOrders, addDevices, addWatch]) add(command)
  return command
}
