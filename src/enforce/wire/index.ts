// The registry of wire formats.
import { anthropicMessages } from './anthropic-messages.ts'
import { geminiGenerate } from './gemini-generate.ts'
import { openaiChat } from './openai-chat.ts'
import type { Conversation } from './wire.ts'

export const CONVERSATIONS: readonly Conversation[] = [openaiChat, anthropicMessages, geminiGenerate]
