import type { Plugin } from 'vite'

/**
 * Lets the browser fetch the fonts of the first screen together with the style sheet, instead of after it.
 *
 * @param names the files' names without hash and ending
 */
export function preloadFonts(names: readonly string[]): Plugin {
  return {
    name: 'preload-fonts',
    apply: 'build',
    transformIndexHtml(_html, { bundle }) {
      const files = Object.keys(bundle ?? {})
      return names.map((name) => {
        const file = files.find((path) => path.endsWith('.woff2') && path.includes(`${name}-`))
        if (!file) throw new Error(`No style sheet uses a font called ${name}.`)
        const attributes = {
          rel: 'preload',
          href: `/${file}`,
          as: 'font',
          type: 'font/woff2',
          crossorigin: '',
        }
        return { tag: 'link', attrs: attributes, injectTo: 'head-prepend' }
      })
    },
  }
}
