import { readFile, stat } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyStackFolder } from '../testing/madeStack.ts'
import {
  discardStack,
  launchStack,
  type StackCoordinates,
  type StackProcess,
} from '../testing/stackProcess.ts'
import { runSupabase } from './supabaseCli.ts'

describe('a running stack', () => {
  let folder: string
  let stack: StackProcess
  let coordinates: StackCoordinates
  beforeAll(async () => {
    folder = await copyStackFolder()
    stack = launchStack(folder)
    coordinates = await stack.ready
  })
  afterAll(() => discardStack(stack, folder))

  it('is found by a second start, which prints the same line and ends', async () => {
    const second = launchStack(folder, '--port', '54999')
    expect(await second.ready).toEqual(coordinates)
    expect(await second.ended).toMatchObject({ code: 0, stderr: '' })
  })

  it('cannot be reset', async () => {
    const { code, stderr, stdout } = await launchStack(folder, '--reset').ended
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(`stop process ${stack.child.pid} first`)
  })

  it('keeps what is secret in files that only their owner reads', async () => {
    for (const file of ['keys.json', 'state.json']) {
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
    }
    const keys = await readFile(join(folder, 'keys.json'), 'utf8')
    expect(keys).toContain(coordinates.secretKey)
    expect(coordinates.publishableKey).toMatch(/^sb_publishable_/)
    expect(coordinates.secretKey).toMatch(/^sb_secret_/)
  })

  it('listens on 127.0.0.1 and on no other address', async () => {
    for (const url of [coordinates.apiUrl, coordinates.dbUrl]) {
      const port = Number(new URL(url).port)
      await expect(reach('127.0.0.1', port)).resolves.toBe(true)
      await expect(reach('127.0.0.2', port)).resolves.toBe(false)
      await expect(reach('::1', port)).resolves.toBe(false)
    }
  })

  it('gives a request without a key nothing, though it comes from this machine', async () => {
    for (const path of [
      '/rest/v1/user_roles',
      '/rest/v1/songs',
      '/auth/v1/admin/users',
      '/storage/v1/bucket',
    ]) {
      const { status } = await fetch(coordinates.apiUrl + path)
      expect([path, status]).toEqual([path, expect.toBeOneOf([401, 404])])
    }
    const write = await fetch(`${coordinates.apiUrl}/rest/v1/user_roles`, { method: 'DELETE' })
    expect(write.status).toBe(401)
  })

  it('lets the publishable key read what everybody may, and only the secret key what service_role may', async () => {
    const anon = createClient(coordinates.apiUrl, coordinates.publishableKey)
    expect((await anon.from('songs').select('id')).error).toBeNull()
    expect((await anon.from('user_roles').select('user_id')).error?.code).toBe('42501')
    const service = createClient(coordinates.apiUrl, coordinates.secretKey)
    expect((await service.from('user_roles').select('user_id')).error).toBeNull()
  })

  it('has migrations that `supabase migration list` finds applied, and says no word of warning', async () => {
    const { code, stdout, stderr } = await runSupabase(['migration', 'list', `--remote=${coordinates.dbUrl}`])
    expect(code).toBe(0)
    const rows = [...stdout.matchAll(/^\s*`?(\d*)`?\s*\|\s*`?(\d*)`?\s*\|/gm)]
    expect(rows.length).toBeGreaterThan(1)
    for (const [, local, remote] of rows) expect(remote).toBe(local)
    expect(stderr).not.toMatch(/warn/i)
  })
})

function reach(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2_000 })
    const answer = (reached: boolean) => {
      socket.destroy()
      resolve(reached)
    }
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
    socket.once('timeout', () => answer(false))
  })
}
