import type { SupabaseClient } from '@supabase/supabase-js'
import type { Database } from '../../src/lib/database.types.ts'
import type { Themes } from './migrationFixture.ts'
import type { TestDatabase } from './testDatabase.ts'

/** What it writes, in turn. */
const WRITINGS: readonly Themes[] = [
  ['Grace'],
  null,
  ['grace', 'GRACE ', 'Grace'],
  [],
  ['Grace/Mercy', 'Words of its own'],
  ['', ' ', '---'],
  ['long '.repeat(12)],
  ['Praise', null, 'Praise'],
  ['🎵 joy', 'e\u0301', '{"a","b\\"}'],
]
const TITLE = 'Old client'

/** A client that has never heard of tags: it writes songs' themes, and expects to read what it wrote. */
export class OldClient {
  readonly #database: TestDatabase
  readonly #client: SupabaseClient<Database>
  readonly #written = new Map<string, Themes>()
  #turn = 0

  /** @param client signed in */
  constructor(database: TestDatabase, client: SupabaseClient<Database>) {
    this.#database = database
    this.#client = client
  }

  /** @returns the new song's id */
  async insert(): Promise<string> {
    const themes = this.#next()
    const { data, error } = await this.#client
      .from('songs')
      .insert({ title: `${TITLE} ${this.#turn}`, themes: asTyped(themes) })
      .select('id')
      .single()
    if (error !== null) throw new Error(error.message, { cause: error })
    this.#written.set(data.id, themes)
    return data.id
  }

  async edit(song: string): Promise<void> {
    const themes = this.#next()
    const { error } = await this.#client
      .from('songs')
      .update({ themes: asTyped(themes) })
      .eq('id', song)
    if (error !== null) throw new Error(error.message, { cause: error })
    this.#written.set(song, themes)
  }

  /** Another one at each turn. */
  get oneOfItsSongs(): string {
    const songs = [...this.#written.keys()]
    return songs[(this.#turn * 7) % songs.length] ?? ''
  }

  /** What it wrote and does not read. */
  async differences(): Promise<string[]> {
    const { data, error } = await this.#client.from('songs').select('id, themes').like('title', `${TITLE}%`)
    if (error !== null) throw new Error(error.message, { cause: error })
    const read = new Map(data.map((song) => [song.id, JSON.stringify(song.themes)]))
    return [...this.#written].flatMap(([song, themes]) => {
      const found = read.get(song)
      return found === JSON.stringify(themes) ? [] : [`${JSON.stringify(themes)} reads ${found}`]
    })
  }

  /** Everybody else's songs: the answer's own text. */
  async readOthers(): Promise<string> {
    const { apiUrl, publishableKey } = this.#database
    const address = `${apiUrl}/rest/v1/songs?select=*&title=not.like.${TITLE}*&order=created_at,id`
    const response = await this.#database.fetch(address, { headers: { apikey: publishableKey } })
    if (!response.ok) throw new Error(await response.text())
    return response.text()
  }

  #next(): Themes {
    this.#turn += 1
    return WRITINGS[this.#turn % WRITINGS.length] ?? null
  }
}

/** The generated types do not know that an element may be null. */
const asTyped = (themes: Themes) => themes as string[] | null
