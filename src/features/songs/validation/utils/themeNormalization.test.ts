import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldName } from '../../../../lib/folding.ts'
import { standardThemes } from '../constants/themes.ts'
import {
  type KnownTag,
  type NormalizedTheme,
  type NormalizeOptions,
  normalizeThemes,
} from './themeNormalization.ts'

/** One song a theme, or as many as said. */
type Written = string | [rawTheme: string, songs: number]

function normalize(themes: readonly Written[], options: Partial<NormalizeOptions> = {}): NormalizedTheme[] {
  const counts = themes.map((theme) => (typeof theme === 'string' ? ([theme, 1] as const) : theme))
  return normalizeThemes(
    counts.map(([rawTheme, songs]) => ({ rawTheme, songs })),
    { fuzzy: 'review', ...options },
  )
}

function normalizeOne(rawTheme: string, options: Partial<NormalizeOptions> = {}): NormalizedTheme {
  const [answer] = normalize([rawTheme], options)
  if (!answer) throw new Error('One theme must have one answer.')
  return answer
}

function known(name: string, rest: Partial<KnownTag> = {}): KnownTag {
  return { name, category: 'theme', synonyms: [], standard: false, ...rest }
}

/** The one tag that several themes become. */
function commonTag(themes: readonly Written[], options: Partial<NormalizeOptions> = {}): string | null {
  const tags = new Set(normalize(themes, options).map(({ tag }) => tag))
  expect([...tags]).toHaveLength(1)
  return [...tags][0] ?? null
}

describe('canonical', () => {
  test('is the name itself but for case, blanks, accents and punctuation', () => {
    for (const raw of [
      'Christmas',
      ' christmas ',
      'CHRISTMAS!',
      'Chrístmas',
      'Ｃhristmas',
      '"Christmas"',
      'Christ\u00admas',
    ]) {
      expect(normalizeOne(raw)).toMatchObject({
        disposition: 'canonical',
        tag: 'Christmas',
        category: 'occasion',
        confidence: 1,
      })
    }
    expect(normalizeOne('Christmas').reason).toBe('is the tag Christmas')
    expect(normalizeOne('CHRISTMAS').reason).toBe('same as Christmas')
  })
})

describe('variation', () => {
  test.each([
    ['Xmas', 'Christmas', 'another word for Christmas'],
    ['Hymns', 'Hymn', 'plural of Hymn'],
    ['angel', 'Angels', 'singular of Angels'],
    ['P&W', 'Praise and Worship', 'abbreviation of Praise and Worship'],
    ['BVM', 'Ave Maria', 'abbreviation of Ave Maria'],
    ['chrismas', 'Christmas', 'misspelling of Christmas'],
    ['GoodFriday', 'Good Friday', 'same as Good Friday but for separators'],
    ['Christmas Carols', 'Christmas', 'same as Christmas Carol, which is Christmas'],
    ['Praise/Worship', 'Praise and Worship', 'another word for Praise and Worship'],
    ['#easter', 'Easter', 'same as Easter but for symbols'],
    ['Christmas 🎄🎄', 'Christmas', 'same as Christmas but for symbols'],
    ["Lord's Supper / Eucharist", 'Communion', 'every part is Communion'],
  ])('%j is %s: %s', (raw, tag, reason) => {
    expect(normalizeOne(raw)).toMatchObject({
      disposition: 'variation',
      tag,
      reason,
      proposal: null,
      accept: false,
    })
  })

  test('a long text that folds to a variation is that variation', () => {
    expect(normalizeOne(`xmas${'!'.repeat(60)}`)).toMatchObject({
      disposition: 'variation',
      tag: 'Christmas',
    })
  })
})

describe('liturgical sense', () => {
  test.each([
    ['Advent', 'Advent'],
    ['Lent', 'Lent'],
    ['Mercy', 'Mercy'],
    ['Grace', 'Grace'],
    ['Good Friday', 'Good Friday'],
    ['Epiphany', 'Epiphany'],
    ['Lamb of God', 'Lamb of God'],
    ['Gracias', 'Gracias'],
    ['Trinidad', 'Trinidad'],
  ])('%s stays %s', (raw, tag) => {
    expect(normalizeOne(raw).tag).toBe(tag)
  })

  test('every standard name and variation is its own tag', () => {
    const tags = new Map(
      standardThemes.flatMap(({ name, variations }) =>
        [name, ...variations].map((spelling) => [spelling, name]),
      ),
    )
    const answers = normalize([...tags.keys()])
    expect(answers.filter(({ rawTheme, tag }) => tag !== tags.get(rawTheme))).toEqual([])
  })
})

