import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { SeededRandom } from '../../seed/seededRandom.ts'
import { emptyDatabase } from '../../testing/rollbackFixture.ts'
import { createTestDatabase, type TestDatabase } from '../../testing/testDatabase.ts'
import { createChaosSchema } from '../songbook/chaosSchema.ts'
import { createPerson } from '../writers/people.ts'
import { PersonConnection } from '../writers/personSql.ts'
import { fewTags } from './fewTags.ts'
import { MergeRun } from './mergeRun.ts'
import { songsOfFewTags } from './songsOfFewTags.ts'

let database: TestDatabase
let person: { id: string; connection: PersonConnection }
beforeAll(async () => {
  database = await createTestDatabase()
  await createChaosSchema(database.sql)
  person = {
    id: await createPerson(database.sql, 'moderator@example.org'),
    connection: new PersonConnection(database.dbUrl),
  }
})
afterAll(async () => {
  await person.connection.close()
  await database.drop()
})
beforeEach(async () => {
  await emptyDatabase(database)
  await database.sql`truncate chaos.log`
})

// Each of these found something while records named what a link had been merged into.
test.each([17, 23, 29, 34, 36])(
  'merges and their undoing, in any order with batches, edits and rollbacks, agree with the model (%i)',
  async (seed) => {
    const random = new SeededRandom(`merges/${seed}`)
    const songs = songsOfFewTags(random)
    const run = new MergeRun({ database, random, vocabulary: fewTags, songs, person })
    expect(await run.run()).toEqual([])
  },
)
