import { brokerSettings } from './broker.ts'
import { filesSettings } from './files.ts'
import { outsideSettings } from './outside.ts'
import { processSettings } from './process.ts'
import { protocolsSettings } from './protocols.ts'
import { storageSettings } from './storage.ts'
import { webSettings } from './web.ts'
import type { Setting } from './setting.ts'

/** Every setting of the hub, declared once: name, default, what is valid, what it means. `config.ts` reads them. */
export const settings = {
  ...storageSettings,
  ...webSettings,
  ...protocolsSettings,
  ...brokerSettings,
  ...filesSettings,
  ...outsideSettings,
  ...processSettings,
} as const satisfies Record<string, Setting<unknown>>
