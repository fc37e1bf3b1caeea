// What rules say of nodes, in one place. What is not known of a node never hides a way: only what is said to be safe is.
import type { GraphNode } from '../../../model/graph.ts'
import { any, detour, maybe, node, type NodeTest, once } from '../rule.ts'

const but =
  (test: NodeTest, not: (node: GraphNode) => boolean): NodeTest =>
  (one) =>
    test(one) && !not(one)

const says =
  (name: string, value: string | boolean) =>
  ({ attributes }: GraphNode): boolean =>
    attributes[name] === value

export const isSensitive = ({ attributes: { sensitivity, personal } }: GraphNode): boolean =>
  sensitivity === 'restricted' || sensitivity === 'confidential' || personal === true

export const untrusted = node('content-source', { trust: 'untrusted' })
export const sensitiveStore: NodeTest = (one) =>
  (one.kind === 'data-store' || one.kind === 'dataset') && isSensitive(one)
export const publicEndpoint = node('endpoint', { exposure: 'public' })
/** Public, and nothing strong stands before it. */
export const openEndpoint = but(publicEndpoint, says('auth', 'strong'))
export const writingTool = node('tool', { effects: ['write', 'money', 'admin'] })
export const actingTool = node('tool', { effects: ['write', 'money', 'egress', 'admin'] })
export const executingTool = node('tool', { effects: ['exec'] })
export const unsandboxed = but(node('workload'), says('sandboxed', true))
export const production = but(node('workload', { environment: 'production' }), says('verifiesSignatures', true))
export const lowIdentity = but(node('identity', { type: 'human' }), says('privilege', 'high'))
export const highIdentity = node('identity', { privilege: 'high' })
export const unlimited = but(publicEndpoint, says('rateLimited', true))
export const unsanctioned = node('provider', { sanctioned: false })
export const foreignRegion: NodeTest = ({ kind, attributes }) =>
  kind === 'provider' && (attributes['regionAllowed'] === false || attributes['retention'] === true)
export const riskyArtefact: NodeTest = ({ kind, attributes: { verdict, signed } }) =>
  kind === 'artefact' && (verdict === 'malicious' || verdict === 'unscanned' || signed === false)
export const unpinnedServer: NodeTest = ({ kind, attributes: { pinned, remote, auth } }) =>
  kind === 'mcp-server' && (pinned === false || (remote === true && auth === 'none'))
/** More people read it than its owner. */
export const widelyRead: NodeTest = ({ kind, attributes: { readers } }) =>
  (kind === 'prompt' || kind === 'repository') && readers !== 'owner'

/** What a grant allows; where it does not say, more than reading. */
export function mayWrite(action: unknown): boolean {
  const actions: readonly unknown[] = Array.isArray(action) ? action : [action]
  return actions.some((one) => one === undefined || one === 'write' || one === 'admin' || one === '*')
}

/** From agent to agent: by handing over, or by what one leaves in a memory and another recalls. */
export const spread = [
  any('delegates'),
  maybe('remembers'),
  maybe('remembers', { back: true }),
  any('delegates'),
] as const

/** What an agent can use, straight or through a server. */
export const toTool = (to: NodeTest) => [maybe('connects'), once(['uses-tool', 'provides'], { to })] as const

/** An agent that holds data of others: it reads it itself, with a tool, or out of a vector store. */
export const readsSensitive = detour(
  maybe('connects'),
  maybe(['uses-tool', 'provides', 'retrieves']),
  maybe('retrieves'),
  once(['reads', 'indexes'], { to: sensitiveStore }),
)
