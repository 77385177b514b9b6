/**
 * Queries under this key hold what one person wrote, such as an unsaved form. They are dropped when that person signs
 * out, and so are the changes that still wait for a connection.
 */
export const personalKey = ['personal'] as const
