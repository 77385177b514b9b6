/** How the key of every step of tagging begins that is kept in localStorage; the person's id follows. */
export const KEPT_EDITS = 'songbook-edits/'
