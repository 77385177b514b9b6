const placeholder = '<script type="application/json" id="songbook-config">{}</script>'

/**
 * The built page with its configuration written in, so that one build serves any stack (src/lib/env.ts reads it).
 *
 * @throws Error when the page has no place for it: it was not built from this index.html
 */
export function configuredPage(page: string, configuration: Record<string, string>): string {
  if (!page.includes(placeholder))
    throw new Error('index.html has no place for the configuration: build it again.')
  // A value must not be able to end the element it stands in.
  const json = JSON.stringify(configuration).replaceAll('<', '\\u003c')
  return page.replace(placeholder, () => placeholder.replace('{}', () => json))
}
