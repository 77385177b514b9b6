/**
 * Stands in for what auth-js brings for passkeys and wallets (vite.config.ts): its client makes a WebAuthnApi at start. People
 * sign in with a password here.
 */
export class WebAuthnApi {}

export const webAuthnAbortService = { cancelCeremony: () => undefined }

function leftOut(): never {
  throw new Error(
    'Passkeys and wallets are left out of this build; vite.config.ts says how to bring them back.',
  )
}

export const browserSupportsWebAuthn = () => false
export {
  leftOut as createCredential,
  leftOut as createSiweMessage,
  leftOut as deserializeCredentialCreationOptions,
  leftOut as deserializeCredentialRequestOptions,
  leftOut as fromHex,
  leftOut as getAddress,
  leftOut as getCredential,
  leftOut as serializeCredentialCreationResponse,
  leftOut as serializeCredentialRequestResponse,
  leftOut as toHex,
}
