import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { pgProve } from './database/pgProve.ts'
import { adviceFor, withExtension } from './database/withExtension.ts'
import { projectRoot } from './stack/project.ts'

/** With --strict: nothing failed, but the tests were not run. */
const NOT_RUN = 3

const { values, positionals } = parseArgs({
  options: { 'db-url': { type: 'string' }, strict: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const paths = positionals.length > 0 ? positionals : [join(projectRoot, 'supabase/tests')]

const ran = await withExtension('pgtap', values['db-url'], async (dbUrl, server) => {
  console.log(`pgTAP tests, on ${server}:`)
  return { code: await pgProve(dbUrl, paths) }
})
if (ran === undefined) {
  console.log(
    'pgTAP tests: not run, no PostgreSQL here has the extension pgtap (the embedded one never has).',
  )
  console.log(await adviceFor('pgtap'))
} else if (ran.code === undefined) {
  console.log(
    'Not run, there is no pg_prove here. Debian and Ubuntu: apt-get install libtap-parser-sourcehandler-pgtap-perl;\n' +
      '  elsewhere: cpan TAP::Parser::SourceHandler::pgTAP. With Docker, `supabase test db` brings its own.',
  )
}
process.exitCode = ran?.code ?? (values.strict ? NOT_RUN : 0)
