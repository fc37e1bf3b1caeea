// llm_guardrail ships no types; this is what the bench calls.
declare module 'llm_guardrail' {
  export function checkInjection(prompt: string): Promise<{ detected: boolean; confidence: number }>
  export function checkJailbreak(prompt: string): Promise<{ detected: boolean; confidence: number }>
}
