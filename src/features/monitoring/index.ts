export { captureError } from './errors.ts'
export { startMonitoring } from './startMonitoring.ts'
