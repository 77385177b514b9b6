import { describe, expect, it } from 'vitest'
import { confirm } from './confirm.ts'
import type { Session } from './session.ts'
import { createScreen } from './terminal/screen.ts'

/** A session in which every question gets this answer; without one there is nobody to ask. */
function session(answer?: string): { session: Session; questions: string[] } {
  const questions: string[] = []
  const ask = async (question: string) => {
    questions.push(question)
    return answer ?? ''
  }
  return {
    questions,
    session: {
      env: {},
      screen: createScreen({ write: () => {} }, {}),
      signal: new AbortController().signal,
      ask: answer === undefined ? undefined : ask,
      keepSecret: () => {},
      soFar: {},
    },
  }
}

const hosted = { url: '', key: '', name: '', host: 'abc.supabase.co', isHosted: true, close: async () => {} }
const local = { ...hosted, host: '127.0.0.1', isHosted: false }
const migrate = { verb: 'migrate', alwaysAsk: false }
const rollback = { verb: 'roll back', alwaysAsk: true }

describe('confirm', () => {
  it('wants the host name of a hosted project', async () => {
    const { session: willing, questions } = session(' abc.supabase.co ')
    await confirm(willing, hosted, migrate)
    expect(questions).toEqual(['abc.supabase.co is a hosted project. Type its host name to migrate: '])
    for (const answer of ['y', 'yes', '', 'other.supabase.co'])
      await expect(confirm(session(answer).session, hosted, migrate)).rejects.toThrow('nothing was changed')
  })

  it('refuses a hosted project when there is nobody to ask', async () => {
    await expect(confirm(session().session, hosted, rollback)).rejects.toMatchObject({
      name: 'WrongUsage',
      advice: 'To roll back without being asked, add --yes.',
    })
  })

  it('asks about a local one only when told to, and only somebody', async () => {
    const quiet = session('n')
    await confirm(quiet.session, local, migrate)
    await confirm(session().session, local, rollback)
    expect(quiet.questions).toEqual([])
    await confirm(session('y').session, local, rollback)
    await expect(confirm(session('').session, local, rollback)).rejects.toThrow('nothing was changed')
  })
})
