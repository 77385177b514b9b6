import { useRole, useSignedInUser } from '../../auth/index.ts'
import { mayEdit } from '../mayEdit.ts'

/** Whether the signed-in person sees the way to edit this song. */
export function useMayEdit(song: { created_by: string | null }): boolean {
  const { data: person } = useSignedInUser()
  const { data: role } = useRole()
  return mayEdit(song, person, role)
}
