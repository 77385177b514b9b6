import { createContext } from 'react'

/** The search of the list's own address, for the way back to the same page of it. */
export const ListAddress = createContext('')
