// A right to use every model, or to do everything with a service, is a right that nobody thought about.
import { SAID, metIn } from '../find/visit.ts'
import { type Expr, field, lastName } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { hit, textsOf } from './look.ts'

/** Policies and roles of the clouds that give everything of a service, by the names that the clouds gave them. */
const EVERYTHING =
  /(?:^|\/)(?:AmazonBedrockFullAccess|AmazonSageMakerFullAccess|AmazonSageMakerCanvasFullAccess|BedrockAgentCoreFullAccess|AmazonKendraFullAccess)$|^roles\/(?:aiplatform|ml|discoveryengine|notebooks|dialogflow)\.admin$|^(?:Cognitive Services Contributor|Azure AI (?:Administrator|Owner|Account Owner)|AzureML (?:Data Scientist Owner|Administrator)|Search Service Contributor)$/
/** Where somebody is given one; elsewhere a name is only spoken of. */
const GRANTS =
  /policy_?arns?$|managed_?polic(?:y|ies)(?:_arns?)?$|^role$|^roles$|role_definition_name$|roleDefinitionName$|^policies$/i

const SERVICES = /^(?:bedrock|bedrock-agent|bedrock-agentcore|sagemaker|aoss|kendra|s3vectors):/i

const isGranted = (keys: readonly string[], [parent, above]: readonly Expr[]): boolean =>
  GRANTS.test((keys.at(-1) ?? '').replace(/^.*\./, '')) ||
  [parent, above].some(
    (one) => one?.kind === 'call' && /^(?:from\w*ManagedPolicy\w*|grant|attach\w*)$/.test(lastName(one.callee)),
  )

export const broadAiPermissions = defineRule({
  id: 'broad-ai-permissions',
  title: 'An identity may use every model, or do everything with an AI service',
  severity: 'high',
  confidence: 0.85,
  threats: ['excessive-agency', 'denial-of-wallet', 'runtime-conventional-security-threats'],
  controls: ['least-model-privilege', 'model-access-control'],
  remedy: 'name the actions that are needed and the models they are needed for',
  everywhere: true,
  *checkUnit(unit) {
    for (const { expr, keys, parents } of metIn(unit, SAID)) {
      if (expr.kind === 'text' && EVERYTHING.test(expr.value) && isGranted(keys, parents))
        yield hit(unit, expr.line, expr.value.slice(expr.value.lastIndexOf('/') + 1))
      if (expr.kind !== 'map' && expr.kind !== 'call') continue
      const allowed: Expr | undefined = field(expr, 'Effect', 'effect')
      if (allowed?.kind === 'text' && allowed.value !== 'Allow') continue
      const actions = textsOf(field(expr, 'Action', 'actions', 'Actions'))
      const resources = field(expr, 'Resource', 'resources', 'Resources')
      if (actions.length === 0 || !resources) continue
      const targets = textsOf(resources)
      const all = targets.some((one) => one === '*' || /:foundation-model\/\*$|:\*$/.test(one))
      // To list can be granted for everything alone.
      const service = actions.find((action) => SERVICES.test(action) && !/:(?:List|Describe)\w*\*?$/.test(action))
      if (service === undefined) continue
      const everything = actions.find((action) => SERVICES.test(action) && action.endsWith(':*'))
      if (everything !== undefined) yield hit(unit, expr.line, everything)
      else if (all)
        yield hit(unit, expr.line, `${service} on ${targets.find((one) => one.includes('*')) ?? '*'}`, {
          severity: 'medium',
        })
    }
  },
  examples: {
    hit: [
      {
        'iam.tf':
          'data "aws_iam_policy_document" "a" {\n  statement {\n    actions = ["bedrock:*"]\n    resources = ["*"]\n  }\n}\n',
      },
      {
        'iam.tf':
          'data "aws_iam_policy_document" "a" {\n  statement {\n    actions = ["bedrock:InvokeModel"]\n    resources = ["arn:aws:bedrock:us-east-1::foundation-model/*"]\n  }\n}\n',
      },
      {
        'stack.json':
          '{"Resources": {"P": {"Type": "AWS::IAM::Policy", "Properties": {"PolicyDocument": {"Statement": [{"Effect": "Allow", "Action": "bedrock:*", "Resource": "*"}]}}}}}',
      },
      {
        'iam.tf':
          'resource "aws_iam_role_policy_attachment" "a" {\n  role = "x"\n  policy_arn = "arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"\n}\n',
      },
      {
        'stack.ts':
          'import * as bedrock from "aws-cdk-lib/aws-bedrock"\nimport * as iam from "aws-cdk-lib/aws-iam"\nrole.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName("AmazonBedrockFullAccess"))\n',
      },
      {
        'iam.tf':
          'resource "google_project_iam_member" "a" {\n  role   = "roles/aiplatform.admin"\n  member = "serviceAccount:x"\n}\n',
      },
    ],
    miss: [
      {
        'iam.tf':
          'resource "google_project_iam_member" "a" {\n  role   = "roles/aiplatform.user"\n  member = "serviceAccount:x"\n}\n',
      },
      {
        'iam.tf':
          'data "aws_iam_policy_document" "a" {\n  statement {\n    actions = ["bedrock:ListCustomModels"]\n    resources = ["*"]\n  }\n}\n',
      },
      {
        'iam.tf':
          'data "aws_iam_policy_document" "a" {\n  statement {\n    actions = ["bedrock:InvokeModel"]\n    resources = ["arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2"]\n  }\n}\n',
      },
      {
        'iam.tf':
          'data "aws_iam_policy_document" "a" {\n  statement {\n    actions = ["s3:*"]\n    resources = ["*"]\n  }\n}\n',
      },
    ],
  },
})
