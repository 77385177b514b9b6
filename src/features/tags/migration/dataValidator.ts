import { z } from 'zod'
import { certificateOf, SONGS_PER_LEAF } from './certificate.ts'
import { inLanes } from './inLanes.ts'
import { BEFORE_ALL, type MigrationDatabase, type Run } from './migrationDatabase.ts'
import { type Survey, surveySongs } from './survey.ts'
import type { CheckedValidation, ValidationCheck, ValidationReport } from './types.ts'

const SONGS_PER_CALL = 5 * SONGS_PER_LEAF
const CHUNKS_PER_CALL = 20
const MOST_DIFFERENCES = 1000

const last = z.string().nullable()
const coverageSchema = z.object({ last, songs: z.number(), undone: z.number(), quarantined: z.number() })
const songsSchema = z.object({
  last,
  songs: z.number(),
  edited: z.number(),
  themes: z.number(),
  links: z.number(),
  leaves: z.array(z.string()),
  differing: z.number(),
  differences: z.array(z.record(z.string(), z.unknown())),
})
const batchesSchema = z.object({
  last: z.number().nullable(),
  batches: z.number(),
  differing: z.array(z.number()),
})
const tagsSchema = z.object({
  last,
  tags: z.number(),
  links: z.number(),
  differing: z.array(z.record(z.string(), z.unknown())),
})
const rollbackSchema = z.object({
  last,
  songs: z.number(),
  themesDiffer: z.number(),
  linksLeft: z.number(),
  differences: z.array(z.string()),
})

/** What validating the songs of a run found; `differing` counts all, `differences` names the first thousand. */
export interface SongFindings {
  songs: number
  edited: number
  themes: number
  links: number
  differing: number
  differences: Record<string, unknown>[]
  certificate: string
}

/** Recomputes from live data what must hold before and after a migration; it assumes nothing that a batch reported. */
export class DataValidator {
  readonly #database: MigrationDatabase
  readonly #workers: number
  readonly #onSongs: (done: number) => void

  /**
   * @param workers chunks of songs validated at once
   * @param onSongs told how many songs are validated so far
   */
  constructor(database: MigrationDatabase, workers = 1, onSongs: (done: number) => void = () => {}) {
    this.#database = database
    this.#workers = workers
    this.#onSongs = onSongs
  }

