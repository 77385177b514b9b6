import * as z from 'zod/mini'

const answerSchema = z.looseObject({
  outcome: z.string(),
  again: z.optional(z.boolean()),
  run: z.nullish(
    z.looseObject({
      id: z.string(),
      status: z.string(),
      songs: z.number(),
      certificate: z.nullable(z.string()),
    }),
  ),
})

export interface FunctionAnswer {
  status: number
  body: z.infer<typeof answerSchema>
}

/** Asks the edge function for something. @param headers say who asks */
export async function callFunction(
  url: string,
  headers: Readonly<Record<string, string>>,
  command: object,
): Promise<FunctionAnswer> {
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(command) })
  return { status: response.status, body: answerSchema.parse(await response.json()) }
}

/** As a schedule does: again and again, until an answer says that this would do no more. @returns all answers */
export async function advanceToTheEnd(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<FunctionAnswer[]> {
  const answers: FunctionAnswer[] = []
  for (;;) {
    const answer = await callFunction(url, headers, { action: 'advance' })
    answers.push(answer)
    if (answer.body.again !== true) return answers
  }
}
