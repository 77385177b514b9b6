import { randomUUID } from 'node:crypto'
import { parsePlan } from '../../../src/features/tags/migration/planFile.ts'
import type { MigrationConfig, MigrationPlan } from '../../../src/features/tags/migration/types.ts'
import type { SeededRandom, Weighted } from '../../seed/seededRandom.ts'
import { fetchAnd, runnerFor } from '../../testing/migrationFixture.ts'
import { rollBack } from '../../testing/rollbackFixture.ts'
import type { TestDatabase } from '../../testing/testDatabase.ts'
import { differencesFromModel } from '../compare.ts'
import { type FirstSong, ModelSongbook } from '../model/modelSongbook.ts'
import type { RollbackForm } from '../model/takeBack.ts'
import type { Vocabulary } from '../model/types.ts'
import { addSongs } from '../songbook/addSongs.ts'
import { planFile } from '../songbook/planFile.ts'
import { type Deed, MERGING, SONG_DEEDS } from '../writers/deeds.ts'
import { historyOf } from '../writers/historyOf.ts'
import { makeEdit } from '../writers/makeEdit.ts'
import type { PersonConnection } from '../writers/personSql.ts'
import { readLog } from '../writers/readLog.ts'

export interface MergeRunOptions {
  database: TestDatabase
  random: SeededRandom
  vocabulary: Vocabulary
  songs: readonly FirstSong[]
  person: { id: string; connection: PersonConnection }
}

type Step = () => Promise<void>

const BATCH_SIZE = 3

/** One thing after the other, with no faults: a run forward and back while people merge and unmerge most of the time. */
export class MergeRun {
  readonly #options: MergeRunOptions
  readonly #model: ModelSongbook
  readonly #plan: MigrationPlan
  readonly #shelf: string[]
  #read = 0

  constructor(options: MergeRunOptions) {
    const { vocabulary, songs } = options
    this.#options = options
    this.#model = new ModelSongbook(vocabulary, songs)
    this.#plan = parsePlan(planFile(new Set(vocabulary.planned.keys()), vocabulary))
    this.#shelf = songs.map(({ id }) => id)
  }

  /** @returns what differs from the model the first time that anything does */
  async run(): Promise<string[]> {
    const { database, songs } = this.#options
    await addSongs(database.sql, songs)
    for (const step of this.#steps()) {
      await step()
      const differing = await this.#differing()
      if (differing.length > 0) return differing
    }
    return []
  }

  #steps(): Step[] {
    const { random } = this.#options
    const merging = () => this.#make(MERGING)
    const editing = () => this.#make(SONG_DEEDS)
    const finishing = () => this.#finish()
    const again = [
      () => this.#partlyBack(),
      ...this.#some(10, [merging, editing]),
      finishing,
      ...this.#some(5, [merging, editing]),
    ]
    return [
      () => this.#begin(),
      ...this.#some(30, [merging, editing, () => this.#oneBatch()]),
      finishing,
      ...this.#some(10, [merging, editing]),
      ...(random.chance(0.5) ? again : []),
      () => this.#back(random.pick(['default', 'exact'])),
      ...this.#some(10, [merging]),
    ]
  }

  #some(most: number, kinds: readonly Step[]): Step[] {
    const { random } = this.#options
    return Array.from({ length: random.below(most) }, () => random.pick(kinds))
  }

  async #begin(): Promise<void> {
    const stop = new AbortController()
    await this.#migrate({
      unfinished: 'resume-if-idle',
      plan: this.#plan,
      signal: stop.signal,
      progressCallback: ({ phase }) => phase === 'migrating' && stop.abort(),
    })
  }

  async #oneBatch(): Promise<void> {
    const { database } = this.#options
    if ((await runnerFor(database).checkpoint()) === null) return
    const stop = new AbortController()
    const fetching = fetchAnd(database, 'tag_migration_batch', () => stop.abort())
    await this.#migrate({ signal: stop.signal }, fetching)
    const done = await database.sql<{ id: string }[]>`
      select st.song_id as id from tag_migration.song_state as st`
    this.#model.migrateThese(done.map(({ id }) => id))
  }

  async #finish(): Promise<void> {
    await this.#migrate({})
    this.#model.migrateRest()
    await this.#validate()
  }

  /** @throws Error saying what is not valid */
  async #validate(): Promise<void> {
    const report = await runnerFor(this.#options.database).validate()
    if (!report.valid) throw new Error(JSON.stringify(report.checks.filter(({ ok }) => !ok)))
  }

  #migrate(config: Partial<MigrationConfig>, through?: typeof fetch): Promise<unknown> {
    const options = { unfinished: 'resume', batchSize: BATCH_SIZE, ...config } as const
    return runnerFor(this.#options.database, options, through).run()
  }

  async #partlyBack(): Promise<void> {
    const { database } = this.#options
    const [kept] = await database.sql<{ number: number }[]>`
      select b.number::integer from tag_migration.batch as b where not b.is_rollback order by b.number limit 1`
    await rollBack(database, { to: { batch: kept?.number ?? 1 } })
    const taken = await database.sql<{ id: string }[]>`
      select s.id from public.songs as s
      where not exists (select from tag_migration.song_state as t where t.song_id = s.id)`
    this.#model.takeBackThese(taken.map(({ id }) => id))
  }

  async #back(form: RollbackForm): Promise<void> {
    await rollBack(this.#options.database, { exact: form === 'exact' })
    this.#model.replayBack([], form)
    await this.#validate()
  }

  async #make(deeds: readonly Weighted<Deed>[]): Promise<void> {
    const { random, person, database, vocabulary } = this.#options
    const edit = await makeEdit(person.connection, random.pickWeighted(deeds), {
      person: person.id,
      random,
      song: random.pick(this.#shelf),
      raws: [...vocabulary.planned.keys(), ...vocabulary.late.keys()],
      attempt: randomUUID(),
      isBack: false,
    })
    if (edit?.kind === 'insert') this.#shelf.push(edit.song)
    if (edit?.kind === 'delete') this.#shelf.splice(this.#shelf.indexOf(edit.song), 1)
    const log = await readLog(database.sql)
    this.#model.replay(log.slice(this.#read))
    this.#read = log.length
  }

  async #differing(): Promise<string[]> {
    const { database, songs } = this.#options
    const differences = await differencesFromModel(database.sql, this.#model)
    if (differences.length === 0) return []
    const log = await readLog(database.sql)
    return differences.flatMap(({ song, text }) => [text, ...historyOf(song, songs, log)])
  }
}
