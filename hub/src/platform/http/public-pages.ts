import type { Hono } from 'hono'
import { notFound } from '../access.ts'
import { CallerError, errorRegister } from '../errors.ts'
import type { ApiEnv } from './api.ts'
import { pageHeaders } from './docs/html.ts'
import { problemListPage, problemPage, referencePage } from './docs/reference.ts'
import { stylesheet } from './docs/style.ts'
import { openApiOf, type OpenApi } from './openapi.ts'

/** openapi.json, the certificates of the hub's authority, the reference made from it, and a page per problem: the same for everyone, and no data in them. */
export function addPublicPages(app: Hono<ApiEnv>, version: string, authority: () => string): () => Promise<OpenApi> {
  let made: Promise<OpenApi> | undefined
  const openApi = (): Promise<OpenApi> => (made ??= openApiOf(app, version))
  app.get('/ca.pem', (c) =>
    c.body(authority(), 200, { 'content-type': 'application/x-pem-file', 'cache-control': 'no-cache' }),
  )
  let reference: Promise<string> | undefined
  app.get('/openapi.json', async (c) => c.json(await openApi()))
  app.get('/docs', async (c) => {
    reference ??= openApi().then((document) => referencePage(document, errorRegister()))
    return c.body(await reference, 200, pageHeaders)
  })
  app.get('/docs/style.css', (c) =>
    c.body(stylesheet, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' }),
  )
  app.get('/problems', (c) => c.body(problemListPage(errorRegister()), 200, pageHeaders))
  app.get('/problems/:code', (c) => {
    const code = errorRegister().find((each) => each.code === c.req.param('code'))
    if (!code) throw new CallerError(notFound, `There is no problem called “${c.req.param('code')}”.`)
    return c.body(problemPage(code), 200, pageHeaders)
  })
  return openApi
}
