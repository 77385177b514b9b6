import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { catalogTag as tag } from '../../../../scripts/testing/catalogTag.ts'
import { foldName } from '../../../lib/folding.ts'
import { createTagMatcher, createTagMatcherInSlices } from './tagMatcher.ts'
import type { Suggestion } from './types.ts'

const tags = [
  tag('Praise', { isStandard: true, usage: 900 }),
  tag('Praise & Worship', { isStandard: true, usage: 100 }),
  tag('Worship', { isStandard: true, usage: 800, synonyms: ['Anbetung'] }),
  tag('Prayer', { isStandard: true, usage: 500 }),
  tag('Thanksgiving', { isStandard: true, usage: 400, synonyms: ['Thanks', 'Erntedank'] }),
  tag('Christmas', { isStandard: true, usage: 700, synonyms: ['Xmas', 'Weihnachten', 'Рождество'] }),
  tag('Holy Spirit', { isStandard: true, usage: 300, synonyms: ['Ruach'] }),
  tag('Come, Holy Spirit', { usage: 20 }),
  tag('God’s Love', { usage: 50 }),
  tag('Delight', { usage: 40 }),
  tag('Light', { usage: 30 }),
  tag('Straße der Hoffnung', { usage: 5 }),
  tag('Adoración', { usage: 60 }),
  tag('Noël', { usage: 10 }),
  tag('敬拜赞美', { usage: 10 }),
  tag('クリスマス', { usage: 10 }),
  tag('찬양', { usage: 10 }),
  tag('Благодарение', { usage: 10 }),
  tag('Psalm 23', { usage: 90 }),
  tag('Psalm 24', { usage: 10 }),
  tag('Hip-Hop', { usage: 9 }),
]
const matcher = createTagMatcher(tags)

function suggest(query: string, limit = 8): Suggestion[] {
  return matcher.suggest(query, { limit })
}

/** The name, how it matched, and the spelling with what matched in brackets. */
function shown({ tag: { name }, kind, via, highlights }: Suggestion): string {
  let marked = ''
  let end = 0
  for (const [from, to] of highlights) {
    marked += `${(via ?? name).slice(end, from)}[${(via ?? name).slice(from, to)}]`
    end = to
  }
  return `${kind} ${marked}${(via ?? name).slice(end)}`
}

