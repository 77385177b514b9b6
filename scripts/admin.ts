import { createClient } from '@supabase/supabase-js'
import { Command, CommanderError, Option } from 'commander'
import { WrongUsage } from '../src/features/tags/scripts/wrongUsage.ts'
import type { Database } from '../src/lib/database.types.ts'
import { openAdminTarget } from './admin/adminTarget.ts'
import { grantRole, listRoles, type Role, type RoleGrant, revokeRole } from './admin/roles.ts'
import { StackProblem } from './stack/stackProblem.ts'

interface Flags {
  grant?: string
  revoke?: string
  list?: boolean
  role: Role
  json?: boolean
}

async function run(flags: Flags): Promise<void> {
  const { grant, revoke, list, role } = flags
  if (!grant && !revoke && !list)
    throw new WrongUsage('Nothing was asked for.', 'Say what to do: --grant EMAIL, --revoke EMAIL or --list')
  const target = await openAdminTarget(process.env, (message) => process.stderr.write(`${message}\n`))
  try {
    const client = createClient<Database>(target.apiUrl, target.secretKey, {
      auth: { persistSession: false, autoRefreshToken: false, detectSessionInUrl: false },
    })
    if (grant) {
      await grantRole(client, grant, role)
      process.stdout.write(`${grant} is ${role} on ${target.name} now.\n`)
    }
    if (revoke) {
      await revokeRole(client, revoke, role)
      process.stdout.write(`${revoke} is not ${role} on ${target.name} any more.\n`)
    }
    if (list) print(await listRoles(client), flags.json)
  } finally {
    await target.close()
  }
}

function print(grants: readonly RoleGrant[], json = false): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(grants)}\n`)
    return
  }
  const width = Math.max(0, ...grants.map(({ email }) => email.length))
  const lines = grants.map(({ email, role, granted_at }) => {
    return `${email.padEnd(width)}  ${role.padEnd('moderator'.length)}  since ${granted_at.slice(0, 10)}\n`
  })
  process.stdout.write(lines.join('') || 'Nobody has a role yet: --grant EMAIL gives the first.\n')
}

const program = new Command('npm run admin --')
  .description(
    'Grants and revokes roles, on SUPABASE_URL with SUPABASE_SECRET_KEY, or else on the embedded stack.',
  )
  .addOption(
    new Option('--grant <email>', 'give a role to somebody who has signed up').conflicts(['revoke', 'list']),
  )
  .addOption(new Option('--revoke <email>', 'take a role away').conflicts('list'))
  .option('--list', 'show who has which role')
  .addOption(
    new Option('--role <role>', 'the role').choices(['admin', 'moderator', 'editor']).default('admin'),
  )
  .option('--json', 'print the list as one array on stdout')
  .allowExcessArguments(false)
  .exitOverride()
  .action(run)

try {
  await program.parseAsync()
  process.exitCode = 0
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2)
  const advice = error instanceof WrongUsage ? ` ${error.advice}` : ''
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${advice}\n`)
  process.exit(error instanceof WrongUsage || error instanceof StackProblem ? 2 : 1)
}
