import { InvalidArgumentError } from 'commander'

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Reads the argument of `--run`. @throws InvalidArgumentError */
export function runId(text: string): string {
  if (!UUID.test(text))
    throw new InvalidArgumentError('It must be the id of a run, as npm run validate shows it.')
  return text.toLowerCase()
}