describe('suggest', () => {
  test.each([
    ['praise', 'exact [Praise]'],
    ['PRAISE', 'exact [Praise]'],
    ['pra', 'prefix [Pra]ise'],
    ['spir', 'word-prefix Holy [Spir]it'],
    ['holy sp', 'prefix [Holy Sp]irit'],
    ['ligh', 'prefix [Ligh]t'],
    ['eligh', 'infix D[eligh]t'],
    ['ly spirit', 'infix Ho[ly Spirit]'],
    ['xmas', 'exact [Xmas]'],
    ['weihn', 'prefix [Weihn]achten'],
    ['adoracion', 'exact [Adoración]'],
    ['Adoracio\u0301n', 'exact [Adoración]'],
    ['noe', 'prefix [Noë]l'],
    ['gods', 'prefix [God’s] Love'],
    ["god's l", 'prefix [God’s L]ove'],
    ['strasse', 'prefix [Straße] der Hoffnung'],
    ['stras', 'prefix [Straß]e der Hoffnung'],
    ['praise and', 'prefix [Praise &] Worship'],
    ['praise & w', 'prefix [Praise & W]orship'],
    ['hip hop', 'exact [Hip-Hop]'],
    ['敬拜', 'prefix [敬拜]赞美'],
    ['赞美', 'infix 敬拜[赞美]'],
    ['くりす', 'prefix [クリス]マス'],
    ['차', 'prefix [찬]양'],
    ['찬', 'prefix [찬]양'],
    ['благо', 'prefix [Благо]дарение'],
    ['РОЖДЕСТВО', 'exact [Рождество]'],
    ['spirit holy', 'word-prefix [Holy] [Spirit]'],
    ['praise wor', 'word-prefix [Praise] & [Wor]ship'],
    ['prasie', 'typo [Praise]'],
    ['praize', 'typo [Praise]'],
    ['prise', 'typo [Praise]'],
    ['praiise', 'typo [Praise]'],
    ['oraise', 'typo [Praise]'],
    ['thanksgvi', 'typo [Thanksgiv]ing'],
    ['thankgsivign', 'typo [Thanksgiving]'],
    ['holyspirit', 'typo [Holy Spirit]'],
    ['holy spirti', 'typo [Holy Spirit]'],
    ['xams', 'typo [Xmas]'],
    ['благодарениe', 'typo [Благодарение]'],
  ])('%s finds %s', (query, best) => {
    expect(suggest(query).map(shown)[0]).toBe(best)
  })

  test.each([
    ['', 'nothing typed'],
    [' \t', 'nothing but space'],
    ['qqq', 'not there'],
    ['ai', 'too short for the midst of a word'],
    ['psalm 25', 'a number has no typos'],
    ['psalm 32', 'not even swapped'],
    ['ligt house', 'two things at once'],
  ])('%s finds nothing: %s', (query) => {
    expect(suggest(query)).toEqual([])
  })

  test('each tag once, by its best spelling', () => {
    expect(suggest('than').map(shown)).toEqual(['prefix [Than]ksgiving'])
    expect(suggest('thanks').map(shown)).toEqual(['exact [Thanks]'])
  })

  test('ranks by kind, then standard before custom, then usage, then name', () => {
    const ranked = createTagMatcher([
      tag('Light b'),
      tag('Light a'),
      tag('Light c', { usage: 2 }),
      tag('Light d', { isStandard: true }),
      tag('Light', { usage: 0 }),
      tag('My Lights', { isStandard: true, usage: 99 }),
      tag('Highlight', { isStandard: true, usage: 100 }),
    ])
    expect(ranked.suggest('light', { limit: 9 }).map((suggestion) => suggestion.tag.name)).toEqual([
      'Light',
      'Light d',
      'Light c',
      'Light a',
      'Light b',
      'My Lights',
      'Highlight',
    ])
  })

  test('names go before synonyms, and standard tags by a synonym before custom ones by name', () => {
    const ranked = createTagMatcher([
      tag('Communion', { isStandard: true, usage: 90, synonyms: ['Holy Communion'] }),
      tag('Holy Week', { isStandard: true, usage: 20 }),
      tag('Holy Night', { usage: 50 }),
    ])
    expect(ranked.suggest('holy', { limit: 8 }).map(({ tag }) => tag.name)).toEqual([
      'Holy Week',
      'Communion',
      'Holy Night',
    ])
  })

  test('a whole word ranks with beginnings, wherever it stands', () => {
    const ranked = createTagMatcher([
      tag('Kingdom of God', { isStandard: true, usage: 90 }),
      tag('Christ the King', { isStandard: true, usage: 20 }),
      tag('Heavenly Kingdom', { isStandard: true, usage: 99 }),
      tag('King of Kings', { usage: 50 }),
    ])
    const found = ranked.suggest('king', { limit: 8 })
    expect(found.map(({ tag, kind }) => `${tag.name}: ${kind}`)).toEqual([
      'Kingdom of God: prefix',
      'Christ the King: word-prefix',
      'King of Kings: prefix',
      'Heavenly Kingdom: word-prefix',
    ])
  })

  test('a single letter does not stand for a word', () => {
    const found = createTagMatcher([tag('Thanks and Devotion'), tag('Te Deum')]).suggest('te d', { limit: 8 })
    expect(found.map(({ tag }) => tag.name)).toEqual(['Te Deum'])
  })

  test('companions decide between tags that rank the same, and never before usage', () => {
    const ranked = createTagMatcher([tag('Joy a'), tag('Joy b'), tag('Joy c'), tag('Joy d', { usage: 1 })])
    const companions = new Map([
      ['Joy a', 0.1],
      ['Joy c', 0.9],
    ])
    const names = ranked.suggest('joy', { limit: 3, companions }).map((suggestion) => suggestion.tag.name)
    expect(names).toEqual(['Joy d', 'Joy c', 'Joy a'])
  })

  test('leaves out what is chosen, and fills up with others', () => {
    const names = matcher.suggest('pra', { limit: 2, chosen: new Set(['Praise']) }).map(({ tag }) => tag.name)
    expect(names).toEqual(['Prayer', 'Praise & Worship'])
  })

  test.each([0, -1, Number.NaN])('a limit of %d is none', (limit) => {
    expect(suggest('pra', limit)).toEqual([])
  })

  test('a limit without end is all', () => {
    expect(suggest('pra', Number.POSITIVE_INFINITY)).toHaveLength(3)
  })

  test('an empty catalogue suggests nothing', () => {
    expect(createTagMatcher([]).suggest('praise', { limit: 8 })).toEqual([])
    expect(createTagMatcher([]).nearDuplicates('praise')).toEqual([])
  })

  test('whatever the order of the tags, the answer is the same', () => {
    const turned = createTagMatcher(tags.toReversed())
    for (const query of ['p', 'pr', 'l', 'holy', 'prise']) {
      expect(turned.suggest(query, { limit: 8 })).toEqual(suggest(query))
    }
  })

  test.each([
    ['a lone surrogate', '\ud800'],
    ['NUL', '\0'],
    ['ten thousand letters', 'p'.repeat(10_000)],
    ['ten thousand words', 'p '.repeat(10_000)],
    ['marks alone', '\u0301\u3099'],
    ['dashes', '---'],
  ])('never throws: %s', (_, text) => {
    const odd = createTagMatcher([tag(text, { synonyms: [`${text}a`] }), ...tags])
    expect(suggest(text)).toEqual([])
    expect(odd.suggest(text, { limit: 1 })[0]?.tag.name ?? text).toBe(text)
    expect(odd.nearDuplicates(text).map((suggestion) => suggestion.tag.name)).toContain(text)
  })

  test('finds every name by its beginning and with its own name as the best, and never throws', () => {
    const text = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...'aAbß é&-’ が'),
        fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      ),
      maxLength: 12,
    })
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), text, (names, query) => {
        const any = createTagMatcher(names.map((name, i) => tag(name, { id: `${i}` })))
        any.suggest(query, { limit: 8 })
        any.nearDuplicates(query)
        for (const name of names) {
          const key = foldName(name)
          const found = any.suggest(name, { limit: 99 })
          const exact = found.filter(({ kind }) => kind === 'exact').map(({ tag }) => foldName(tag.name))
          expect(exact).toEqual(key === '' ? [] : names.map(foldName).filter((other) => other === key))
        }
      }),
    )
  })
})

