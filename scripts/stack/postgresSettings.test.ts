import { expect, it } from 'vitest'
import { postgresUrl, withConnection } from './connect.ts'
import { freePort } from './freePort.ts'
import { initialiseData, SUPERUSER } from './initialiseData.ts'
import { prepareTemporaryHome } from './postgresHome.ts'
import { startPostgres } from './postgresServer.ts'
import { stackSettings } from './postgresSettings.ts'

it("the PostgreSQL of the package takes all of the stack's settings, and sorts by code point", async () => {
  const home = await prepareTemporaryHome(true)
  await initialiseData(home, 'secret')
  const port = await freePort()
  const server = await startPostgres({
    home,
    port,
    settings: stackSettings,
    stopMode: 'fast',
    temporary: true,
  })
  try {
    const url = postgresUrl({ user: SUPERUSER, password: 'secret', port, database: 'postgres' })
    const found = await withConnection(url, async (sql) => {
      const given = await sql<{ name: string }[]>`
        select lower(name) as name from pg_catalog.pg_settings where source = 'command line'`
      const [server] = await sql<{ major: number; sorted: string[] }[]>`
        select current_setting('server_version_num')::integer / 10000 as major,
          array(select n from unnest('{Ä,a,z,Z,ß,🎵,ﬀ}'::text[]) as u (n) order by n) as sorted`
      return { ...server, given: given.map(({ name }) => name) }
    })
    expect(found.major).toBe(home.binaries.major)
    expect(found.given).toEqual(expect.arrayContaining(Object.keys(stackSettings)))
    expect(found.sorted).toEqual(['Z', 'a', 'z', 'Ä', 'ß', 'ﬀ', '🎵'])
  } finally {
    await server.stop()
  }
})
