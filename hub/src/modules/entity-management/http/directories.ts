import type { Hono } from 'hono'
import type { z } from 'zod'
import { notFound, type Access, type AccessObject } from '../../../platform/access.ts'
import { endpoint, valid, type ApiEnv } from '../../../platform/http/api.ts'
import { changedMeanwhile, ifMatchRequired } from '../../../platform/http/codes.ts'
import { etagOf, requireMatch } from '../../../platform/http/etag.ts'
import { pageOf, pageQuery, pageSchema, readCursor } from '../../../platform/http/page.ts'
import { missing } from '../app/codes.ts'
import {
  directoryRefused,
  directoryThere,
  tooManyDirectories,
  type Directories,
  type NewDirectory,
} from '../app/directories/directories.ts'
import type { EntityManagementApp } from '../app/index.ts'
import { idParams } from '../contract.ts'
import { directoryChange, directoryTest, directoryTested, directoryView, newDirectory } from '../directory-contract.ts'
import type { Directory } from '../domain/directories/directory.ts'

const tag = 'Directories'

export function directoryRoutes(app: Hono<ApiEnv>, access: Access, { directories }: EntityManagementApp): void {
  adding(app, access, directories)
  reading(app, access, directories)
  testing(app, access, directories)
  changing(app, access, directories)
}

/** Times in the API are seconds, here they are milliseconds. */
function settingsIn<S extends { timeoutSeconds?: number | undefined; cacheSeconds?: number | undefined }>(settings: S) {
  const { timeoutSeconds, cacheSeconds, ...rest } = settings
  return {
    ...rest,
    ...(timeoutSeconds === undefined ? {} : { timeout: Math.round(timeoutSeconds * 1000) }),
    ...(cacheSeconds === undefined ? {} : { keep: Math.round(cacheSeconds * 1000) }),
  }
}

function out({ id, name, kind, url, settings, disabled, createdAt }: Directory) {
  const { timeout, keep, ...rest } = settings
  const shown = { ...rest, timeoutSeconds: timeout / 1000, cacheSeconds: keep / 1000 }
  return { id, name, kind, url, settings: shown, disabled, createdAt: new Date(createdAt).toISOString() }
}

function wanted(body: z.output<typeof newDirectory>): NewDirectory {
  return { ...body, settings: settingsIn(body.settings) } as NewDirectory
}

function objectOf(directory: Directory | null): AccessObject {
  return directory === null ? {} : { tenant: directory.tenant }
}

function adding(app: Hono<ApiEnv>, access: Access, directories: Directories): void {
  app.post(
    '/directories',
    ...endpoint({
      id: 'createDirectory',
      summary: 'Has people looked up in a directory outside, by LDAP or HTTP',
      tag,
      action: 'directory.write',
      body: newDirectory,
      answer: { status: 201, schema: directoryView },
      problems: [directoryRefused, directoryThere, tooManyDirectories],
    }),
    async (c) => {
      access.authorise(c.get('principal'), 'directory.write')
      const made = await directories.add(c.get('principal').tenant, wanted(valid(c, 'json')))
      c.header('etag', etagOf(made.version))
      c.header('location', `/api/v1/directories/${made.id}`)
      return c.json(out(made), 201)
    },
  )
}

function reading(app: Hono<ApiEnv>, access: Access, directories: Directories): void {
  app.get(
    '/directories',
    ...endpoint({
      id: 'listDirectories',
      summary: 'Lists the directories in which people are looked up',
      tag,
      action: 'directory.read',
      query: pageQuery,
      answer: { status: 200, schema: pageSchema(directoryView) },
    }),
    async (c) => {
      const { tenant } = access.scope(c.get('principal'), 'directory.read')
      const { limit, cursor } = valid(c, 'query')
      const rows = await directories.page(tenant, { limit: limit + 1, after: readCursor(cursor) })
      return c.json(pageOf(rows.map(out), limit, (row) => row.id))
    },
  )
  app.get(
    '/directories/:id',
    ...endpoint({
      id: 'getDirectory',
      summary: 'Shows a directory, but for its secret',
      tag,
      action: 'directory.read',
      params: idParams,
      answer: { status: 200, schema: directoryView },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const found = await directories.find(id)
      access.authorise(c.get('principal'), 'directory.read', objectOf(found))
      if (found === null) throw missing('directory', id)
      c.header('etag', etagOf(found.version))
      return c.json(out(found))
    },
  )
}

function changing(app: Hono<ApiEnv>, access: Access, directories: Directories): void {
  app.patch(
    '/directories/:id',
    ...endpoint({
      id: 'changeDirectory',
      summary: 'Changes a directory, disables or enables it; what is absent stays',
      tag,
      action: 'directory.write',
      params: idParams,
      body: directoryChange,
      answer: { status: 200, schema: directoryView },
      problems: [notFound, directoryRefused, directoryThere, changedMeanwhile, ifMatchRequired],
    }),
    async (c) => {
      const { settings, ...rest } = valid(c, 'json')
      const change = settings === undefined ? rest : { ...rest, settings: settingsIn(settings) as never }
      const changed = await directories.change(valid(c, 'param').id, change, (current) => {
        access.authorise(c.get('principal'), 'directory.write', objectOf(current))
        if (current !== null) requireMatch(c, etagOf(current.version))
      })
      c.header('etag', etagOf(changed.version))
      return c.json(out(changed))
    },
  )
  app.delete(
    '/directories/:id',
    ...endpoint({
      id: 'removeDirectory',
      summary: 'Asks a directory no more; people who came from it stay',
      tag,
      action: 'directory.write',
      params: idParams,
      answer: { status: 204, schema: null },
      problems: [notFound],
    }),
    async (c) => {
      await directories.remove(valid(c, 'param').id, (current) =>
        access.authorise(c.get('principal'), 'directory.write', objectOf(current)),
      )
      return c.body(null, 204)
    },
  )
}

function testing(app: Hono<ApiEnv>, access: Access, directories: Directories): void {
  app.post(
    '/directories/:id/test',
    ...endpoint({
      id: 'testDirectory',
      summary: 'Looks somebody up in a directory now, and says what happened',
      tag,
      action: 'directory.write',
      params: idParams,
      body: directoryTest,
      answer: { status: 200, schema: directoryTested },
      problems: [notFound],
    }),
    async (c) => {
      const { id } = valid(c, 'param')
      const principal = c.get('principal')
      access.authorise(principal, 'directory.write', objectOf(await directories.find(id)))
      const { answer, took } = await directories.test(principal.tenant, id, valid(c, 'json').q)
      const { answered } = answer
      return c.json({
        answered,
        why: answered ? null : answer.why,
        tookMilliseconds: took,
        people: answered ? [...answer.people] : [],
      })
    },
  )
}
