import * as z from 'zod/mini'
import { composeName, isBlankName } from '../../../lib/folding.ts'
import { displayName, MAX_NAME_LENGTH, nameLength } from '../../songs/validation/utils/displayName.ts'
import { inEnglish } from './inEnglish.ts'
import { MigrationFailure } from './migrationFailure.ts'
import { byRawTheme, sourceHash } from './plan.ts'
import type { MigrationPlan } from './types.ts'

/** A plan file larger than this is refused before it is parsed; bytes. */
export const LARGEST_PLAN_FILE = 20 * 1024 * 1024

const FORMAT = 'hsa-songbook-migration-plan'

/** What must not stand in a name: control characters, line separators, and those that turn or hide text around them. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u

/** A name that a plan may give a tag. */
export const plannedNameSchema = z.string().check(
  z.refine((name) => !UNSAFE.test(name), 'has control or bidirectional characters'),
  z.refine((name) => name.trim() === name && !isBlankName(name), 'is blank or padded'),
  // A name that the plan would not have written itself; two such names can look like one.
  z.refine(
    (name) => displayName(name) === composeName(name),
    'has invisible characters, or white space other than single spaces',
  ),
  z.refine((name) => nameLength(name) <= MAX_NAME_LENGTH, `is longer than ${MAX_NAME_LENGTH} characters`),
)

/** An entry as a file and the database keep it. */
export const planEntrySchema = z.strictObject({
  rawTheme: z.string(),
  disposition: z.enum(['canonical', 'variation', 'fuzzy', 'custom', 'split', 'blank', 'too-long']),
  tag: z.nullable(plannedNameSchema),
  category: z.nullable(z.enum(['theme', 'occasion', 'liturgical', 'mood'])),
  reason: z.string(),
  confidence: z.number().check(z.gte(0), z.lte(1)),
  songs: z.int().check(z.gte(0)),
  proposal: z.nullable(z.array(plannedNameSchema).check(z.minLength(1), z.maxLength(10))),
  accept: z.boolean(),
})

const fileSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  source: z.string().check(z.regex(/^[0-9a-f]{64}$/, 'is not a SHA-256')),
  entries: z.array(planEntrySchema),
})

/** The plan as a file that people can read, edit and compare: one entry a line, sorted by theme. */
export function serializePlan(plan: MigrationPlan): string {
  const entries = plan.entries.toSorted(byRawTheme).map((entry) => `    ${JSON.stringify(entry)}`)
  return `{
  "format": "${FORMAT}",
  "version": 1,
  "source": "${plan.source}",
  "entries": [\n${entries.join(',\n')}\n  ]\n}\n`
}

/** @throws MigrationFailure `bad-plan`, naming the place and what is wrong with it */
export function parsePlan(text: string): MigrationPlan {
  if (new TextEncoder().encode(text).length > LARGEST_PLAN_FILE)
    throw badPlan('The plan file is larger than 20 MB.')
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw badPlan(
      `The plan file is not JSON: ${error instanceof Error ? error.message : 'syntax error'}.`,
      error,
    )
  }
  const file = fileSchema.safeParse(json, inEnglish)
  if (!file.success) {
    const issue = file.error.issues[0]
    throw badPlan(
      `The plan file is wrong at ${placeOf(issue?.path ?? [])}: ${issue?.message ?? 'unknown form'}.`,
      file.error,
    )
  }
  const seen = new Set<string>()
  for (const entry of file.data.entries) {
    const texts = [entry.rawTheme, entry.reason, entry.tag ?? '', ...(entry.proposal ?? [])]
    if (texts.some((text) => !text.isWellFormed() || text.includes('\0'))) {
      throw badPlan(
        `The plan file has text that no database can hold, for ${JSON.stringify(entry.rawTheme)}.`,
      )
    }
    if (seen.has(entry.rawTheme))
      throw badPlan(`The plan file says twice what becomes of ${JSON.stringify(entry.rawTheme)}.`)
    seen.add(entry.rawTheme)
    if (entry.accept && entry.proposal === null) {
      throw badPlan(
        `The plan file accepts a proposal for ${JSON.stringify(entry.rawTheme)} that it does not make.`,
      )
    }
  }
  return { source: file.data.source, entries: file.data.entries }
}

/**
 * Refuses a plan that was not made from these themes.
 * @throws MigrationFailure `bad-plan` for a theme that no song holds, `stale-plan` when the songs have changed since
 */
export async function checkPlanFits(
  plan: MigrationPlan,
  rawThemes: ReadonlyMap<string, number>,
): Promise<void> {
  const fresh = plan.source === (await sourceHash(rawThemes.keys()))
  const planned = new Set(plan.entries.map((entry) => entry.rawTheme))
  const missing = [...rawThemes.keys()].filter((raw) => !planned.has(raw))
  const unknown = [...planned].filter((raw) => !rawThemes.has(raw))
  if (!fresh && missing.length + unknown.length === 0) {
    throw badPlan('The plan file’s source is not the hash of its themes, which still fit: it was edited.')
  }
  if (!fresh) {
    throw new MigrationFailure(
      'stale-plan',
      `The plan is stale: since it was made, ${themes(missing.length)} come and ${themes(unknown.length)} gone.`,
      { advice: 'Make a new one with: npm run migrate -- --dry-run --save-plan FILE' },
    )
  }
  if (unknown.length > 0)
    throw badPlan(`The plan file knows a theme that no song has: ${JSON.stringify(unknown[0])}.`)
  if (missing.length > 0) throw badPlan(`The plan file leaves out a theme: ${JSON.stringify(missing[0])}.`)
}

function themes(count: number): string {
  return count === 1 ? '1 theme has' : `${count} themes have`
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the top' : path.map(String).join('.')
}

function badPlan(message: string, cause?: unknown): MigrationFailure {
  return new MigrationFailure('bad-plan', message, {
    advice: 'Mend the file, or make a new one with: npm run migrate -- --dry-run --save-plan FILE',
    cause,
  })
}