  /** Everything about a run, or about the songs alone when there is none yet. @throws MigrationFailure */
  async validate(run: Run | null): Promise<ValidationReport> {
    if (run === null) {
      const { checks } = await this.validateThemes()
      return report(null, null, checks)
    }
    if (run.status === 'rolled_back') {
      return report(run.id, null, [...(await this.#validateRollback(run)), await this.validateTags()])
    }
    const coverage = await this.#validateCoverage(run)
    const findings = await this.validateSongs(run)
    const checks = [
      ...coverage,
      check(
        {
          name: 'every song matches its before-image, links and state',
          query: 'tag_migration_validate_songs',
          expectedResult: 0,
          critical: true,
        },
        findings.differing,
        findings.differences,
      ),
      await this.validateTags(),
      ...(await this.compareChecksums(run, findings)),
    ]
    return report(run.id, run.prunedAt === null ? findings.certificate : run.certificate, checks)
  }

  /** Before a migration: reads every song that is not migrated yet, as the plan will. */
  async validateThemes(
    onWindow?: (survey: Survey) => void,
  ): Promise<{ checks: CheckedValidation[]; survey: Survey }> {
    const survey = await surveySongs(this.#database, onWindow)
    const tooLong = [...survey.themes.keys()].filter((raw) => raw.length > LONGEST_SENSIBLE_THEME)
    return {
      survey,
      checks: [
        check(
          {
            name: 'themes are names, not texts',
            query: 'tag_migration_survey',
            expectedResult: 0,
            critical: false,
          },
          tooLong.length,
          tooLong.slice(0, 20).map((raw) => raw.slice(0, 80)),
        ),
      ],
    }
  }

  /** Usage counts against links counted afresh, and every name in the table of names. */
  async validateTags(): Promise<CheckedValidation> {
    const differing: unknown[] = []
    for (let after = BEFORE_ALL; ; ) {
      const answer = await this.#database.call(
        'tag_migration_validate_tags',
        { p_after: after, p_limit: 200 },
        tagsSchema,
      )
      if (answer.last === null) break
      after = answer.last
      differing.push(...answer.differing)
    }
    return check(
      {
        name: 'usage counts equal the links',
        query: 'tag_migration_validate_tags',
        expectedResult: 0,
        critical: true,
      },
      differing.length,
      differing,
    )
  }

  /** Recomputes each song of the run and its certificate. */
  async validateSongs(run: Run): Promise<SongFindings> {
    const found = { songs: 0, edited: 0, themes: 0, links: 0, differing: 0 }
    const differences: Record<string, unknown>[] = []
    const leaves: string[][] = []
    const chunks = await this.#chunksOf(run)
    const next = chunks.entries()
    const validateChunks = async (halted: () => boolean) => {
      for (const [place, { after, until }] of next) {
        if (halted()) return
        const answer = await this.#database.call(
          'tag_migration_validate_songs',
          {
            p_run: run.id,
            p_after: after,
            p_limit: SONGS_PER_CALL,
            ...(until === null ? {} : { p_until: until }),
          },
          songsSchema,
        )
        found.songs += answer.songs
        found.edited += answer.edited
        found.themes += answer.themes
        found.links += answer.links
        found.differing += answer.differing
        differences.push(...answer.differences.slice(0, MOST_DIFFERENCES - differences.length))
        leaves[place] = answer.leaves
        this.#onSongs(found.songs)
      }
    }
    await inLanes(Array.from({ length: this.#workers }, () => validateChunks))
    return { ...found, differences, certificate: await certificateOf(leaves.flat()) }
  }

  /** The run's songs in chunks of equal size, by rank of their ids, so that they can be validated side by side. */
  async #chunksOf(run: Run): Promise<{ after: string; until: string | null }[]> {
    const ends: string[] = []
    for (;;) {
      const page = await this.#database.call(
        'tag_migration_chunks',
        {
          p_run: run.id,
          p_after: ends.at(-1) ?? BEFORE_ALL,
          p_chunk: SONGS_PER_CALL,
          p_chunks: CHUNKS_PER_CALL,
        },
        z.array(z.string()),
      )
      ends.push(...page)
      if (page.length < CHUNKS_PER_CALL) break
    }
    return [BEFORE_ALL, ...ends].map((after, chunk) => ({ after, until: ends[chunk] ?? null }))
  }

  /** The batches' checksums against their journal rows, and the certificate against the one that the run was given. */
  async compareChecksums(run: Run, findings: SongFindings): Promise<CheckedValidation[]> {
    // Without its before-images the record cannot be compared with anything any more.
    if (run.prunedAt !== null) return []
    const differing: number[] = []
    for (let after = 0; ; ) {
      const answer = await this.#database.call(
        'tag_migration_validate_batches',
        { p_run: run.id, p_after: after, p_limit: 50 },
        batchesSchema,
      )
      if (answer.last === null) break
      after = answer.last
      differing.push(...answer.differing)
    }
    const checks = [
      check(
        {
          name: 'batch checksums match the journal',
          query: 'tag_migration_validate_batches',
          expectedResult: 0,
          critical: true,
        },
        differing.length,
        differing,
      ),
    ]
    // Songs that were edited or deleted since change the certificate rightly; each unedited song is checked by itself.
    if (run.certificate !== null && findings.edited === 0 && findings.songs === run.songs) {
      checks.push(
        check(
          {
            name: 'certificate is the one that was issued',
            query: 'tag_migration_validate_songs',
            expectedResult: run.certificate,
            critical: true,
          },
          findings.certificate,
          [],
        ),
      )
    }
    return checks
  }

  async #validateCoverage(run: Run): Promise<CheckedValidation[]> {
    let undone = 0
    let quarantined = 0
    for (let after = BEFORE_ALL; ; ) {
      const answer = await this.#database.call(
        'tag_migration_coverage',
        { p_run: run.id, p_after: after, p_limit: 20_000 },
        coverageSchema,
      )
      if (answer.last === null) break
      after = answer.last
      undone += answer.undone
      quarantined += answer.quarantined
    }
    return [
      check(
        {
          name: 'every song is migrated',
          query: 'tag_migration_coverage',
          expectedResult: 0,
          critical: true,
        },
        undone - quarantined,
        [],
      ),
      check(
        {
          name: 'no song is in quarantine',
          query: 'tag_migration_coverage',
          expectedResult: 0,
          critical: false,
        },
        quarantined,
        [],
      ),
    ]
  }

  async #validateRollback(run: Run): Promise<CheckedValidation[]> {
    const found = { themesDiffer: 0, linksLeft: 0 }
    const differences: string[] = []
    for (let after = BEFORE_ALL; ; ) {
      const answer = await this.#database.call(
        'tag_migration_validate_rollback',
        { p_run: run.id, p_after: after, p_limit: SONGS_PER_CALL },
        rollbackSchema,
      )
      if (answer.last === null) break
      after = answer.last
      found.themesDiffer += answer.themesDiffer
      found.linksLeft += answer.linksLeft
      differences.push(...answer.differences.slice(0, MOST_DIFFERENCES - differences.length))
    }
    return [
      check(
        {
          name: 'links and state of the run are gone',
          query: 'tag_migration_validate_rollback',
          expectedResult: 0,
          critical: true,
        },
        found.linksLeft,
        differences,
      ),
      check(
        {
          name: 'themes equal their before-image',
          query: 'tag_migration_validate_rollback',
          expectedResult: 0,
          // Only an exact rollback promises it; after the default one people's edits stay.
          critical: run.exactRollback === true,
        },
        found.themesDiffer,
        differences,
      ),
    ]
  }
}

/** Themes longer than this are texts in the wrong column; characters. They are kept, and reported. */
const LONGEST_SENSIBLE_THEME = 1000

function check(check: ValidationCheck, actual: unknown, differences: unknown[]): CheckedValidation {
  return {
    ...check,
    actual,
    ok: actual === check.expectedResult,
    differences: differences.slice(0, MOST_DIFFERENCES),
  }
}

function report(
  runId: string | null,
  certificate: string | null,
  checks: CheckedValidation[],
): ValidationReport {
  return { valid: checks.every((one) => one.ok || !one.critical), runId, certificate, checks }
}
