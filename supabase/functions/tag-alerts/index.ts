import { answerRequest } from './answerRequest.ts'
import { ENVIRONMENT, parseSettings } from './settings.ts'

// Read by name, so that only these need to be allowed; an empty one is as good as none.
const environment = ENVIRONMENT.map((name) => [name, Deno.env.get(name) || undefined])
const settings = parseSettings(Object.fromEntries(environment))

Deno.serve((request) => answerRequest(request, settings))
