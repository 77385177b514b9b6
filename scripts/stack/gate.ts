import type { Api } from './api.ts'
import { HEALTH_PATH } from './findRunningStack.ts'
import { describePortHolder } from './portHolder.ts'
import { type ApiServer, serveApi } from './serveApi.ts'
import { hasCode, StackProblem } from './stackProblem.ts'

/**
 * Takes the stack's port before anything slow is done; until the API is there it answers 503.
 *
 * @param instance shown by the health page, so that a second start knows this stack from anybody else's server
 * @throws StackProblem naming the process that holds the port
 */
export async function openGate(
  port: number,
  instance: string,
  api: () => Pick<Api, 'fetch'> | undefined,
): Promise<ApiServer> {
  const answer = async (request: Request, peerAddress: string | null) => {
    const open = api()
    if (new URL(request.url).pathname === HEALTH_PATH) {
      return Response.json({ instance }, { status: open ? 200 : 503 })
    }
    return (
      open?.fetch(request, peerAddress) ??
      Response.json({ message: 'The stack is starting.' }, { status: 503 })
    )
  }
  try {
    return await serveApi({ fetch: answer }, port)
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE')) throw new StackProblem(await describePortHolder(port, '--port'))
    throw error
  }
}
