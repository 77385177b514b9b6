import { describe, expect, test } from 'vitest'
import { sourceHash } from './plan.ts'
import { checkPlanFits, LARGEST_PLAN_FILE, parsePlan, serializePlan } from './planFile.ts'
import type { MigrationPlan, PlanEntry } from './types.ts'

const entry = (rawTheme: string, more: Partial<PlanEntry> = {}): PlanEntry => ({
  rawTheme,
  disposition: 'custom',
  tag: rawTheme,
  category: 'theme',
  reason: 'no known theme',
  confidence: 0.8,
  songs: 3,
  proposal: null,
  accept: false,
  ...more,
})
const SOURCE = '0123456789abcdef'.repeat(4)
const fileOf = (...entries: object[]) =>
  JSON.stringify({ format: 'hsa-songbook-migration-plan', version: 1, source: SOURCE, entries })

/** What the file is refused with. */
function refusal(text: string): { code: string; message: string; advice: string } {
  try {
    parsePlan(text)
  } catch (error) {
    return error as { code: string; message: string; advice: string }
  }
  throw new Error('The plan file was accepted.')
}

describe('serializePlan', () => {
  const plan: MigrationPlan = {
    source: SOURCE,
    entries: [
      entry('Grace/Mercy', { disposition: 'split', proposal: ['Grace', 'Mercy'], accept: true }),
      entry('  ', { disposition: 'blank', tag: null, category: null }),
      entry('"quoted" \\ {brace}\u202e\n', { tag: 'Quoted' }),
      entry('x'.repeat(400), { disposition: 'too-long', tag: null }),
      entry('Ünïcôdé 🎵'),
    ],
  }

  test('and parsing again give the plan, sorted by theme', () => {
    const parsed = parsePlan(serializePlan(plan))
    expect(parsed.source).toBe(plan.source)
    expect(parsed.entries).toHaveLength(plan.entries.length)
    expect(parsed.entries).toEqual(expect.arrayContaining(plan.entries))
    const themes = parsed.entries.map((one) => one.rawTheme)
    expect(themes).toEqual(themes.toSorted())
  })

  test('writes one entry a line, so that two plans can be compared', () => {
    const lines = serializePlan(plan).split('\n')
    expect(lines.filter((line) => line.includes('"rawTheme"'))).toHaveLength(plan.entries.length)
    expect(serializePlan({ ...plan, entries: plan.entries.toReversed() })).toBe(serializePlan(plan))
  })

  test('writes also an empty plan so that it can be read', () => {
    expect(parsePlan(serializePlan({ source: SOURCE, entries: [] }))).toEqual({ source: SOURCE, entries: [] })
  })
})

