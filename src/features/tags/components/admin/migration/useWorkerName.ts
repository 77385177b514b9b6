import { useSignedInUser } from '../../../../auth/index.ts'

/** Workers as people read them: the edge function names the admin that it works for by her id. */
export function useWorkerName(): (worker: string) => string {
  const { data: user } = useSignedInUser()
  return (worker) => (user ? worker.replaceAll(user.id, 'you') : worker)
}
