import type { Session } from './session.ts'
import type { Target } from './target.ts'
import { WrongUsage } from './wrongUsage.ts'

/** What is about to be done, as in "to migrate". */
interface Undertaking {
  /** A verb. */
  verb: string
  /** Also asks on a target on this machine, when somebody is there to be asked. */
  alwaysAsk: boolean
}

/**
 * Has a person confirm what changes a project: a hosted one by typing its host name, where a habitual "y" would not do.
 * @throws WrongUsage when it is not confirmed, or nobody can be asked about a hosted project
 */
export async function confirm(
  session: Session,
  target: Target,
  { verb, alwaysAsk }: Undertaking,
): Promise<void> {
  const { ask } = session
  if (target.isHosted) {
    if (!ask) {
      throw new WrongUsage(
        `${target.host} is a hosted project, and there is nobody to confirm.`,
        `To ${verb} without being asked, add --yes.`,
      )
    }
    const answer = await ask(`${target.host} is a hosted project. Type its host name to ${verb}: `)
    if (answer.trim() !== target.host) throw notConfirmed()
  } else if (alwaysAsk && ask) {
    const answer = await ask(`Go on and ${verb}? [y/N] `)
    if (!/^y(es)?$/i.test(answer.trim())) throw notConfirmed()
  }
}

function notConfirmed(): WrongUsage {
  return new WrongUsage('Not confirmed; nothing was changed.', 'Run the command again when you are ready.')
}
