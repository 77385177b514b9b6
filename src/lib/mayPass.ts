/** Whether a failure may pass by itself: no answer (0), a time limit, too many requests, a server in trouble. @param status HTTP */
export function mayPass(status: number): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500
}
