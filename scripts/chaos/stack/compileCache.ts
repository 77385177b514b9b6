import { join } from 'node:path'
import { projectRoot } from '../../stack/project.ts'

/** Where processes keep what Node made of the sources: some four of a run load the same ones. */
export const compileCache = { NODE_COMPILE_CACHE: join(projectRoot, 'node_modules/.cache/node-compile') }