describe('parsePlan refuses', () => {
  test('what is not JSON, and says where it stops', () => {
    const { code, message, advice } = refusal('{ "format": "hsa-songbook-migration-plan", }')
    expect(code).toBe('bad-plan')
    expect(message).toMatch(/^The plan file is not JSON: .*position \d+/)
    expect(advice).toContain('npm run migrate -- --dry-run --save-plan FILE')
  })

  test.each<[string, string, string]>([
    ['JSON that is no plan', '[]', 'The plan file is wrong at the top:'],
    [
      'another format',
      '{"format":"x","version":1,"source":"","entries":[]}',
      'The plan file is wrong at format:',
    ],
    ['a field it does not know', fileOf({ ...entry('Grace'), colour: 'red' }), 'Unrecognized key: "colour"'],
    ['a missing field', fileOf({ rawTheme: 'Grace' }), 'The plan file is wrong at entries.0.disposition:'],
    ['an unknown disposition', fileOf({ ...entry('Grace'), disposition: 'magic' }), 'entries.0.disposition:'],
    ['an unknown category', fileOf({ ...entry('Grace'), category: 'colour' }), 'entries.0.category:'],
    ['a negative number of songs', fileOf(entry('Grace', { songs: -1 })), 'entries.0.songs:'],
    ['a confidence above one', fileOf(entry('Grace', { confidence: 2 })), 'entries.0.confidence:'],
    ['a proposal of nothing', fileOf(entry('Grace', { proposal: [] })), 'entries.0.proposal:'],
    ['a blank tag', fileOf(entry('Grace', { tag: ' ' })), 'entries.0.tag: is blank or padded'],
    ['a tag of symbols only', fileOf(entry('Grace', { tag: '---' })), 'entries.0.tag: is blank or padded'],
    ['a padded tag', fileOf(entry('Grace', { tag: ' Grace' })), 'entries.0.tag: is blank or padded'],
  ])('%s', (_, text, message) => {
    expect(refusal(text)).toMatchObject({ code: 'bad-plan', message: expect.stringContaining(message) })
  })

  test('a source that is no hash', () => {
    const text = fileOf(entry('Grace')).replace(SOURCE, 'abc')
    expect(refusal(text).message).toBe('The plan file is wrong at source: is not a SHA-256.')
  })

  test.each([
    ['a control character', 'Gra\u0007ce'],
    ['a line break', 'Gra\nce'],
    ['a C1 control', 'Gra\u0085ce'],
    ['a right-to-left override', 'Gra\u202ece'],
    ['a right-to-left mark', 'Gra\u200fce'],
    ['an isolate', 'Gra\u2067ce'],
    ['an Arabic letter mark', 'Gra\u061cce'],
    ['a zero-width space', 'Gra\u200bce'],
    ['a soft hyphen', 'Gra\u00adce'],
    ['a byte-order mark', 'Gra\ufeffce'],
    ['a line separator', 'Gra\u2028ce'],
    ['a paragraph separator', 'Gra\u2029ce'],
  ])('%s in the name of a tag or a proposal', (_, name) => {
    expect(refusal(fileOf(entry('Grace', { tag: name }))).message).toBe(
      'The plan file is wrong at entries.0.tag: has control or bidirectional characters.',
    )
    expect(refusal(fileOf(entry('Grace', { proposal: ['Mercy', name] }))).message).toBe(
      'The plan file is wrong at entries.0.proposal.1: has control or bidirectional characters.',
    )
  })

  test.each([
    ['tag characters', 'Grace\u{e0041}\u{e007f}'],
    ['a language tag', 'Gra\u{e0001}ce'],
    ['a filler', 'Gra\u3164ce'],
    ['a grapheme joiner', 'Gra\u034fce'],
    ['a Mongolian vowel separator', 'Gra\u180ece'],
    ['an annotation anchor', 'Gra\ufff9ce'],
    ['a joiner that joins nothing', 'Grace\u200d'],
    ['a no-break space', 'Of\u00a0Grace'],
    ['a blank of Braille', 'Of\u2800Grace'],
    ['two spaces', 'Of  Grace'],
    ['a lone surrogate', 'Gra\ud800ce'],
  ])('%s in the name of a tag', (_, name) => {
    expect(refusal(fileOf(entry('Grace', { tag: name }))).message).toBe(
      'The plan file is wrong at entries.0.tag: has invisible characters, or white space other than single spaces.',
    )
  })

  test('no joiner where words and emoji need it, and no accent that stands apart', () => {
    for (const tag of [
      '\u0645\u06cc\u200c\u0634\u0648\u062f',
      '👨\u200d👩\u200d👧',
      '❤\ufe0f',
      'Pra\u0301ise',
    ])
      expect(parsePlan(fileOf(entry('Grace', { tag }))).entries[0]?.tag).toBe(tag)
  })

  test('a name of 51 characters, counted as Postgres counts them', () => {
    expect(refusal(fileOf(entry('Grace', { tag: 'g'.repeat(51) }))).message).toBe(
      'The plan file is wrong at entries.0.tag: is longer than 50 characters.',
    )
    const outsideTheBasicPlane = '𝒢'.repeat(50)
    expect(parsePlan(fileOf(entry('Grace', { tag: outsideTheBasicPlane }))).entries[0]?.tag).toBe(
      outsideTheBasicPlane,
    )
  })

  test('a theme that it speaks of twice', () => {
    expect(refusal(fileOf(entry('Grace'), entry('Hope'), entry('Grace', { tag: 'Mercy' }))).message).toBe(
      'The plan file says twice what becomes of "Grace".',
    )
  })

  test('accepting a proposal that is not there', () => {
    expect(refusal(fileOf(entry('Grace', { accept: true }))).message).toBe(
      'The plan file accepts a proposal for "Grace" that it does not make.',
    )
  })

  test('a file of more than 20 MB, by its bytes and before reading it', () => {
    const characters = LARGEST_PLAN_FILE / 2
    expect(refusal('ä'.repeat(characters + 1)).message).toBe('The plan file is larger than 20 MB.')
    expect(refusal('ä'.repeat(characters)).message).toMatch(/not JSON/)
  })
})

describe('checkPlanFits', () => {
  const themes = new Map([
    ['Grace', 2],
    ['Hope', 1],
  ])
  const planFor = async (...raw: string[]): Promise<MigrationPlan> => ({
    source: await sourceHash(themes.keys()),
    entries: raw.map((one) => entry(one)),
  })

  test('accepts a plan that says what becomes of every theme', async () => {
    await expect(checkPlanFits(await planFor('Hope', 'Grace'), themes)).resolves.toBeUndefined()
  })

  test('refuses a plan that was made from other themes, and counts them', async () => {
    const stale = { ...(await planFor('Grace', 'Old one', 'Older one')), source: SOURCE }
    await expect(checkPlanFits(stale, themes)).rejects.toMatchObject({
      code: 'stale-plan',
      message: 'The plan is stale: since it was made, 1 theme has come and 2 themes have gone.',
      advice: expect.stringContaining('--save-plan FILE'),
    })
  })

  test('says so when the themes fit and only the source was edited', async () => {
    const edited = { ...(await planFor('Grace', 'Hope')), source: SOURCE }
    await expect(checkPlanFits(edited, themes)).rejects.toMatchObject({
      code: 'bad-plan',
      message: 'The plan file’s source is not the hash of its themes, which still fit: it was edited.',
    })
  })

  test('refuses a theme that no song has', async () => {
    await expect(checkPlanFits(await planFor('Grace', 'Hope', 'Made up'), themes)).rejects.toMatchObject({
      code: 'bad-plan',
      message: 'The plan file knows a theme that no song has: "Made up".',
    })
  })

  test('refuses a plan that leaves a theme out', async () => {
    await expect(checkPlanFits(await planFor('Grace'), themes)).rejects.toMatchObject({
      code: 'bad-plan',
      message: 'The plan file leaves out a theme: "Hope".',
    })
  })
})
