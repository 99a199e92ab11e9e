import { describe, expect, it } from 'vitest'
import { circles, moduleCircles } from './cycles.ts'
import type { SourceFile } from './imports.ts'
import { rules, violations } from './rules.ts'

const file = (path: string, imports: readonly string[], text = ''): SourceFile => ({
  path,
  text,
  imports: imports.map((to) => ({ from: path, to, typeOnly: false })),
})

/** One violation per rule, planted: a rule that no longer bites fails here. */
const planted: Record<string, SourceFile> = {
  'pure packages touch nothing of the world': file('packages/engine/src/x.ts', ['node:fs']),
  'pure packages have no clock and no chance': file('packages/wire/src/x.ts', [], 'const now = Date.now()'),
  'the editor runs in a page': file('packages/editor/src/x.ts', ['node:fs']),
  'the console runs in a page': file('packages/console/src/pages/fleet/x.ts', ['packages/wire/src/index.ts']),
  'an area of the console stands by itself': file('packages/console/src/pages/fleet/x.ts', [
    'packages/console/src/pages/engine/y.ts',
  ]),
  'parts of the console know no page': file('packages/console/src/parts/x.ts', [
    'packages/console/src/pages/home/y.ts',
  ]),
  'packages know no hub, agent or protocol': file('packages/cli/src/x.ts', ['hub/src/config.ts']),
  'a protocol knows packages only': file('protocols/native/src/x.ts', ['protocols/ddi/src/index.ts']),
  'a protocol touches sockets only in transport/': file('protocols/native/src/session/x.ts', ['node:net']),
  'the agent knows the wire only': file('agent/src/core/x.ts', ['packages/engine/src/index.ts']),
  "the agent's core touches no Node built-ins": file('agent/src/core/x.ts', ['node:fs']),
  "the agent's page runs in a browser": file('agent/src/page/x.ts', ['agent/src/platform/node/files.ts']),
  'domain decides and touches nothing': file('hub/src/modules/registration/domain/x.ts', [
    'hub/src/platform/database.ts',
  ]),
  'app knows storage only by the interfaces it declares': file('hub/src/modules/registration/app/x.ts', [
    'hub/src/modules/registration/store/y.ts',
  ]),
  'a module is entered by its index.ts': file('hub/src/modules/registration/app/x.ts', [
    'hub/src/modules/entity-management/app/y.ts',
  ]),
  'the hub has no code of tests in it': file('hub/src/compose.ts', ['test/support/until.ts']),
  'only compose names the modules and protocols': file('hub/src/main.ts', ['hub/src/modules/registration/index.ts']),
  'ground modules do not look up': file('hub/src/modules/registration/app/x.ts', [
    'hub/src/modules/order-processing/index.ts',
  ]),
  'edge modules are imported by compose only': file('hub/src/modules/order-processing/app/x.ts', [
    'hub/src/modules/service-consumer-interface/index.ts',
  ]),
  'entity-management imports no module': file('hub/src/modules/entity-management/app/x.ts', [
    'hub/src/modules/registration/index.ts',
  ]),
  'the platform knows no module and not the engine': file('hub/src/platform/x.ts', ['hub/src/engine/index.ts']),
  'SQL is written in store/ only': file('hub/src/modules/registration/app/x.ts', [], 'await tx.sql`select 1`'),
  'routes are made in http/ only': file('hub/src/modules/registration/app/x.ts', ['hono']),
  'only the platform touches sockets': file('hub/src/modules/registration/app/x.ts', ['node:http']),
  'only config.ts reads the environment': file('hub/src/compose.ts', [], 'process.env.HOME'),
  'only clock.ts reads the time': file('hub/src/compose.ts', [], 'Date.now()'),
}

describe('the layer rules', () => {
  it.each(rules.map((rule) => rule.name))('catch a planted violation: %s', (name) => {
    expect(planted[name], 'no violation is planted for this rule').toBeDefined()
    expect(violations([planted[name]!]).map((violation) => violation.rule)).toContain(name)
  })
  it('let through what the design allows', () => {
    const allowed = [
      file('hub/src/modules/registration/app/x.ts', [
        'hub/src/modules/entity-management/index.ts',
        'hub/src/platform/errors.ts',
      ]),
      file(
        'hub/src/modules/registration/store/x.ts',
        ['hub/src/modules/registration/app/storage.ts'],
        'tx.sql`select 1`',
      ),
      file('hub/src/compose.ts', ['hub/src/modules/registration/index.ts', 'protocols/native/src/index.ts']),
      file('protocols/native/src/session/x.ts', ['packages/wire/src/index.ts', 'protocols/native/src/mapping/y.ts']),
      file('agent/src/core/x.ts', ['packages/wire/src/index.ts']),
      file('hub/src/compose.ts', [], '// never Date.now() here'),
    ]
    expect(violations(allowed)).toEqual([])
  })
  it('find a circle of files and a circle of modules', () => {
    const a = file('hub/src/modules/a/app/x.ts', ['hub/src/modules/b/index.ts'])
    const b = file('hub/src/modules/b/index.ts', ['hub/src/modules/a/app/x.ts'])
    expect(circles([a, b])).toHaveLength(1)
    expect(moduleCircles([a, b])).toHaveLength(1)
    expect(circles([a])).toEqual([])
  })
})
