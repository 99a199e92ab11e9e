import type { InstallationStore } from '../app/storage.ts'

export const installationStore: InstallationStore = {
  async settle(sql, { hub, fileLinkSecret }, at) {
    await sql`
      insert into registration_installation (hub, file_link_secret, created_at) values (${hub}, ${fileLinkSecret}, ${at})
      on conflict do nothing`
    const rows = await sql<{ hub: string; file_link_secret: Buffer }[]>`
      select hub, file_link_secret from registration_installation`
    return { hub: rows[0]!.hub, fileLinkSecret: Buffer.from(rows[0]!.file_link_secret) }
  },

  async seal(sql, fileLinkSecret) {
    await sql`update registration_installation set file_link_secret = ${fileLinkSecret}`
  },
}