describe('known tags', () => {
  test('win over the vocabulary, with their own spelling', () => {
    const knownTags = [
      known('Xmas', { category: 'mood' }),
      known('christmas', { standard: true, category: 'theme' }),
    ]
    expect(normalizeOne('XMAS', { knownTags })).toMatchObject({
      disposition: 'canonical',
      tag: 'Xmas',
      category: 'mood',
    })
    expect(normalizeOne('Christmas', { knownTags })).toMatchObject({ tag: 'christmas', category: 'theme' })
    expect(normalizeOne('noel', { knownTags })).toMatchObject({ disposition: 'variation', tag: 'christmas' })
  })

  test('a renamed standard tag keeps the vocabulary’s variations', () => {
    const knownTags = [
      known('Nativity Season', { standard: true, category: 'occasion', synonyms: ['Christmas'] }),
    ]
    for (const raw of ['Christmas', 'xmas', 'Weihnachten']) {
      expect(normalizeOne(raw, { knownTags })).toMatchObject({
        disposition: 'variation',
        tag: 'Nativity Season',
      })
    }
  })

  test('are met by synonym, plural and separator', () => {
    const knownTags = [known('Hip-Hop', { synonyms: ['Rap'] })]
    expect(normalizeOne('rap', { knownTags })).toMatchObject({ disposition: 'variation', tag: 'Hip-Hop' })
    expect(normalizeOne('hiphops', { knownTags })).toMatchObject({ disposition: 'variation', tag: 'Hip-Hop' })
    expect(normalizeOne('hip hop', { knownTags })).toMatchObject({ disposition: 'canonical', tag: 'Hip-Hop' })
  })

  test('with blank names or names of no use are passed over', () => {
    expect(normalizeOne('Joy', { knownTags: [known(' ')] }).tag).toBe('Joy')
  })
})

describe('custom', () => {
  test('groups case, accents, separators and plurals into one tag', () => {
    expect(commonTag(['hip-hop', ['hip hop', 5], 'hiphop', 'Hip-Hop', 'HIP HOP'])).toBe('Hip-Hop')
    expect(commonTag(['oldie', ['oldies', 4], 'Oldies'])).toBe('Oldies')
  })

  test('takes the best-written spelling, not the most frequent', () => {
    expect(commonTag([['canciones de nino', 90], ['CANCIONES DE NIÑO', 9], 'Canciones de niño'])).toBe(
      'Canciones de niño',
    )
    expect(commonTag([['SIMPLE GIFTS', 90], ['simple gifts', 20], 'Simple Gifts'])).toBe('Simple Gifts')
    expect(commonTag([['Rend Heavens Veil', 9], "Rend Heaven's Veil"])).toBe("Rend Heaven's Veil")
    expect(commonTag([['  Two   Words ', 9], 'two words'])).toBe('Two Words')
  })

  test('says so, and guesses a category only on a sign', () => {
    expect(normalizeOne('Swung')).toMatchObject({
      disposition: 'custom',
      tag: 'Swung',
      category: 'theme',
      reason: 'new tag; category assumed',
    })
    expect(normalizeOne(' swung ')).toMatchObject({
      tag: 'swung',
      reason: 'new tag, written swung; category assumed',
    })
    expect(normalizeOne('Founders Sunday')).toMatchObject({ category: 'occasion' })
    expect(normalizeOne('Psalm 42')).toMatchObject({ category: 'liturgical' })
    expect(normalizeOne('constructor')).toMatchObject({ category: 'theme' })
  })

  test('keeps what is not the same apart', () => {
    const different = [
      'garbage',
      'garage',
      'italia',
      'italian',
      'madchester',
      'manchester',
      'new',
      'news',
      'C',
      'C++',
      'Psalm 11:9',
      'Psalm 119',
    ]
    const answers = normalize(different, { fuzzy: 'apply' })
    expect(new Set(answers.map(({ tag }) => tag)).size).toBe(different.length)
    expect(answers.filter(({ accept }) => accept)).toEqual([])
  })

  test('symbols that carry meaning are tags, each its own', () => {
    const symbols = ['<3', '♥', '#1', 'C++', '🎄', '🎅', '愛', '👨‍👩‍👧']
    const answers = normalize(symbols)
    expect(answers.map(({ disposition }) => disposition)).toEqual(symbols.map(() => 'custom'))
    expect(new Set(answers.map(({ tag }) => tag))).toEqual(new Set(symbols))
  })
})

