/** A call of one of this package's scripts. */
interface NpmCommand {
  script: string
  /** What stands after `--`. */
  args: string[]
}

/** Null for a command that calls no script of this package. */
export function npmCommand(command: string): NpmCommand | null {
  const [program, ...words] = command.split(/\s+/)
  if (program !== 'npm') return null
  const [first, ...rest] = words.filter((word) => word !== '--silent' && word !== '-s')
  if (first === undefined || first === 'ci' || first === 'cit') return null
  const [name, after] = first === 'run' ? [rest[0] ?? '', rest.slice(1)] : [first, rest]
  // A sentence may go on after it.
  const script = name.replace(/[.,;)”]+$/, '')
  return { script, args: after[0] === '--' ? after.slice(1) : after }
}

/** The long options that a help text knows. */
export function optionsOf(help: string): Set<string> {
  return new Set(help.match(/(?<=[\s,])--[a-z][\w-]*/g) ?? [])
}
