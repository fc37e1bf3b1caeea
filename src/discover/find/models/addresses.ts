// Models that an address names, or what .NET connects with.

/** An address that is asked names the model in its path. */
const IN_ADDRESS =
  /\/(?:deployments|models?|engines)\/([\w.@:-]+?)(?:\/(?:chat\/completions|completions|embeddings|images\/generations|invoke(?:-with-response-stream)?|converse(?:-stream)?)|:(?:generateContent|streamGenerateContent|embedContent|predict))(?:\?|$)/

/** Where a hub answers for each of its models: Hugging Face, Replicate, fal. */
const HUB_ADDRESS =
  /^https:\/\/(?:(?:api-inference\.huggingface\.co|router\.huggingface\.co\/hf-inference)\/models\/([\w.-]+\/[\w.-]+)|api\.replicate\.com\/v1\/models\/([\w.-]+\/[\w.-]+)\/|(?:queue\.)?fal\.run\/([\w.-]+(?:\/[\w.-]+)+?)(?:\/requests\b.*)?$)/

/** `Endpoint=https://…;Key=…;Model=acme-2` */
const CONNECTION = /^\w[\w ]*=[^;]*;\s*\w[\w ]*=/
const CONNECTED = /(?:^|;)\s*\w*(?:Model|Deployment)(?:Id|Name)?\s*=\s*([\w./:@-]+)/gi

export const resourceIn = (text: string): string | undefined =>
  /(?:foundation-model|inference-profile)\/([\w.:-]+)$/.exec(text)?.[1] ??
  (text.includes('/') ? IN_ADDRESS.exec(text)?.[1] : undefined)

export const hostedAt = (text: string): string | undefined =>
  text.startsWith('https://') ? HUB_ADDRESS.exec(text)?.slice(1).find(Boolean) : undefined

/** `wss://api.acme.com/v1/realtime?model=acme-2` */
const ASKED_FOR = /^(?:https?|wss?):\/\/[^\s?#]+\?(?:[^\s#]*&)?model(?:_?id)?=([\w.:@-]+)/i

export const askedFor = (text: string): string | undefined =>
  text.includes('?') ? ASKED_FOR.exec(text)?.[1] : undefined

export const connectedTo = (text: string): string[] =>
  text.includes(';') && CONNECTION.test(text) ? [...text.matchAll(CONNECTED)].map(([, given = '']) => given) : []
