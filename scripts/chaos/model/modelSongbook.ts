import { born, digest, linksOf, tagSong, untagSong, writeThemes } from './editSong.ts'
import { ModelTags } from './modelTags.ts'
import { type RollbackForm, takenBack } from './takeBack.ts'
import type { LoggedEdit, ModelSong, Themes, Vocabulary } from './types.ts'

/** A song as it was before anything began. */
export interface FirstSong {
  id: string
  themes: Themes
  tags: readonly string[]
}

/** What a song must look like: its themes, and its tags by name. */
export interface ExpectedSong {
  themes: Themes
  tags: readonly string[]
}

/**
 * What every song must have, replayed from the writers' log by the table of edits. It shares no code with the engine and
 * none with the normalizer: what a theme means comes from the vocabulary that the run was made from.
 */
export class ModelSongbook {
  readonly tags: ModelTags
  readonly #songs = new Map<string, ModelSong>()

  constructor(vocabulary: Vocabulary, songs: readonly FirstSong[]) {
    this.tags = new ModelTags(vocabulary)
    for (const { id, themes, tags } of songs) {
      const links = new Set(tags.map((name) => this.tags.named(name).id))
      this.#songs.set(id, { ...unborn({ song: id, themes }), links })
    }
  }

  get songs(): readonly ModelSong[] {
    return [...this.#songs.values()]
  }

  expected(): Map<string, ExpectedSong> {
    return new Map(
      this.songs.map((song) => {
        const tags = [...linksOf(song, this.tags)].map((id) => this.tags.nameOf(id)).sort()
        return [song.id, { themes: song.themes, tags }]
      }),
    )
  }

  replay(log: readonly LoggedEdit[]): void {
    for (const logged of log) {
      // The batch came between this edit and the one before it.
      if ('song' in logged.edit && logged.isSynced) this.#migrate(logged.edit.song)
      this.migrateThese(logged.inStep)
      this.#apply(logged)
    }
  }

  /** Batches came to these since the last edit. */
  migrateThese(ids: Iterable<string>): void {
    for (const id of ids) this.#migrate(id)
  }

  /** The run has ended: whatever no edit told to be migrated has been migrated since. */
  migrateRest(): void {
    this.migrateThese(this.#songs.keys())
  }

  /** The run was taken back while people wrote: a song that an edit found out of step had been taken back before. */
  replayBack(log: readonly LoggedEdit[], form: RollbackForm): void {
    for (const logged of log) {
      if ('song' in logged.edit && !logged.isSynced) this.#takeBack(logged.edit.song, form)
      this.#apply(logged)
    }
    for (const id of this.#songs.keys()) this.#takeBack(id, form)
  }

  /** These were taken back and nobody wrote meanwhile. */
  takeBackThese(ids: readonly string[]): void {
    for (const id of ids) this.#takeBack(id, 'default')
  }

  #takeBack(id: string, form: RollbackForm): void {
    const song = this.#songs.get(id)
    if (song?.state) this.#songs.set(id, takenBack(song, form))
  }

  #migrate(id: string): void {
    const song = this.#songs.get(id)
    if (song?.state === null) this.#songs.set(id, digest(song, this.tags))
  }

  #apply({ edit, isSynced }: LoggedEdit): void {
    switch (edit.kind) {
      case 'insert':
        this.#songs.set(edit.song, isSynced ? born(edit.song, edit.themes, this.tags) : unborn(edit))
        break
      case 'write-themes':
        this.#change(edit.song, (song) => writeThemes(song, edit.themes, this.tags))
        break
      case 'tag':
        this.#change(edit.song, (song) => tagSong(song, edit.tags, this.tags))
        break
      case 'untag':
        this.#change(edit.song, (song) => untagSong(song, edit.tags, this.tags))
        break
      case 'delete':
        this.#songs.delete(edit.song)
        break
      case 'rename':
        this.tags.rename(edit.tag, edit.name)
        break
      case 'merge':
        this.tags.merge(edit.from, edit.into)
        break
      case 'unmerge':
        this.tags.unmerge(edit.tag)
        break
      case 'ban':
        this.tags.ban(edit.tag, edit.isBanned)
        break
    }
  }

  #change(id: string, change: (song: ModelSong) => ModelSong): void {
    const song = this.#songs.get(id)
    if (song === undefined) throw new Error(`The log edits song ${id}, which is not there.`)
    this.#songs.set(id, change(song))
  }
}

function unborn({ song, themes }: { song: string; themes: Themes }): ModelSong {
  return { id: song, themes, links: new Set(), state: null, isBorn: false, before: null }
}