describe('blank and too long', () => {
  test.each([
    ['', 'empty'],
    ['   ', 'nothing to be seen'],
    ['\u200b\ufeff', 'nothing to be seen'],
    ['---', 'nothing but dashes and punctuation'],
    ['––––', 'nothing but dashes and punctuation'],
    ['***', 'nothing but dashes and punctuation'],
    ['…?!', 'nothing but dashes and punctuation'],
  ])('%j is blank: %s', (raw, reason) => {
    expect(normalizeOne(raw)).toMatchObject({ disposition: 'blank', tag: null, category: null, reason })
  })

  test('50 code points fit, 51 do not; padding does not count', () => {
    expect(normalizeOne(`  ${'é'.repeat(50)}  `)).toMatchObject({
      disposition: 'custom',
      tag: 'é'.repeat(50),
    })
    expect(normalizeOne('🎄'.repeat(50)).disposition).toBe('custom')
    expect(normalizeOne('e\u0301'.repeat(50)).disposition).toBe('custom')
    expect(normalizeOne('a'.repeat(51))).toMatchObject({
      disposition: 'too-long',
      tag: null,
      reason: '51 characters, 50 at most',
    })
  })

  test('a sentence of 120 characters is too long, even as a compound', () => {
    expect(normalizeOne('this song; '.repeat(11)).disposition).toBe('too-long')
  })
})

describe('split', () => {
  test.each([
    ['Grace/Mercy', ['Grace', 'Mercy']],
    ['praise; joy', ['Praise', 'Joy']],
    ['PRAYER: healing', ['Prayer', 'Healing']],
    ['Faith & Hope', ['Faith', 'Hope']],
    ['Faith, Hope, Charity', ['Faith', 'Hope', 'Love for Others']],
    ['Faith and Hope', ['Faith', 'Hope']],
    ['Advent — Christmas', ['Advent', 'Christmas']],
    ['Advent – Christmas', ['Advent', 'Christmas']],
    ['Advent - Christmas', ['Advent', 'Christmas']],
    ['Joy & Laughter', ['Joy', 'Laughter']],
    ['Xmas|Easter|Xmas', ['Christmas', 'Easter']],
    ['奉献/赞美', ['奉献', '赞美']],
  ])('%j may be %j', (raw, proposal) => {
    expect(normalizeOne(raw)).toMatchObject({ disposition: 'split', tag: raw, proposal, accept: false })
  })

  test.each([
    'AC/DC',
    '24/7',
    'Psalm 23:1',
    'Father Abraham, Many Sons',
    'Rock and Roll',
    'https://example.org/song',
    'well-being',
    'Sun & Moon',
    'w/o',
  ])('%j is one name', (raw) => {
    expect(normalizeOne(raw)).toMatchObject({ disposition: 'custom', proposal: null })
  })

  test('is never accepted, even when misspellings are', () => {
    expect(normalizeOne('Grace/Mercy', { fuzzy: 'apply' }).accept).toBe(false)
  })

  test('weak separators need parts that somebody uses alone', () => {
    const answers = normalize(['Sun & Moon', 'sun', 'Moon'])
    expect(answers.find(({ rawTheme }) => rawTheme === 'Sun & Moon')).toMatchObject({
      proposal: ['sun', 'Moon'],
    })
  })

  test('what somebody writes as one name stays one', () => {
    expect(normalize(['hip - hop', 'hip-hop']).map(({ disposition }) => disposition)).toEqual([
      'custom',
      'custom',
    ])
    expect(
      normalize(['Sun & Moon', 'Sun and Moon', 'sun', 'moon']).every(({ proposal }) => proposal === null),
    ).toBe(true)
  })

  test('parts take the spelling of the tag that they are', () => {
    const answers = normalize(['swung;GROOVY', ['Swung', 3], 'x/Groovy Tune'], {
      knownTags: [known('Groovy')],
    })
    expect(answers.find(({ rawTheme }) => rawTheme === 'swung;GROOVY')).toMatchObject({
      proposal: ['Swung', 'Groovy'],
    })
  })

  test('the same new tag twice is no compound', () => {
    expect(normalizeOne('swung / Swung')).toMatchObject({ disposition: 'custom', proposal: null })
  })
})

