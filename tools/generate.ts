import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
// Before whatever makes schemas.
import { namedTwice } from '../hub/src/platform/http/schema-names.ts'
import { commandErrors } from '../packages/cli/src/command-error.ts'
import { program } from '../packages/cli/src/program.ts'
import { sourceErrors } from '../packages/cli/src/source-errors.ts'
import { apiTypes } from '../packages/client/api-types.ts'
import { modelJsonSchema } from '../packages/engine/src/index.ts'
import { renewDocument } from '../packages/wire/src/test/document.ts'
import { drawModel } from '@sutler/patterns'
import { configTable } from '../hub/src/config.ts'
// Error codes of the programs beside the hub.
import '../hub/src/backup/codes.ts'
import '../hub/src/platform/unfinished-restore.ts'
import { shippedPatterns } from '../hub/src/patterns/index.ts'
import { errorRegister } from '../hub/src/platform/errors.ts'
import { commandReference } from './generate/command-reference.ts'
import { composedHub } from './generate/composed-hub.ts'
import { databaseSchema } from './generate/database-schema.ts'
import { errorReference } from './generate/error-reference.ts'
import { asyncApi } from '../hub/src/events/async-api.ts'
import { describedEvents, eventTypes } from './generate/event-types.ts'

/**
 * `npm run generate`: writes everything that is made from the code. With `--check` it writes nothing and fails when a file
 * is not what the code makes.
 */
const root = new URL('..', import.meta.url).pathname
const check = process.argv.includes('--check')

const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string }
const openApi = await composedHub(version).web.openApi()
for (const name of namedTwice())
  console.error(`Two schemas of the API are named ${name}: give one of them another \`id\` in its meta()`)
if (namedTwice().length > 0) process.exit(1)
const events = await readFile(join(root, 'docs/reference/events.md'), 'utf8')
const protocol = 'docs/reference/native-protocol.md'

const made: Readonly<Record<string, string>> = {
  'docs/reference/openapi.json': `${JSON.stringify(openApi, null, 2)}\n`,
  'packages/client/src/api.gen.ts': await apiTypes(openApi),
  'docs/reference/errors.md': errorReference(errorRegister()),
  'docs/reference/configuration.md': configTable(),
  'docs/reference/cli.md': commandReference(await program(), { ...commandErrors, ...sourceErrors }),
  'packages/engine/model.schema.json': `${JSON.stringify(modelJsonSchema(), null, 2)}\n`,
  'hub/migrations/schema.sql': await databaseSchema(),
  'hub/src/modules/policy-and-preferences/domain/policies/event-types.gen.ts': eventTypes(events),
  'hub/src/events/described.gen.ts': describedEvents(events),
  'docs/reference/asyncapi.json': `${JSON.stringify(asyncApi(version), null, 2)}\n`,
  'docs/guide/pictures/delivery.svg': picture('delivery'),
  'docs/guide/pictures/service-lifecycle.svg': picture('service-lifecycle'),
  [protocol]: renewDocument(await readFile(join(root, protocol), 'utf8')),
}

/** A shipped pattern, as `sutler model diagram` draws it. */
function picture(name: string): string {
  return drawModel(shippedPatterns.find(({ model }) => model === name)!)
}

let differing = 0
for (const [path, text] of Object.entries(made)) {
  const file = join(root, path)
  const present = await readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return null
    throw error
  })
  if (present === text) continue
  differing++
  if (check) console.error(`${path} is not what the code makes: run npm run generate and commit it`)
  else {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
    console.log(`wrote ${path}`)
  }
}
console.log(`generated files: ${Object.keys(made).length}, ${differing} ${check ? 'stale' : 'written'}`)
process.exit(check && differing > 0 ? 1 : 0)
