import type { z } from 'zod'
import type { Principal } from '../../../../platform/access.ts'
import type { BulkLine } from '../../../../platform/bulk/lines.ts'
import { CallerError, OutsideError } from '../../../../platform/errors.ts'
import { overloaded } from '../../../../platform/grouped.ts'
import { internal } from '../../../../platform/http/codes.ts'
import { newId } from '../../../../platform/ids.ts'
import type { Log } from '../../../../platform/log.ts'
import type { EntityDependencies } from '../dependencies.ts'
import type { ImportRow } from './import-storage.ts'

/** What became of one line. */
export type LineResult =
  | { readonly status: 'created' | 'unchanged'; readonly id: string; readonly [more: string]: unknown }
  | { readonly status: 'failed'; readonly code: string; readonly detail: string }

export interface ImportLine<T> {
  readonly line: number
  readonly value: T
}

/** One kind of thing that can be imported. */
export interface Importer<T> {
  readonly kind: ImportRow['kind']
  readonly schema: z.ZodType<T>
  /** Takes lines together; results in order. What it throws is the whole batch's: then each line is tried alone. */
  take(lines: readonly ImportLine<T>[]): Promise<readonly LineResult[]>
}

/** Lines that are taken together. */
const batch = 500
/** Imports at the same time, per hub. */
const most = 4

export type RunImport = <T>(
  by: Pick<Principal, 'id' | 'tenant'>,
  importer: Importer<T>,
  lines: AsyncIterable<BulkLine>,
) => AsyncGenerator<object>

/** Runs imports: many lines in, a result per line out. What was taken stays, however it ends. */
export function importing({ database, clock, log, storage }: EntityDependencies): RunImport {
  const store = storage.imports
  let running = 0
  return async function* run(by, importer, lines) {
    if (running >= most) throw new OutsideError(overloaded, `${running} imports are running here.`)
    running += 1
    const at = clock.now()
    const row: ImportRow = {
      id: newId('imp', at),
      tenant: by.tenant,
      kind: importer.kind,
      startedBy: by.id,
      state: 'running',
      lastLine: 0,
      created: 0,
      unchanged: 0,
      failed: 0,
      createdAt: at,
      updatedAt: at,
    }
    let current = row
    const note = async (change: Partial<ImportRow>): Promise<void> => {
      current = { ...current, ...change, updatedAt: clock.now() }
      await store.update(database.sql, current)
    }
    try {
      await store.insert(database.sql, row)
      yield { import: row.id }
      for await (const group of grouped(lines)) {
        const results = await takeGroup(log, importer, group)
        await note(counted(current, results))
        yield* results
      }
      await note({ state: 'done' })
      yield summary(current)
    } catch (error) {
      if (!(error instanceof CallerError || error instanceof OutsideError)) throw error
      await note({ state: 'cut-off' })
      yield { ...summary(current), code: error.code, detail: error.message }
    } finally {
      running -= 1
      if (current.state === 'running') await note({ state: 'cut-off' })
    }
  }
}

async function* grouped(lines: AsyncIterable<BulkLine>): AsyncGenerator<BulkLine[]> {
  let group: BulkLine[] = []
  for await (const line of lines) {
    group.push(line)
    if (group.length < batch) continue
    yield group
    group = []
  }
  if (group.length > 0) yield group
}

type Answer = LineResult & { readonly line: number }

async function takeGroup<T>(log: Log, importer: Importer<T>, group: readonly BulkLine[]): Promise<Answer[]> {
  const answers = new Map<number, Answer>()
  const good: ImportLine<T>[] = []
  for (const each of group) {
    const checked = 'fault' in each ? failure('invalid-line', each.fault) : read(importer, each.value)
    if ('value' in checked) good.push({ line: each.line, value: checked.value as T })
    else answers.set(each.line, { line: each.line, ...checked })
  }
  for (const [index, result] of (await take(log, importer, good)).entries()) {
    const { line } = good[index]!
    answers.set(line, { line, ...result })
  }
  return [...answers.values()].toSorted((a, b) => a.line - b.line)
}

function read<T>({ schema }: Importer<T>, value: unknown): { readonly value: T } | LineResult {
  const result = schema.safeParse(value)
  if (result.success) return { value: result.data }
  const [issue] = result.error.issues
  return failure('invalid-line', `${issue!.path.join('.') || 'The line'}: ${issue!.message}`)
}

async function take<T>(
  log: Log,
  importer: Importer<T>,
  lines: readonly ImportLine<T>[],
): Promise<readonly LineResult[]> {
  if (lines.length === 0) return []
  try {
    return await importer.take(lines)
  } catch (error) {
    if (error instanceof OutsideError) throw error
    if (lines.length === 1) {
      if (!(error instanceof CallerError)) log.error({ err: error, kind: importer.kind }, 'a line of an import failed')
      return [failed(error)]
    }
    const results: LineResult[] = []
    for (const line of lines) results.push(...(await take(log, importer, [line])))
    return results
  }
}

/** What a line was refused with. */
export function failed(error: unknown): LineResult {
  if (error instanceof CallerError) return failure(error.code, error.message)
  return failure(internal.code, 'The hub made a mistake of its own with this line.')
}

export function failure(code: string, detail: string): LineResult {
  return { status: 'failed', code, detail }
}

function counted(row: ImportRow, results: readonly Answer[]): Partial<ImportRow> {
  const count = (status: LineResult['status']) => results.filter((result) => result.status === status).length
  return {
    lastLine: results.at(-1)?.line ?? row.lastLine,
    created: row.created + count('created'),
    unchanged: row.unchanged + count('unchanged'),
    failed: row.failed + count('failed'),
  }
}

function summary({ id, state, lastLine, created, unchanged, failed: failures }: ImportRow): object {
  return { import: id, state, lastLine, created, unchanged, failed: failures }
}
