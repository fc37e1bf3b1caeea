// Commands of a terminal that deploy a model or ask one, and who is asked by them.
export const PROVIDER_COMMANDS: readonly { command: RegExp; provider: string; example: string }[] = [
  {
    command: /\baz cognitiveservices account deployment create\b(?=.*--model-format[ =]["']?OpenAI\b)/i,
    provider: 'azure-openai',
    example: 'az cognitiveservices account deployment create --model-name gpt-4o --model-format OpenAI',
  },
  {
    command: /\baz cognitiveservices account deployment create\b(?!.*--model-format[ =]["']?OpenAI\b)/i,
    provider: 'azure-ai',
    example: 'az cognitiveservices account deployment create --model-name acme-2 --model-format Acme',
  },
  {
    command: /\baws bedrock(?:-runtime|-agent-runtime)? (?:converse|invoke-(?:model|agent)|create-|retrieve)/,
    provider: 'aws-bedrock',
    example: 'aws bedrock-runtime converse --model-id amazon.nova-lite-v1:0',
  },
  {
    command: /\baws sagemaker(?:-runtime)? (?:create-(?:model|endpoint|training-job)|invoke-endpoint)/,
    provider: 'aws-sagemaker',
    example: 'aws sagemaker create-endpoint --endpoint-name desk',
  },
  {
    command: /\bgcloud (?:(?:beta|alpha) )?ai (?:models|endpoints|custom-jobs|model-garden) [a-z]/,
    provider: 'google-vertex-ai',
    example: 'gcloud ai endpoints deploy-model 7 --model acme',
  },
  {
    command: /(?:^|[\s;&|"'(])ollama (?:pull|run|serve|create)\b/,
    provider: 'ollama',
    example: 'ollama pull acme:2b',
  },
]
