import type { Sql } from 'postgres'
import { HYMNS } from '../../seed/hymns.ts'
import { SeededRandom } from '../../seed/seededRandom.ts'
import { fillCatalog } from '../typing/fillCatalog.ts'

const CHUNK = 1000
const WORDS = 12_000
const LINES = 20_000
const KEYS = ['C', 'D', 'Eb', 'E', 'F', 'G', 'Ab', 'A', 'Bb', 'Am', 'Dm', 'Em', 'F#m', 'Gm']
const SYLLABLES = 'la me ri to su na ve do gra lo shi ber an el mor thi fa ce jo ha lu ter wan sol'.split(' ')

/**
 * Fills an empty songbook: so many tags, so many songs with 3 to 5 of them each, lyrics of some 150 words and one or two
 * arrangements. Words and tags are used as unevenly as people use them; the same every time. What filling owes is paid before
 * this ends: otherwise a checkpoint and vacuums would run beside the searches that are measured.
 * @param sql as the superuser: nobody else may order a checkpoint
 */
export async function fillSongbook(
  sql: Sql,
  { songs, tags }: { songs: number; tags: number },
): Promise<void> {
  await fillCatalog(sql, tags)
  // From the first place on: sets would have empty stretches for each song that was ever there.
  await sql`truncate public.songs restart identity cascade`
  const random = new SeededRandom('search benchmark')
  const tagIds = (
    await sql<{ id: string }[]>`select t.id::text from public.tags as t order by md5(t.name) limit ${tags}`
  ).map((row) => row.id)
  const write = songWriter(random)
  for (let from = 0; from < songs; from += CHUNK) {
    const rows = Array.from({ length: Math.min(CHUNK, songs - from) }, () => ({
      id: random.uuid(),
      ...write(),
      tags: someTags(tagIds, random),
      arrangements: Array.from({ length: random.chance(0.4) ? 2 : 1 }, () => ({
        key: random.pick(KEYS),
        tempo: 56 + random.below(97),
        difficulty: 1 + random.below(5),
      })),
    }))
    await sql.begin(async (batch) => {
      // As the migration writes: whatever follows a person's edit is not what is measured.
      await batch`select set_config('tag_migration.engine', 'on', true)`
      await batch`
        insert into public.songs (id, title, artist, lyrics, created_at)
        select r.id, r.title, r.artist, r.lyrics, r.created_at
        from jsonb_to_recordset(${batch.json(rows)}) as r (id uuid, title text, artist text, lyrics text, created_at timestamptz)`
      await batch`
        insert into public.arrangements (song_id, name, key, tempo, difficulty)
        select r.id, 'Standard', a.key, a.tempo, a.difficulty
        from jsonb_to_recordset(${batch.json(rows)}) as r (id uuid, arrangements jsonb)
        cross join lateral jsonb_to_recordset(r.arrangements) as a (key text, tempo smallint, difficulty smallint)`
      await batch`
        insert into public.song_tags (song_id, tag_id)
        select r.id, t.id::uuid from jsonb_to_recordset(${batch.json(rows)}) as r (id uuid, tags jsonb)
        cross join lateral jsonb_array_elements_text(r.tags) as t (id)`
    })
  }
  await sql`
    update public.tags as t set usage_count = coalesce(u.songs, 0)
    from public.tags as o left join (
      select l.tag_id, count(*) as songs from public.song_tags as l group by l.tag_id
    ) as u on u.tag_id = o.id
    where t.id = o.id`
  // All of them at once, as the migration does with songs that were there before it.
  await sql`
    select song_search.fold_stretch(s.stretch, ~ song_search.none())
    from (select distinct k.n / 8192 as stretch from song_search.song as k) as s`
  await sql`truncate song_search.changed`
  await sql`vacuum analyze`
  await sql`checkpoint`
}

function songWriter(random: SeededRandom) {
  const english = lineWriter('en', random)
  const others = lineWriter('other', random)
  return () => {
    const hymn = random.pick(HYMNS)
    const lines = random.chance(0.85) ? english : others
    return {
      title: random.chance(0.3) ? hymn.title : random.pick(lines).split(' ').slice(0, 4).join(' '),
      artist: random.chance(0.15) ? null : hymn.artist,
      lyrics: Array.from({ length: 16 + random.below(10) }, () => random.pick(lines)).join('\n'),
      created_at: new Date(Date.UTC(2014, 0, 1) + random.below(10 * 365 * 86_400) * 1000).toISOString(),
    }
  }
}

/** Lines to make songs of. The words of hymns are the frequent ones. */
function lineWriter(language: 'en' | 'other', random: SeededRandom): string[] {
  const hymns = HYMNS.filter((hymn) => (hymn.language === 'en') === (language === 'en'))
  const words = [...new Set(hymns.flatMap(({ title }) => title.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []))]
  while (words.length < WORDS)
    words.push(Array.from({ length: 2 + random.below(3) }, () => random.pick(SYLLABLES)).join(''))
  const word = () => words[Math.floor(words.length ** random.float()) - 1] ?? 'the'
  return Array.from({ length: LINES }, () => Array.from({ length: 5 + random.below(5) }, word).join(' '))
}

function someTags(tags: readonly string[], random: SeededRandom): string[] {
  const some = new Set<string>()
  const count = 3 + random.below(3)
  while (some.size < count) some.add(tags[Math.floor(tags.length ** random.float()) - 1] ?? '')
  return [...some].filter((id) => id !== '')
}
