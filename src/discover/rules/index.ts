// The rules, the gravest first.
import { broadAiPermissions } from './broad-ai-permissions.ts'
import { ciAgentOnUntrustedInput } from './ci-agent-on-untrusted-input.ts'
import type { Rule } from './define.ts'
import { hardcodedKey } from './hardcoded-key.ts'
import { hiddenInstructions } from './hidden-instructions.ts'
import { lethalTrifecta } from './lethal-trifecta.ts'
import { missingGuardrail } from './missing-guardrail.ts'
import { modelOutputToCode } from './model-output-to-code.ts'
import { modelOutputToHtml } from './model-output-to-html.ts'
import { modelOutputToSql } from './model-output-to-sql.ts'
import { openMcpServer } from './open-mcp-server.ts'
import { poisonedInstructions } from './poisoned-instructions.ts'
import { publicModelEndpoint } from './public-model-endpoint.ts'
import { shadowEgress } from './shadow-egress.ts'
import { trustRemoteCode } from './trust-remote-code.ts'
import { unencryptedModelCall } from './unencrypted-model-call.ts'
import { unguardedExecution } from './unguarded-execution.ts'
import { unpinnedImage } from './unpinned-image.ts'
import { unpinnedMcpServer } from './unpinned-mcp-server.ts'
import { unpinnedModel } from './unpinned-model.ts'
import { unsafeLoader } from './unsafe-loader.ts'
import { untrustedSystemPrompt } from './untrusted-system-prompt.ts'
import { voidSuppression } from './void-suppression.ts'

export const RULES: readonly Rule[] = [
  hiddenInstructions,
  lethalTrifecta,
  modelOutputToCode,
  hardcodedKey,
  ciAgentOnUntrustedInput,
  poisonedInstructions,
  trustRemoteCode,
  unguardedExecution,
  untrustedSystemPrompt,
  modelOutputToSql,
  modelOutputToHtml,
  broadAiPermissions,
  publicModelEndpoint,
  unpinnedMcpServer,
  openMcpServer,
  unencryptedModelCall,
  unsafeLoader,
  unpinnedModel,
  missingGuardrail,
  unpinnedImage,
  shadowEgress,
  voidSuppression,
]
