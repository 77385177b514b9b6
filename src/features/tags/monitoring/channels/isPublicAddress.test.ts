import { expect, test } from 'vitest'
import { isPublicAddress } from './isPublicAddress.ts'

test.each([
  '93.184.216.34',
  '1.1.1.1',
  '172.15.255.255',
  '172.32.0.1',
  '2606:4700:4700::1111',
  '2a00:1450:4001::200e',
])('%s is on the open internet', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each([
  '127.0.0.1',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '203.0.113.9',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  'fe80::1',
  'fc00::1',
  'fd12:3456::1',
  'ff02::1',
  '64:ff9b::7f00:1',
  '2001:db8::1',
  '2001:0:7f00:1::',
  '2001::1',
  '2002:7f00:1::',
  '1.2.3',
  '1.2.3.4.5',
  '256.1.1.1',
  'example.org',
  '2::1',
  '',
])('%s is not', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})
