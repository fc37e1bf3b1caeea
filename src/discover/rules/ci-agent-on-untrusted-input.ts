// Anybody may open an issue. Where that starts an agent with rights on the repository, anybody gives it orders.
import { AI_ACTIONS } from '../knowledge/infrastructure.ts'
import { type Expr, field, type Unit } from '../syntax/expr.ts'
import { defineRule, type Hit } from './define.ts'
import { hit, isTrue } from './look.ts'

const OPEN =
  /^(?:pull_request_target|issues|issue_comment|discussion|discussion_comment|pull_request_review_comment|pull_request_review|workflow_run)$/

/** Agents as commands, told what to do without anybody there to ask. */
const COMMANDS =
  /(?:^|[\s;&|(])(?:(?:npx\s+(?:-y\s+|--yes\s+)?)?(?:@anthropic-ai\/claude-code|@google\/gemini-cli|@openai\/codex|claude|gemini|codex|copilot|qwen|cursor-agent|aider|opencode|goose|amp)(?:@[\w.-]+)?)\s[^\n]{0,300}?(?:(?:^|\s)(?:-p|--print|--prompt|--yolo|--message|-x|exec|run)(?:\s|$)|--dangerously)/m

/** These refuse whoever may not write to the repository, unless they are told not to. */
const ASKS_WHO = /^(?:anthropics\/claude-code-action|openai\/codex-action)(?:@|$)/i
const LETS_IN = ['allowed_non_write_users', 'allow-users', 'allow_users']
/** These answer and do nothing, unless they are given tools. */
const ANSWERS = /^actions\/ai-inference(?:@|$)/i
const MEMBERS =
  /author_association|MEMBER|OWNER|COLLABORATOR|github\.(?:actor|triggering_actor|event\.(?:sender|comment\.user|issue\.user|pull_request\.user)\.login)\s*==|head\.repo\.(?:full_name\s*==|fork\s*==\s*false)/

const words = (expr: Expr | undefined): string[] =>
  expr?.kind === 'text'
    ? [expr.value]
    : expr?.kind === 'list'
      ? expr.items.flatMap(words)
      : expr?.kind === 'map'
        ? expr.entries.flatMap(([key]) => words(key))
        : []

const stepsOf = (job: Expr | undefined): readonly Expr[] => {
  const steps = field(job, 'steps')
  return steps?.kind === 'list' ? steps.items : []
}

interface Agent {
  name: string
  line: number
  /** Whom it obeys: anybody, or who may write here. */
  open: boolean
}

/** What a step starts, directly or through an action of the same repository. */
function agentOf(step: Expr, units: readonly Unit[], deeper = true): Agent | undefined {
  const uses = field(step, 'uses')
  const run = field(step, 'run')
  if (run?.kind === 'text') {
    const [command] = COMMANDS.exec(run.value) ?? []
    const [name] = /(?:@[\w-]+\/)?[a-z][\w-]*/.exec(command?.replace(/^\W*npx\s+(?:-y|--yes)?/, '') ?? '') ?? []
    return name === undefined ? undefined : { name, line: run.line, open: true }
  }
  if (uses?.kind !== 'text') return undefined
  const given = field(step, 'with')
  if (AI_ACTIONS.test(uses.value)) {
    if (
      ANSWERS.test(uses.value) &&
      !words(field(given, 'enable-github-mcp')).includes('true') &&
      !isTrue(field(given, 'enable-github-mcp'))
    )
      return undefined
    const open =
      !ASKS_WHO.test(uses.value) || LETS_IN.some((name) => words(field(given, name)).some((who) => who.trim() === '*'))
    return { name: uses.value, line: uses.line, open }
  }
  if (!deeper || !uses.value.startsWith('./')) return undefined
  const folder = `/${uses.value.slice(2).replace(/\/$/, '')}/action.`
  const action = units.find(({ file }) => `/${file}`.endsWith(`${folder}yml`) || `/${file}`.endsWith(`${folder}yaml`))
  for (const document of action?.documents ?? [])
    for (const inner of stepsOf(field(document, 'runs'))) {
      const found = agentOf(inner, units, false)
      if (found) return { ...found, line: uses.line }
    }
  return undefined
}

/** Whether the token of the job changes anything; where nothing is said, the settings of the repository decide. */
function writes(rights: Expr | undefined): boolean | undefined {
  if (rights === undefined) return undefined
  if (words(rights).includes('write-all')) return true
  return (
    rights.kind === 'map' &&
    rights.entries.some(
      ([key, right]) =>
        key.kind === 'text' && key.value !== 'id-token' && right.kind === 'text' && right.value === 'write',
    )
  )
}

function severityOf(open: boolean, may: boolean | undefined): Hit['severity'] {
  // Who may write can still be made to pass on what a stranger wrote.
  if (!open) return may === true ? 'medium' : undefined
  return may === undefined ? 'high' : may ? 'critical' : 'medium'
}

export const ciAgentOnUntrustedInput = defineRule({
  id: 'ci-agent-on-untrusted-input',
  title: 'A pipeline starts an agent with what strangers write',
  severity: 'high',
  confidence: 0.8,
  threats: ['indirect-prompt-injection', 'lethal-trifecta', 'generic-development-and-supply-chain-threats'],
  controls: ['dev-security', 'least-model-privilege', 'input-segregation'],
  remedy: 'start it only for members, give it a token that can only read, and keep secrets out of its job',
  *check({ project }) {
    for (const unit of project.units) {
      if (!/(?:^|\/)\.github\/workflows\//.test(unit.file)) continue
      for (const document of unit.documents) {
        const events = words(field(document, 'on', 'true')).filter((event) => OPEN.test(event))
        if (events.length === 0) continue
        const jobs = field(document, 'jobs')
        for (const [, job] of jobs?.kind === 'map' ? jobs.entries : []) {
          for (const step of stepsOf(job)) {
            const agent = agentOf(step, project.units)
            if (!agent) continue
            const asked = [...words(field(job, 'if')), ...words(field(step, 'if'))].join(' ')
            const may = writes(field(job, 'permissions') ?? field(document, 'permissions'))
            const severity = severityOf(agent.open, may)
            if (severity !== undefined && !MEMBERS.test(asked))
              yield hit(unit, agent.line, `${agent.name} on ${events.join(', ')}`, { severity })
          }
        }
      }
    }
  },
  examples: {
    hit: [
      {
        '.github/workflows/a.yml':
          'on:\n  issues:\n    types: [opened]\njobs:\n  a:\n    permissions:\n      contents: write\n    steps:\n      - uses: anthropics/claude-code-action@v1\n        with:\n          allowed_non_write_users: "*"\n',
      },
      {
        '.github/workflows/a.yml':
          'on:\n  issue_comment:\njobs:\n  a:\n    permissions:\n      contents: write\n    steps:\n      - uses: anthropics/claude-code-action@v1\n',
      },
      {
        '.github/workflows/a.yml':
          'on: [issues]\njobs:\n  a:\n    steps:\n      - run: |\n          npm ci\n          npx -y @google/gemini-cli --yolo -p "Label: ${{ github.event.issue.title }}"\n',
      },
      {
        '.github/workflows/a.yml':
          'on: [pull_request_target]\njobs:\n  a:\n    permissions: write-all\n    steps:\n      - uses: ./.github/actions/run-claude\n',
        '.github/actions/run-claude/action.yml':
          'runs:\n  using: composite\n  steps:\n    - uses: anthropics/claude-code-base-action@v1\n',
      },
      {
        '.github/workflows/a.yml':
          'on: [issues]\njobs:\n  a:\n    permissions:\n      issues: write\n    steps:\n      - uses: actions/ai-inference@v1\n        with:\n          enable-github-mcp: true\n',
      },
    ],
    miss: [
      {
        '.github/workflows/a.yml':
          'on: [push]\njobs:\n  a:\n    steps:\n      - uses: anthropics/claude-code-action@v1\n',
      },
      {
        '.github/workflows/a.yml':
          "on: [issue_comment]\njobs:\n  a:\n    permissions: write-all\n    if: github.event.comment.author_association == 'MEMBER'\n    steps:\n      - uses: anthropics/claude-code-action@v1\n",
      },
      {
        '.github/workflows/a.yml':
          'on: [issue_comment]\njobs:\n  a:\n    permissions:\n      contents: read\n    steps:\n      - uses: anthropics/claude-code-action@v1\n',
      },
      {
        '.github/workflows/a.yml':
          'on: [issues]\njobs:\n  a:\n    steps:\n      - uses: actions/ai-inference@v1\n      - run: echo "see claude.md" && npm run claude\n',
      },
    ],
  },
})
