import type { Sql } from '../../../../platform/database.ts'
import type { Directory } from '../../domain/directories/directory.ts'
import type { PageRequest } from '../page-request.ts'

/** Somebody here who is somebody there. */
export interface DirectoryLink {
  readonly user: string
  readonly entry: string
  /** As they are called here. */
  readonly name: string
  readonly email: string | null
}

/** Secrets are sealed. */
export interface DirectoryStore {
  /** False when the name is taken. */
  insert(sql: Sql, directory: Directory, secret: Buffer | null): Promise<boolean>
  find(sql: Sql, id: string, lock?: boolean): Promise<Directory | null>
  withSecret(sql: Sql, id: string): Promise<{ directory: Directory; secret: Buffer | null } | null>
  page(sql: Sql, page: PageRequest, tenant: string): Promise<Directory[]>
  count(sql: Sql, tenant: string): Promise<number>
  /** Those that are not disabled, with their secrets. */
  used(sql: Sql, tenant: string): Promise<{ directory: Directory; secret: Buffer | null }[]>
  /** @param secret undefined = it stays. False when the name is taken. */
  update(sql: Sql, directory: Directory, secret: Buffer | null | undefined): Promise<boolean>
  /** With its links; people stay. */
  remove(sql: Sql, id: string): Promise<void>
  /** False when one of them is linked already. */
  link(sql: Sql, link: { user: string; tenant: string; directory: string; entry: string }, at: Date): Promise<boolean>
  links(sql: Sql, directory: string, entries: readonly string[]): Promise<DirectoryLink[]>
  countLinks(sql: Sql, directory: string): Promise<number>
  refreshed(sql: Sql, users: readonly string[], at: Date): Promise<void>
}
