import type { Plugin } from 'vite'

const COPY = '?own'

/**
 * Gives the files that match a copy of zod of their own. A library that several chunks share is one module with all that any
 * of them uses of it: what only the engine's schemas need would come with the first load of every reader.
 */
export function ownZod(importers: RegExp): Plugin {
  return {
    name: 'own-zod',
    enforce: 'pre',
    apply: 'build',
    async resolveId(source, importer, options) {
      const isInside = importer?.endsWith(COPY) ?? false
      if (!isInside && !(source === 'zod/mini' && importer !== undefined && importers.test(importer)))
        return null
      const from = isInside ? importer?.slice(0, -COPY.length) : importer
      const resolved = await this.resolve(source, from, { ...options, skipSelf: true })
      return resolved && { ...resolved, id: resolved.id + COPY }
    },
  }
}