describe('fuzzy', () => {
  test.each([
    ['Thanksgivng', 'Thanksgiving'],
    ['Thanksgivign', 'Thanksgiving'],
    ['Chrismaas', 'Christmas'],
    ['Chrstmas', 'Christmas'],
    ['Resurrecion', 'Resurrection'],
    ['Resurectoin', 'Resurrection'],
    ['Worhsip', 'Worship'],
    ['Wroship', 'Worship'],
    ['Forgiveniss', 'Forgiveness'],
    ['Forgivenes', 'Forgiveness'],
    ['Pentecoste', 'Pentecost'],
    ['Penticost', 'Pentecost'],
    ['Epihpany', 'Epiphany'],
    ['Comunnion', 'Communion'],
    ['Reconcilliaton', 'Reconciliation'],
    ['Repentence', 'Repentance'],
    ['Sanctificacion', 'Sanctification'],
    ['Hallelujha', 'Alleluia'],
    ['Maundy Thrusday', 'Maundy Thursday'],
    ['Good Frieday', 'Good Friday'],
    ['Transfigeration', 'Transfiguration'],
    ['Benedicktion', 'Benediction'],
    ['Doxolygy', 'Doxology'],
    ['Discipelship', 'Discipleship'],
  ])('%s probably means %s', (raw, meant) => {
    const answer = normalizeOne(raw)
    // Common misspellings are listed, and so known for certain.
    if (answer.disposition === 'variation') expect(answer.tag).toBe(meant)
    else expect(answer).toMatchObject({ disposition: 'fuzzy', tag: raw, proposal: [meant], accept: false })
  })

  test.each([
    'Lend',
    'Lint',
    'Grave',
    'Graze',
    'Merry',
    'Mercury',
    'Hymen',
    'Prose',
    'Phrase',
    'Advert',
    'Adverb',
    'Event',
    'Eastern',
    'Ester',
    'Haven',
    'Heathen',
    'Mourning song',
    'Warship',
    'Saver',
    'Savour',
    'Cavalry',
    'Incantation',
    'Carnation',
    'Coronation',
    'Cremation',
    'Recreation',
    'Communism',
    'Common',
    'Baptist',
    'Evangelist',
    'Trinidad',
    'Reference',
    'Revolution',
    'Elevation',
    'Procreation',
    'Imitation',
    'Insurrection',
    'Salivation',
    'Starvation',
    'Admiration',
    'Adaption',
    'Conservation',
    'Concentration',
    'Constellation',
    'Confirmed',
    'Comparison',
    'Conference',
    'Concession',
    'Profession',
    'Professional',
    'Recreational',
    'Carriage',
    'Weeding',
    'Welding',
    'Fashion',
    'Pension',
    'Emission',
    'Persuasion',
    'Prosecution',
    'Humidity',
    'Loneliness',
    'Homeliness',
    'Loveliness',
    'External',
    'Internal',
    'Fraternity',
    'Maternity',
    'Wander',
    'Window',
    'Wading',
    'Spending',
    'Bending',
    'Clothing',
    'Failing',
    'Falling',
    'Culling',
    'Heating',
    'Hearing',
    'Angle',
    'Angles',
    'Premise',
    'Compromise',
    'Malediction',
    'Valediction',
    'Pronunciation',
    'Enunciation',
    'Consumption',
    'Presumption',
    'Anther',
    'Gossip',
    'Creature',
    'Curator',
    'Notion',
    'Ration',
    'Station',
    'Lounge',
    'Lovely',
    'Protest',
    'Algeria',
    'Registration',
    'Arrival',
    'Removal',
    'Dishonour',
    'Judges',
    'Vacation',
    'Location',
    'Reincarnation',
    'Serpent',
    'Parasite',
    'Province',
    'Irreverent',
    'Sprint',
    'Script',
    'Farther',
    'Feather',
  ])('%s is not taken for anything else', (raw) => {
    expect(normalizeOne(raw)).toMatchObject({ proposal: null, tag: raw })
  })

  test.each([
    ['garbage', 'garage'],
    ['madchester', 'manchester'],
    ['italian', 'italia'],
    ['progressive house', 'progressive horse'],
    ['germanic', 'germanics folk'],
  ])('%s is not taken for the far more common %s', (rare, common) => {
    const answers = normalize([rare, [common, 500]], { fuzzy: 'apply', knownTags: [] })
    expect(answers.every(({ proposal }) => proposal === null)).toBe(true)
    const asKnown = normalize([rare], { fuzzy: 'apply', knownTags: [known(common)] })
    expect(asKnown.every(({ proposal }) => proposal === null)).toBe(true)
  })

  test('is proposed for a custom tag that is far better attested', () => {
    const find = (themes: Written[]) => normalize(themes).find(({ rawTheme }) => rawTheme === 'Contemporray')
    expect(find(['Contemporray', ['Contemporary', 20]])).toMatchObject({
      disposition: 'fuzzy',
      proposal: ['Contemporary'],
      reason: '1 letter from Contemporary, which 20 songs have',
    })
    expect(
      find([
        ['Contemporray', 3],
        ['Contemporary', 20],
      ]),
    ).toMatchObject({ disposition: 'custom' })
    expect(find(['Contemporray', ['Contemporary', 4]])).toMatchObject({ disposition: 'custom' })
    expect(find(['Contemporray', 'Contemporray Hits', ['Contemporary', 20]])).toMatchObject({
      disposition: 'custom',
    })
  })

  test('never leads to a tag that is itself misspelt', () => {
    const answers = normalize([['Thanksgivng', 100], 'Thanksgvng'])
    expect(answers.find(({ rawTheme }) => rawTheme === 'Thanksgvng')?.proposal).not.toEqual(['Thanksgivng'])
  })

  test('proposes nothing when two tags are equally near', () => {
    const knownTags = [
      known('Barington Hall', { standard: true }),
      known('Barangton Hall', { standard: true }),
    ]
    expect(normalizeOne('Barengton Hall', { knownTags })).toMatchObject({ disposition: 'custom' })
  })

  test('prefers the nearer of two tags', () => {
    const knownTags = [
      known('Barrington Hall', { standard: true }),
      known('Barengtan Hall', { standard: true }),
    ]
    expect(normalizeOne('Barengton Hall', { knownTags })).toMatchObject({ proposal: ['Barengtan Hall'] })
  })

  test('off proposes nothing, apply accepts with the category of what is proposed', () => {
    expect(normalizeOne('Wroship', { fuzzy: 'off' })).toMatchObject({ disposition: 'custom', proposal: null })
    expect(normalizeOne('Christmsa Eve', { fuzzy: 'apply' })).toMatchObject({
      disposition: 'fuzzy',
      tag: 'Christmsa Eve',
      proposal: ['Christmas Eve'],
      category: 'occasion',
      accept: true,
    })
    expect(normalizeOne('Christmsa Eve')).toMatchObject({ category: 'theme', accept: false })
  })
})

