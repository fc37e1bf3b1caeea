// Infrastructure that is written as a program with the Cloud Development Kit: a construct is a resource of CloudFormation.
import { type Expr, lastName, pathOf, type Unit } from '../syntax/expr.ts'
import type { Evidence } from './evidence.ts'

const SERVICES: Readonly<Record<string, string>> = {
  bedrock: 'Bedrock',
  bedrockagentcore: 'BedrockAgentCore',
  comprehend: 'Comprehend',
  kendra: 'Kendra',
  lex: 'Lex',
  opensearchserverless: 'OpenSearchServerless',
  personalize: 'Personalize',
  qbusiness: 'QBusiness',
  rekognition: 'Rekognition',
  s3vectors: 'S3Vectors',
  sagemaker: 'SageMaker',
}
const HOME = /(?:aws-cdk-lib|aws_cdk|@aws-cdk|awscdk)\b/
const SERVICE = new RegExp(`(?:aws[-_]|\\.)(${Object.keys(SERVICES).join('|')})(?:-alpha)?(?:\\.|$)`)
const KNOWLEDGE_BASE = /^(?:Vector|Graph|Kendra)?KnowledgeBase$/

export interface Construct {
  /** As CloudFormation calls it. */
  type: string
  name: string
}

/** `new bedrock.CfnAgent(this, "agent", …)`, whichever way its module came in. */
export function constructOf(
  call: Extract<Expr, { kind: 'call' }>,
  unit: Unit,
  evidence: Evidence,
): Construct | undefined {
  const words = pathOf(call.callee).split('.')
  const made = words.find((word) => /^Cfn[A-Z]/.test(word)) ?? lastName(call.callee)
  const [head = ''] = words
  const imported = evidence.project.index(unit).imports.get(head)
  if (!imported) return undefined
  const from = `${imported.module}.${imported.name === 'default' ? '' : imported.name}`
  const [, id] = call.args
  const name = id?.kind === 'text' ? id.value : ''
  if (/^Cfn[A-Z]/.test(made)) {
    const [, service] = HOME.test(from) ? (SERVICE.exec(from) ?? []) : []
    return service === undefined ? undefined : { type: `AWS::${SERVICES[service] ?? ''}::${made.slice(3)}`, name }
  }
  return KNOWLEDGE_BASE.test(made) && /bedrock|generative-ai-cdk|generative_ai_cdk/.test(from)
    ? { type: 'AWS::Bedrock::KnowledgeBase', name }
    : undefined
}
