// The registry of wire formats.
import { anthropicCountTokens } from './anthropic-count-tokens.ts'
import { anthropicMessages } from './anthropic-messages.ts'
import { bedrockConverse } from './bedrock-converse.ts'
import { geminiBatchEmbed } from './gemini-batch-embed.ts'
import { geminiCountTokens } from './gemini-count-tokens.ts'
import { geminiEmbed } from './gemini-embed.ts'
import { geminiGenerate } from './gemini-generate.ts'
import { openaiChat } from './openai-chat.ts'
import { openaiCompletions } from './openai-completions.ts'
import { openaiEmbeddings } from './openai-embeddings.ts'
import { openaiModerations } from './openai-moderations.ts'
import { openaiResponses } from './openai-responses.ts'
import type { Backend, Conversation, Wire } from './wire.ts'

/** Each can be turned into each; where an upstream speaks several, the first is taken. */
export const CONVERSATIONS: readonly Conversation[] = [openaiChat, openaiResponses, anthropicMessages, geminiGenerate]

export const BACKENDS: readonly Backend[] = [bedrockConverse]

export const PASSING: readonly Wire[] = [
  openaiCompletions,
  openaiEmbeddings,
  openaiModerations,
  anthropicCountTokens,
  geminiEmbed,
  geminiBatchEmbed,
  geminiCountTokens,
]
