import { onlineManager } from '@tanstack/react-query'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { run } from '../../../migration/testing/shownStatus.ts'
import { textOf } from '../testing/textOf.tsx'
import { FinalizeDialog } from './FinalizeDialog.tsx'
import { RunHistory } from './history/RunHistory.tsx'
import { SongChanges } from './history/SongChanges.tsx'
import { PlanView } from './plan/PlanView.tsx'
import { RollbackDialog } from './RollbackDialog.tsx'
import { RunView } from './RunView.tsx'

beforeAll(() => onlineManager.setOnline(false))
afterAll(() => onlineManager.setOnline(true))

const nothing = () => undefined
const waits = /You are offline .* by itself as soon as there is a connection\./

test('without a connection each view and dialog says that it waits for one', () => {
  expect(textOf(<RunView />)).toMatch(waits)
  expect(textOf(<PlanView />)).toMatch(waits)
  expect(textOf(<RunHistory />)).toMatch(waits)
  expect(textOf(<SongChanges songId="grace" />)).toMatch(waits)
  const rollback = <RollbackDialog run={run} isServed onRollBack={nothing} onClose={nothing} />
  expect(textOf(rollback)).toMatch(waits)
  expect(textOf(<FinalizeDialog isServed onFinalize={nothing} onClose={nothing} />)).toMatch(waits)
})
