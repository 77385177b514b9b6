/** A command as a document tells the reader to type it. */
interface DocumentedCommand {
  /** Where it stands, for whoever has to mend it: file and line. */
  place: string
  /** Without the prompt. */
  command: string
  /** What the fence says after `console`; null for a command in running text or in any other fence. */
  how: 'run' | 'run, asks' | 'hosted' | 'minutes' | null
}

const KINDS = ['run', 'run, asks', 'hosted', 'minutes'] as const

/**
 * The commands of a Markdown page, in order. Those after a prompt in a fence called `console` are meant to be typed as they
 * stand: `run` at once, `run, asks` with a question that is answered, `minutes` where it takes some, `hosted` where it needs a
 * project of one's own. All others are commands of npm in running text.
 *
 * @throws Error for a fence called `console` that does not say how
 */
export function documentedCommands(file: string, page: string): DocumentedCommand[] {
  let fence: string | undefined
  return page.split('\n').flatMap((line, at): DocumentedCommand[] => {
    const place = `${file}:${at + 1}`
    const [, info] = /^\s*```(.*)$/.exec(line) ?? []
    if (info !== undefined) {
      fence = fence === undefined ? info : undefined
      if (fence?.startsWith('console')) howOf(fence, place)
      return []
    }
    if (fence?.startsWith('console')) {
      const [, command] = /^\s*\$ (.+)$/.exec(line) ?? []
      return command === undefined ? [] : [{ place, command, how: howOf(fence, place) }]
    }
    const texts =
      fence === undefined ? [...line.matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? '') : [line]
    return texts.flatMap((text) =>
      [...text.matchAll(/(?<![\w-])npm (?:run|start|test|ci|cit)\b[^#&|]*/g)].map(([command]) => {
        return { place, command: command.trim(), how: null }
      }),
    )
  })
}

function howOf(fence: string, place: string): DocumentedCommand['how'] {
  const how = KINDS.find((kind) => fence === `console ${kind}`)
  if (how === undefined) throw new Error(`${place}: “${fence}” does not say how its commands are tried.`)
  return how
}