describe('nearDuplicates', () => {
  test.each([
    ['praise', ['exact [Praise]']],
    ['Praises', ['typo [Praise]']],
    ['hiphop', ['typo [Hip-Hop]']],
    ['HIP HOP', ['exact [Hip-Hop]']],
    ['Thanksgivng', ['typo [Thanksgiving]']],
    ['thanks giving', ['typo [Thanksgiving]']],
    ['X-mas', ['typo [Xmas]']],
    ['Lights', ['typo [Light]']],
    ['Gods Love', ['exact [God’s Love]']],
    ['Psalm 25', []],
    ['Pray', []],
    ['Worship Night', []],
    ['', []],
  ])('%s: %j', (name, expected) => {
    expect(matcher.nearDuplicates(name).map(shown)).toEqual(expected)
  })

  test('a typo far into a long name', () => {
    const long = createTagMatcher([tag('Songs that the children sing at the harvest supper')])
    const [near] = long.nearDuplicates('Songs that the children sing at the harvset supper')
    expect(near?.tag.name).toBe('Songs that the children sing at the harvest supper')
    expect(long.nearDuplicates('Songs that the children sing at the evening meal')).toEqual([])
    expect(long.suggest('songs that the children sing at the harvset', { limit: 8 })).toHaveLength(1)
  })

  test('known look-alikes are two tags', () => {
    const baptism = createTagMatcher([tag('Baptism'), tag('Holy Baptism')])
    expect(baptism.nearDuplicates('Baptist')).toEqual([])
    expect(baptism.nearDuplicates('Holy Baptist')).toEqual([])
    expect(baptism.nearDuplicates('Babtism').map(shown)).toEqual(['typo [Baptism]'])
  })

  test.each(['Communion servcie', 'Communion servic', 'Comunion service', 'Communion servixe'])(
    '%s: a word that has look-alikes is none of its own',
    (name) => {
      const service = createTagMatcher([tag('Communion service')])
      expect(service.nearDuplicates(name).map(shown)).toEqual(['typo [Communion service]'])
    },
  )

  test('and where two words differ, each counts', () => {
    const service = createTagMatcher([tag('Communion service')])
    expect(service.nearDuplicates('Communism service')).toEqual([])
  })
})

describe('createTagMatcherInSlices', () => {
  test('makes the same matcher, pause by pause', async () => {
    const many = Array.from({ length: 3000 }, (_, i) => tag(`Psalm ${i} for the ${i % 7}th day`))
    let pauses = 0
    const sliced = await createTagMatcherInSlices(many, {
      pause: async () => {
        pauses++
      },
      sliceMs: 0,
    })
    expect(pauses).toBeGreaterThan(10)
    const whole = createTagMatcher(many)
    for (const query of ['ps', 'for the 3', 'day', 'slam', 'psalm for teh']) {
      expect(sliced.suggest(query, { limit: 8 })).toEqual(whole.suggest(query, { limit: 8 }))
    }
  })

  test('is given up when the pause is', async () => {
    const pause = () => Promise.reject(new Error('The page is gone.'))
    await expect(createTagMatcherInSlices(tags, { pause })).rejects.toThrow('The page is gone.')
  })
})
