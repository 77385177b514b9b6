import { BatchComparison } from './batchComparison.ts'
import type { MigrationDatabase, Run } from './migrationDatabase.ts'
import { type Survey, surveySongs } from './survey.ts'
import type { CheckedValidation, ValidationReport } from './types.ts'
import { liveChecks } from './validateLive.ts'
import { validateRollback } from './validateRollback.ts'
import { type SongFindings, songsCheck, validateSongs, validateSongsAndLive } from './validateSongs.ts'
import { validateTags } from './validateTags.ts'
import { checked } from './validationCheck.ts'
import { notesOn } from './validationNotes.ts'

/** What is looked at once, however many runs are validated: with the records of the first that stands. */
interface Shared {
  live: CheckedValidation[]
  tags: CheckedValidation[]
}

interface Found extends Shared {
  records: SongFindings
  batches: CheckedValidation[]
}

/** Recomputes from live data what must hold before and after a migration; it assumes nothing that a batch reported. */
export class DataValidator {
  readonly #database: MigrationDatabase
  readonly #lanes: number
  readonly #onSongs: (done: number) => unknown
  /** Each song is looked at as it is now and as it was recorded: two looks make one song done. */
  #looks = 0

  /**
   * @param lanes calls under way at once
   * @param onSongs told how many songs are validated so far; a lane goes on when what it returns is done
   */
  constructor(database: MigrationDatabase, lanes = 1, onSongs: (done: number) => unknown = () => {}) {
    this.#database = database
    this.#lanes = lanes
    this.#onSongs = onSongs
  }

  /** Everything about a run, or about the songs alone when there is none yet. @throws MigrationFailure */
  async validate(run: Run | null): Promise<ValidationReport> {
    const [report] = run === null ? [] : await this.validateRuns([run])
    return report ?? reportOn(null, null, (await this.validateThemes()).checks)
  }

  /** Everything about these runs, in the order given. @throws MigrationFailure */
  async validateRuns(runs: readonly Run[]): Promise<ValidationReport[]> {
    const reports: ValidationReport[] = []
    let shared: Shared | undefined
    for (const run of runs) {
      if (run.status === 'rolled_back') {
        reports.push(await this.#validateTakenBack(run))
      } else {
        const found: Found =
          shared === undefined ? await this.#findAll(run) : await this.#findRecords(run, shared)
        shared = found
        reports.push(this.#standing(run, found))
      }
    }
    return reports
  }

  /** Before a migration: reads every song that is not migrated yet, as the plan will. */
  async validateThemes(
    onWindow?: (survey: Survey) => void,
  ): Promise<{ checks: CheckedValidation[]; survey: Survey }> {
    const survey = await surveySongs(this.#database, onWindow)
    const tooLong = [...survey.themes.keys()].filter((raw) => raw.length > LONGEST_SENSIBLE_THEME)
    const found = checked(
      {
        name: 'themes are names, not texts',
        query: 'tag_migration_survey',
        expectedResult: 0,
        critical: false,
      },
      tooLong.length,
      tooLong.slice(0, 20).map((raw) => raw.slice(0, 80)),
    )
    return { survey, checks: [found] }
  }

  /** Usage counts against links counted afresh, and every name in the table of names. @throws MigrationFailure */
  validateTags(): Promise<CheckedValidation> {
    return validateTags(this.#database)
  }

  /** Recomputes each record of the run, and its certificate. @throws MigrationFailure */
  validateSongs(run: Run): Promise<SongFindings> {
    return validateSongs(this.#database, run, this.#lanes, (more) => this.#look(more))
  }

  /** The batches' checksums against their journal rows, and the certificate against the one that the run was given. */
  async compareChecksums(run: Run, findings: SongFindings): Promise<CheckedValidation[]> {
    const batches = this.#batchesOf(run)
    for (const part of batches?.parts ?? []) await part()
    return [...checkOf(batches), ...compareCertificates(run, findings)]
  }

  /** Without its before-images the record cannot be compared with anything any more. */
  #batchesOf(run: Run): BatchComparison | undefined {
    return run.prunedAt === null ? new BatchComparison(this.#database, run, this.#lanes) : undefined
  }

  async #findAll(run: Run): Promise<Found> {
    const tags: CheckedValidation[] = []
    const batches = this.#batchesOf(run)
    const { records, live } = await validateSongsAndLive(
      this.#database,
      run,
      this.#lanes,
      (more) => this.#look(more),
      // Links of a tag lie everywhere: beside the songs the two push each other's pages out of PostgreSQL's memory.
      [
        async () => {
          tags.push(await this.validateTags())
        },
        ...(batches?.parts ?? []),
      ],
    )
    return { records, live: liveChecks(live), tags, batches: checkOf(batches) }
  }

  async #findRecords(run: Run, { live, tags }: Shared): Promise<Found> {
    const batches = this.#batchesOf(run)
    const onSongs = (more: number) => this.#look(more)
    const records = await validateSongs(this.#database, run, this.#lanes, onSongs, batches?.parts ?? [])
    return { records, live, tags, batches: checkOf(batches) }
  }

  #standing(run: Run, { records, live, tags, batches }: Found): ValidationReport {
    const certificate =
      run.prunedAt === null && records.forgotten === 0 ? records.certificate : run.certificate
    const checks = [...live, songsCheck(records), ...tags, ...batches, ...compareCertificates(run, records)]
    return reportOn(run.id, certificate, checks, notesOn(run, records))
  }

  async #validateTakenBack(run: Run): Promise<ValidationReport> {
    const checks = [...(await validateRollback(this.#database, run)), await this.validateTags()]
    return reportOn(run.id, null, checks)
  }

  #look(more: number): unknown {
    this.#looks += more
    return this.#onSongs(Math.floor(this.#looks / 2))
  }
}

function checkOf(batches: BatchComparison | undefined): CheckedValidation[] {
  return batches ? [batches.check] : []
}

/** Half-way, forward or back, or with a song erased, a run has other songs than those that it was certified for. */
function compareCertificates(run: Run, { certificate, forgotten }: SongFindings): CheckedValidation[] {
  if (run.prunedAt !== null || run.status !== 'complete' || run.certificate === null || forgotten > 0)
    return []
  const found = checked(
    {
      name: 'certificate is the one that was issued',
      query: 'tag_migration_validate_songs',
      expectedResult: run.certificate,
      critical: true,
    },
    certificate,
  )
  return [found]
}

/** Themes longer than this are texts in the wrong column; characters. They are kept, and reported. */
const LONGEST_SENSIBLE_THEME = 1000

function reportOn(
  runId: string | null,
  certificate: string | null,
  checks: CheckedValidation[],
  notes: string[] = [],
): ValidationReport {
  return { valid: checks.every((one) => one.ok || !one.critical), runId, certificate, checks, notes }
}
