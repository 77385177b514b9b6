import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod/mini'
import { projectRoot } from './stack/project.ts'

const stepSchema = z.object({
  uses: z.optional(z.string()),
  if: z.optional(z.string()),
  run: z.optional(z.string()),
  env: z.optional(z.record(z.string(), z.string())),
  with: z.optional(z.record(z.string(), z.unknown())),
})

const jobSchema = z.object({
  uses: z.optional(z.string()),
  environment: z.optional(z.unknown()),
  needs: z.optional(z.union([z.string(), z.array(z.string())])),
  'timeout-minutes': z.optional(z.number()),
  env: z.optional(z.record(z.string(), z.string())),
  permissions: z.optional(z.record(z.string(), z.string())),
  steps: z.optional(z.array(stepSchema)),
})

const workflowSchema = z.object({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: z.record(z.string(), z.string()),
  concurrency: z.unknown(),
  defaults: z.object({ run: z.object({ shell: z.string() }) }),
  jobs: z.record(z.string(), jobSchema),
})

const dispatchSchema = z.object({
  workflow_dispatch: z.object({ inputs: z.object({ action: z.object({ options: z.array(z.string()) }) }) }),
})

const folder = join(projectRoot, '.github/workflows')
const files = await readdir(folder)
const workflows = await Promise.all(
  files.map(async (file) => {
    const text = await readFile(join(folder, file), 'utf8')
    return { file, text, workflow: workflowSchema.parse(parse(text)) }
  }),
)
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')))

describe.each(workflows)('$file', ({ text, workflow }) => {
  const jobs = Object.values(workflow.jobs)
  const steps = jobs.flatMap((job) => job.steps ?? [])
  const commands = steps.flatMap(({ run }) => run ?? []).join('\n')

  test('may read the code and nothing else', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(jobs.filter((job) => job.permissions !== undefined)).toEqual([])
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'))
    for (const checkout of checkouts) expect(checkout.with).toMatchObject({ 'persist-credentials': false })
    expect(workflow.on).not.toHaveProperty('pull_request_target')
  })

  test('uses actions by the hash of a version that is named beside it', () => {
    const uses = [...text.matchAll(/uses: (\S+)(.*)/g)].filter(([, action]) => !action?.startsWith('./'))
    for (const [, action, note] of uses) {
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/)
      expect(note).toMatch(/^ # v\d+\.\d+\.\d+$/)
    }
    const fetched = [...commands.matchAll(/npx --yes (\S+)/g)].map(([, name]) => name)
    for (const name of fetched) expect(name).toMatch(/^@?[\w/-]+@\d+\.\d+\.\d+$/)
  })

  test('calls scripts that there are', async () => {
    const called = [...commands.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name)
    for (const name of called) expect(Object.keys(scripts)).toContain(name)
    const run = [...commands.matchAll(/(?:^|node )(\.ci\/run|scripts\/\S+\.ts)/gm)].map(
      ([, file]) => file ?? '',
    )
    for (const file of run) expect(await readFile(join(projectRoot, file), 'utf8')).not.toBe('')
    const reused = jobs.flatMap(({ uses }) => uses ?? [])
    for (const file of reused) expect(files.map((name) => `./.github/workflows/${name}`)).toContain(file)
  })

  // What GitHub puts into a script's text is run as a part of it: a branch can be called $(…).
  test('gives a script its values as variables, and prints no secret', () => {
    expect(commands).not.toContain('${{')
    const variables = [...jobs, ...steps].flatMap(({ env }) => Object.entries(env ?? {}))
    const secrets = variables.flatMap(([name, value]) => (value.includes('secrets.') ? name : []))
    for (const name of secrets) expect(commands).not.toContain(`$${name}`)
    expect(commands).not.toMatch(/set -x|printenv|env \||--debug/)
    // A pipe hides what fails before its end, from any shell that is not told otherwise.
    expect(workflow.defaults.run.shell).toBe('bash')
  })

  test('shows secrets only to jobs of an environment, which may ask a person first, and ends some time', () => {
    for (const job of jobs.filter(({ uses }) => uses === undefined)) {
      expect(job['timeout-minutes']).toBeGreaterThan(0)
      if (JSON.stringify(job).includes('secrets.')) expect(job.environment).toBeDefined()
    }
  })
})

test('themes are migrated only by hand, after a report, and by the plan of that report', () => {
  const { workflow } = workflows.find(({ file }) => file === 'migrate-themes.yml') ?? {}
  expect(Object.keys(workflow?.on ?? {})).toEqual(['workflow_dispatch'])
  const { report, apply } = workflow?.jobs ?? {}
  expect(apply).toMatchObject({ needs: 'report', environment: 'production-themes' })
  const written = report?.steps?.map(({ run }) => run ?? '').join('\n')
  expect(written).toContain('--dry-run --verbose --save-plan report/plan.json')
  // Without a person's word nothing but a report may be written.
  expect(written?.match(/--yes|--finalize/)).toBeNull()
  expect(apply?.steps?.some(({ run }) => run?.includes('--plan report/plan.json'))).toBe(true)
})

test('every action of a migration is done by a step, and a run that was cut off can go on', () => {
  const { workflow } = workflows.find(({ file }) => file === 'migrate-themes.yml') ?? {}
  const { action } = dispatchSchema.parse(workflow?.on).workflow_dispatch.inputs
  const steps = Object.values(workflow?.jobs ?? {}).flatMap((job) => job.steps ?? [])
  const commandsOf = (name: string) =>
    steps.flatMap(({ if: when, run }) => (when?.includes(`'${name}'`) ? (run ?? '') : [])).join('\n')
  expect(action.options.filter((name) => commandsOf(name) === '')).toEqual([])
  expect(commandsOf('resume')).toContain('migrate -- --resume')
  // A run keeps the plan that it began with, and another one is refused.
  expect(commandsOf('resume')).not.toContain('--plan')
})