describe('as a whole', () => {
  test('one answer a distinct theme, songs added up, in code-unit order', () => {
    const answers = normalize([['b theme', 2], 'A theme', ['b theme', 3]])
    expect(answers.map(({ rawTheme, songs }) => [rawTheme, songs])).toEqual([
      ['A theme', 1],
      ['b theme', 5],
    ])
  })

  const fragment = fc.oneof(
    fc.constantFrom(...standardThemes.flatMap(({ name, variations }) => [name, ...variations])),
    fc.constantFrom(
      'hip-hop',
      'hip hop',
      'hiphop',
      'Öl',
      'O\u0308l',
      'x',
      'Contemporary',
      'swung',
      '---',
      '♥',
      '\ud800',
      '\0',
      '\u202e',
    ),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.string({ unit: 'binary', maxLength: 8 }),
  )
  const theme = fc.oneof(
    fragment,
    fc
      .tuple(fragment, fc.constantFrom('/', '; ', ': ', ' & ', ', ', ' — ', ' ', '-', '\u200b'), fragment)
      .map((parts) => parts.join('')),
    fragment.map((text) => text.toUpperCase()),
    fragment.map((text) => ` ${text.normalize('NFD')}s`),
    fc.tuple(fragment, fc.nat(8)).map(([text, at]) => text.slice(0, at) + text.slice(at + 1)),
  )
  const counts = fc.array(fc.record({ rawTheme: theme, songs: fc.nat(40) }), { maxLength: 40 })
  const knownTags = fc
    .uniqueArray(fragment, { selector: foldName, maxLength: 6 })
    .map((names) => names.filter((name) => foldName(name) !== '').map((name) => known(name)))
  const fuzzy = fc.constantFrom('off' as const, 'review' as const, 'apply' as const)

  test('names that fold alike are one name, spelt as the database spells it', () => {
    fc.assert(
      fc.property(counts, knownTags, fuzzy, (themes, tags, mode) => {
        const spellings = new Map(tags.map(({ name }) => [foldName(name), name]))
        for (const { tag, proposal } of normalizeThemes(themes, { knownTags: tags, fuzzy: mode })) {
          for (const name of [...(tag === null ? [] : [tag]), ...(proposal ?? [])]) {
            const key = foldName(name)
            expect(spellings.get(key) ?? name).toBe(name)
            spellings.set(key, name)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  test('every name fits the database', () => {
    fc.assert(
      fc.property(counts, fuzzy, (themes, mode) => {
        for (const { tag, proposal } of normalizeThemes(themes, { fuzzy: mode })) {
          for (const name of [...(tag === null ? [] : [tag]), ...(proposal ?? [])]) {
            expect(Array.from(name).length).toBeLessThanOrEqual(50)
            expect(foldName(name)).not.toBe('')
            expect(name).toBe(name.trim())
            expect(name).not.toMatch(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]| {2}/u)
            expect(name.isWellFormed()).toBe(true)
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  test('what it answers hangs together', () => {
    fc.assert(
      fc.property(counts, fuzzy, (themes, mode) => {
        for (const { disposition, tag, category, proposal, accept, confidence, reason } of normalizeThemes(
          themes,
          { fuzzy: mode },
        )) {
          const nothing = disposition === 'blank' || disposition === 'too-long'
          expect(tag === null).toBe(nothing)
          expect(category === null).toBe(nothing)
          const proposed = proposal?.length ?? 0
          expect(
            disposition === 'fuzzy'
              ? proposed === 1
              : disposition === 'split'
                ? proposed > 1
                : proposed === 0,
          ).toBe(true)
          expect(new Set(proposal ?? []).size).toBe(proposed)
          expect(accept).toBe(disposition === 'fuzzy' && mode === 'apply')
          expect(confidence).toBeGreaterThan(0)
          expect(confidence).toBeLessThanOrEqual(1)
          expect(reason).not.toBe('')
        }
      }),
      { numRuns: 300 },
    )
  })

  test('the order of the input does not matter', () => {
    const shuffled = counts.chain((themes) =>
      fc.tuple(fc.constant(themes), fc.shuffledSubarray(themes, { minLength: themes.length })),
    )
    fc.assert(
      fc.property(shuffled, ([themes, other]) => {
        expect(normalizeThemes(other, { fuzzy: 'review' })).toEqual(
          normalizeThemes(themes, { fuzzy: 'review' }),
        )
      }),
      { numRuns: 100 },
    )
  })

  test('a theme by its tag’s name gets the same tag', () => {
    fc.assert(
      fc.property(counts, (themes) => {
        const answers = normalizeThemes(themes, { fuzzy: 'off' })
        const tags = answers.flatMap(({ tag, category }) =>
          tag === null || category === null ? [] : [known(tag, { category })],
        )
        const unique = [...new Map(tags.map((tag) => [tag.name, tag])).values()]
        const again = normalizeThemes(themes, { fuzzy: 'off', knownTags: unique })
        expect(again.map(({ tag }) => tag)).toEqual(answers.map(({ tag }) => tag))
      }),
      { numRuns: 100 },
    )
  })
})

test('a text in the place of a theme is too long, whatever it begins with, and is not read', () => {
  const texts = ['é\u0301 '.repeat(300_000), `Grace${'\u200b'.repeat(2000)}`]
  const answers = normalizeThemes(
    texts.map((rawTheme) => ({ rawTheme, songs: 1 })),
    { fuzzy: 'review' },
  )
  expect(answers.map(({ disposition, tag }) => ({ disposition, tag }))).toEqual([
    { disposition: 'too-long', tag: null },
    { disposition: 'too-long', tag: null },
  ])
})
