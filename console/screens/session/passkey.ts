// Passkeys, as the browser offers them. The library is fetched only when somebody uses one.
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import { api, ApiError } from '../../api.ts'

const webauthn = () => import('@simplewebauthn/browser')

/** Undefined when the person closed the browser's question. */
export async function askPasskey(): Promise<{ csrf: string } | undefined> {
  const { options } = await api.post('/api/session/passkey/options')
  const { startAuthentication } = await webauthn()
  const response = await dismissable(() =>
    startAuthentication({ optionsJSON: options as unknown as PublicKeyCredentialRequestOptionsJSON }),
  )
  if (!response) return undefined
  const { id, rawId } = response
  const { clientDataJSON, authenticatorData, signature, userHandle } = response.response
  return api.post('/api/session/passkey', {
    body: {
      response: {
        id,
        rawId,
        type: 'public-key',
        response: { clientDataJSON, authenticatorData, signature, userHandle },
      },
    },
  })
}

export async function makePasskey(options: Record<string, unknown>) {
  const { startRegistration } = await webauthn()
  const made = await dismissable(() =>
    startRegistration({ optionsJSON: options as unknown as PublicKeyCredentialCreationOptionsJSON }),
  )
  if (!made) return undefined
  const { id, rawId } = made
  const { clientDataJSON, attestationObject, transports } = made.response
  return {
    id,
    rawId,
    type: 'public-key' as const,
    response: { clientDataJSON, attestationObject, transports: known(transports) },
  }
}

const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const
type Transport = (typeof TRANSPORTS)[number]

const known = (transports: readonly string[] | undefined): Transport[] | undefined =>
  transports && TRANSPORTS.filter((transport) => transports.includes(transport))

async function dismissable<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask()
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    if (name === 'NotAllowedError' || name === 'AbortError') return undefined
    const already = name === 'InvalidStateError'
    throw new ApiError(
      400,
      'passkey',
      already ? 'This device already has a passkey here.' : 'The browser could not use a passkey.',
      {
        hint: already ? 'Use it to sign in, or make one on another device.' : 'Try again, or use your password.',
      },
    )
  }
}

/** A name that will mean something in the list later. */
export function suggestPasskeyName(): string {
  const { userAgent } = navigator
  const system = /Windows|Mac OS|iPhone|iPad|Android|CrOS|Linux/.exec(userAgent)?.[0] ?? 'this device'
  const browser = /Firefox|Edg|Chrome|Safari/.exec(userAgent)?.[0]?.replace('Edg', 'Edge') ?? 'Browser'
  return `${browser} on ${system.replace('Mac OS', 'macOS').replace('CrOS', 'ChromeOS')}`
}
