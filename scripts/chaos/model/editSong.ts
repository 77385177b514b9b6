import type { ModelTags } from './modelTags.ts'
import type { ModelSong, ModelState, Themes } from './types.ts'

/** The tags that the song shows: what its themes yield and what people added, merged ones as what they became. */
export function linksOf(song: ModelSong, tags: ModelTags): Set<string> {
  if (song.state === null) return tags.roots(song.links)
  return tags.roots([...song.state.yields.flat(), ...song.state.extra])
}

/**
 * What a batch makes of a song that it finds. Tags keep their own names under their roots, so that a merge that came
 * before can be undone after.
 */
export function digest(song: ModelSong, tags: ModelTags): ModelSong {
  const yields = (song.themes ?? []).map((raw) => tags.resolve(raw))
  const made = new Set(yields.flat())
  return {
    ...song,
    links: new Set(),
    state: { yields, extra: new Set([...song.links].filter((id) => !made.has(id))) },
    before: {
      themes: song.themes,
      tags: song.links,
      linked: new Set([...made].filter((id) => !song.links.has(id))),
    },
  }
}

/** A song that was added while a run is on: in step at once. */
export function born(id: string, themes: Themes, tags: ModelTags): ModelSong {
  const yields = (themes ?? []).map((raw) => tags.resolve(raw))
  return { id, themes, links: new Set(), state: { yields, extra: new Set() }, isBorn: true, before: null }
}

/** An old client writes the array: the k-th equal theme keeps its tags, the others are resolved. */
export function writeThemes(song: ModelSong, themes: Themes, tags: ModelTags): ModelSong {
  if (song.state === null) return { ...song, themes }
  const old = occurrences(song.themes, song.state)
  const seen = new Map<string, number>()
  const yields = (themes ?? []).map((raw) => {
    if (raw === null) return []
    const nth = seen.get(raw) ?? 0
    seen.set(raw, nth + 1)
    const kept = old.get(raw)
    // Also one occurrence more than before means what the song's own ones mean.
    return kept?.[nth] ?? kept?.[0] ?? tags.resolve(raw)
  })
  return { ...song, themes, state: { ...song.state, yields } }
}

/** A new client tags: the current name is appended, unless the tag is there. */
export function tagSong(song: ModelSong, names: readonly string[], tags: ModelTags): ModelSong {
  return names.reduce((tagged, name) => addTag(tagged, tags.root(tags.ensure(name).id), tags), song)
}

function addTag(song: ModelSong, tag: string, tags: ModelTags): ModelSong {
  if (linksOf(song, tags).has(tag)) return song
  const themes = [...(song.themes ?? []), tags.nameOf(tag)]
  if (song.state === null) return { ...song, themes, links: new Set([...song.links, tag]) }
  return { ...song, themes, state: { ...song.state, yields: [...song.state.yields, [tag]] } }
}

/** A new client untags: what yields only this goes, a compound leaves its other parts. */
export function untagSong(song: ModelSong, names: readonly string[], tags: ModelTags): ModelSong {
  return names.reduce((left, name) => removeTag(left, tags.root(tags.named(name).id), tags), song)
}

function removeTag(song: ModelSong, tag: string, tags: ModelTags): ModelSong {
  if (!linksOf(song, tags).has(tag)) return song
  const isIt = (id: string) => tags.root(id) === tag
  // Out of step the themes mean what the batch will say that they mean.
  const yields = song.state?.yields ?? (song.themes ?? []).map((raw) => tags.resolve(raw))
  const left = yields.flatMap((parts, place) => {
    if (!parts.some(isIt)) return [{ raw: song.themes?.[place] ?? null, parts }]
    return parts.filter((part) => !isIt(part)).map((part) => ({ raw: tags.nameOf(part), parts: [part] }))
  })
  const without = (ids: ReadonlySet<string>) => new Set([...ids].filter((id) => !isIt(id)))
  return {
    ...song,
    themes: song.themes === null ? null : left.map(({ raw }) => raw),
    links: without(song.links),
    state: song.state && { yields: left.map(({ parts }) => parts), extra: without(song.state.extra) },
  }
}

function occurrences(themes: Themes, { yields }: ModelState): Map<string, (readonly string[])[]> {
  const found = new Map<string, (readonly string[])[]>()
  for (const [place, raw] of (themes ?? []).entries()) {
    if (raw === null) continue
    found.set(raw, [...(found.get(raw) ?? []), yields[place] ?? []])
  }
  return found
}
