import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod/mini'
import { projectRoot } from '../stack/project.ts'
import { edgeFunctions } from './edgeFunction.ts'

test.each(edgeFunctions)(
  '$name runs on the versions that everything else is tested with',
  async ({ configuration }) => {
    const { imports } = z
      .object({ imports: z.record(z.string(), z.string()) })
      .parse(JSON.parse(await readFile(configuration, 'utf8')))
    const { dependencies, devDependencies } = z
      .object({
        dependencies: z.record(z.string(), z.string()),
        devDependencies: z.record(z.string(), z.string()),
      })
      .parse(JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')))
    expect(imports).toEqual({
      '@sentry/deno': `npm:@sentry/deno@${devDependencies['@sentry/deno']}`,
      '@supabase/supabase-js': `npm:@supabase/supabase-js@${dependencies['@supabase/supabase-js']}`,
      'zod/mini': `npm:zod@${dependencies.zod}/mini`,
    })
  },
)
