import type { SeededRandom } from '../../seed/seededRandom.ts'
import { SeededRandom as Random } from '../../seed/seededRandom.ts'
import type { FirstSong } from '../model/modelSongbook.ts'
import type { Songbook } from '../songbook/openSongbook.ts'
import { ALL_DEEDS, DEEDS_ON_THE_WAY_BACK } from './deeds.ts'
import { createPerson } from './people.ts'
import { Shelf } from './shelf.ts'
import { Writer } from './writer.ts'

const PEOPLE = 3
/** Edits that each makes at least, however soon the run is over. */
const LEAST_EDITS = 12
/** Nobody deletes the last ones. */
const LEAST_SONGS = 30

/** The people of a run. */
export class Staff {
  readonly #book: Songbook
  readonly #persons: readonly string[]
  readonly #shelf: Shelf
  readonly #random: SeededRandom
  readonly #pauseMs: number
  readonly #hasSync: boolean
  readonly #functions: string[]
  #writers: Writer[] = []
  #writing: Promise<unknown> = Promise.resolve()
  #way: 'forward' | 'back' = 'forward'
  #done = 0
  #problems: string[] = []
  #hasBegun = false

  private constructor(
    book: Songbook,
    songs: readonly FirstSong[],
    persons: readonly string[],
    more: { random: SeededRandom; pauseMs: number; hasSync: boolean; functions: string[] },
  ) {
    this.#book = book
    this.#persons = persons
    this.#shelf = new Shelf(songs.map(({ id }) => id))
    this.#random = more.random
    this.#pauseMs = more.pauseMs
    this.#hasSync = more.hasSync
    this.#functions = more.functions
  }

  /** @param options pauseMs: longest pause of each between two edits */
  static async hire(
    book: Songbook,
    songs: readonly FirstSong[],
    { random, pauseMs }: { random: SeededRandom; pauseMs: number },
  ): Promise<Staff> {
    const persons: string[] = []
    for (let nth = 0; nth < PEOPLE; nth += 1)
      persons.push(await createPerson(book.sql, `writer-${nth}@example.org`))
    const [found] = await book.sql<{ has_sync: boolean; functions: string[] }[]>`
      select to_regclass('tag_migration.sync') is not null as has_sync,
        (select json_agg(p.proname) from pg_proc as p where p.pronamespace = 'public'::regnamespace) as functions`
    return new Staff(book, songs, persons, {
      random,
      pauseMs,
      hasSync: found?.has_sync ?? false,
      functions: found?.functions ?? [],
    })
  }

  get edits(): number {
    return this.#done + this.#writers.reduce((sum, writer) => sum + writer.edits, 0)
  }

  /** Errors that somebody saw since the last time this was read. */
  get problems(): readonly string[] {
    return this.#problems
  }

  /** Begins the first time that it is called. */
  begin(): void {
    if (this.#hasBegun || !this.#hasSync) return
    this.#hasBegun = true
    this.goOn('forward')
  }

  goOn(way: 'forward' | 'back'): void {
    if (!this.#hasSync) return
    this.#way = way
    this.#writers = this.#persons.map((person) => this.#writer(person))
    this.#writing = Promise.all(this.#writers.map((writer) => writer.write()))
  }

  /** Lets everybody finish what they are at, and at least their share. */
  async pause(): Promise<void> {
    for (const writer of this.#writers) writer.stopAfter(LEAST_EDITS)
    await this.#writing
    this.#done = this.edits
    this.#problems = this.#writers.flatMap((writer) => writer.problems)
    this.#writers = []
  }

  async leave(): Promise<void> {
    for (const writer of this.#writers) writer.stopAfter(0)
    await this.#writing
  }

  #writer(person: string): Writer {
    return new Writer({
      dbUrl: this.#book.dbUrl,
      person,
      random: new Random(this.#random.uuid()),
      shelf: this.#shelf,
      isBack: () => this.#way === 'back',
      deeds: () => {
        const deeds = this.#way === 'back' ? DEEDS_ON_THE_WAY_BACK : ALL_DEEDS
        return deeds.filter(
          ([{ name, needs }]) =>
            (!needs || this.#functions.includes(needs)) &&
            (name !== 'deleteSong' || this.#shelf.size > LEAST_SONGS),
        )
      },
      pauseMs: this.#pauseMs,
    })
  }
}
