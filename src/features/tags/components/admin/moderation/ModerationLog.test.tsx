import { onlineManager } from '@tanstack/react-query'
import { expect, onTestFinished, test } from 'vitest'
import { tagKeys } from '../../../queries/tagKeys.ts'
import type { ModerationEntry } from '../../../services/moderationEntry.ts'
import { textOf } from '../testing/textOf.tsx'
import { ModerationLog } from './ModerationLog.tsx'

const entry: ModerationEntry = {
  id: 1,
  action: 'ban',
  tagId: 'grace',
  tagName: 'Grace',
  details: {},
  at: '2026-11-02T12:00:00Z',
  actor: 'ada',
  actorEmail: 'ada@example.org',
  otherName: null,
  undoes: null,
  undoneBy: null,
  canUndo: true,
}
const all = { action: null, actor: null, tagId: null, from: null, until: null }
const key = (filter: object) => [...tagKeys.admin(), 'log', { ...all, ...filter }]
const page = (entries: ModerationEntry[], next: number | null = null) => ({
  pages: [{ entries, next }],
  pageParams: [null],
})
const actors = [[...tagKeys.admin(), 'actors'], [{ id: 'gone', email: null }]] as const

test('an entry says who it was, whether it is an undo or undone, and offers to undo it', () => {
  const entries = [
    entry,
    { ...entry, id: 2, actorEmail: null, undoes: 1, canUndo: false },
    { ...entry, id: 3, actor: null, undoneBy: 2, canUndo: false },
  ]
  const text = textOf(<ModerationLog />, [actors, [key({}), page(entries, 3)]])
  expect(text).toContain('Everybody An account that is gone')
  expect(text).toMatch(
    /Banned “Grace” ada@example\.org Undo .*Banned “Grace” somebody whose account is gone · an undo/,
  )
  expect(text).toMatch(/Banned “Grace” with the secret key · undone Show earlier entries$/)
})

test('an empty log says whether anything was done, or only nothing like that', () => {
  expect(textOf(<ModerationLog />, [[key({}), page([])]])).toMatch(/Nothing was done yet/)
  const filtered = textOf(<ModerationLog />, [[key({ action: 'ban' }), page([])]], '/?action=ban')
  expect(filtered).toMatch(/No entry fits Choose other days.* Show all entries$/)
  const tagId = '0a000000-0000-4000-8000-000000000001'
  const ofTag = textOf(<ModerationLog />, [[key({ tagId }), page([entry])]], `/?tag=${tagId}`)
  expect(ofTag).toMatch(/^Only what was done to one tag\. Show what was done to all/)
})

test('an address that is mistyped shows all that was done', () => {
  const text = textOf(<ModerationLog />, [[key({}), page([entry])]], '/?tag=grace&actor=ada&from=yesterday')
  expect(text).toContain('Banned “Grace”')
  expect(text).not.toContain('Only what was done to one tag')
})

test('a log that cannot be read says so, and one that waits for a connection does', () => {
  expect(textOf(<ModerationLog />, [[key({}), new Error('No.')]])).toContain('The log could not be read')
  onlineManager.setOnline(false)
  onTestFinished(() => onlineManager.setOnline(true))
  expect(textOf(<ModerationLog />)).toContain('You are offline')
})
