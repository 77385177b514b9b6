import { ServiceError } from './ServiceError.ts'

type Failure = { message: string; code?: string }
type Response<Data> =
  | { data: Data; error: null; status: number }
  | { data: unknown; error: Failure; status: number }

/** @throws ServiceError when the response carries an error. `doing` says what was tried: “read the songs”. */
export function unwrap<Data>(doing: string, response: Response<Data>): Data {
  if (response.error) {
    const { error, status } = response
    throw new ServiceError(`Could not ${doing}: ${error.message}`, { status, code: error.code, cause: error })
  }
  return response.data
}
