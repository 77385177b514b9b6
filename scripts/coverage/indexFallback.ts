interface Node {
  type: string
}

/** As far as it matters here. */
interface Fallback extends Node {
  operator?: string
  left?: Node & { computed?: boolean }
  right?: Node
}

/**
 * Whether it is `values[i] ?? 0`: what TypeScript asks for where an index may be out of range for all that it knows. Where it
 * never is, no test can go there.
 */
export function isIndexFallback(node: Node): boolean {
  const { type, operator, left, right }: Fallback = node
  return (
    type === 'LogicalExpression' &&
    operator === '??' &&
    left?.type === 'MemberExpression' &&
    left.computed === true &&
    right?.type === 'Literal'
  )
}
