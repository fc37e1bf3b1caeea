// Anybody may open an issue. Where that starts an agent with rights on the repository, anybody gives it orders.
import { AI_ACTIONS } from '../knowledge/infrastructure.ts'
import { type Expr, field } from '../syntax/expr.ts'
import { defineRule } from './define.ts'
import { hit } from './look.ts'

const OPEN =
  /^(?:pull_request_target|issues|issue_comment|discussion|discussion_comment|pull_request_review_comment|pull_request_review|workflow_run)$/

const words = (expr: Expr | undefined): string[] =>
  expr?.kind === 'text'
    ? [expr.value]
    : expr?.kind === 'list'
      ? expr.items.flatMap(words)
      : expr?.kind === 'map'
        ? expr.entries.flatMap(([key]) => words(key))
        : []

export const ciAgentOnUntrustedInput = defineRule({
  id: 'ci-agent-on-untrusted-input',
  title: 'A pipeline starts an agent with what strangers write',
  severity: 'high',
  confidence: 0.7,
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
          const steps = field(job, 'steps')
          for (const step of steps?.kind === 'list' ? steps.items : []) {
            const uses = field(step, 'uses')
            if (uses?.kind !== 'text' || !AI_ACTIONS.test(uses.value)) continue
            const asked = field(job, 'if') ?? field(step, 'if')
            const members =
              asked?.kind === 'text' &&
              /author_association|MEMBER|OWNER|COLLABORATOR|github\.actor\s*==/.test(asked.value)
            const rights = field(job, 'permissions') ?? field(document, 'permissions')
            const writes =
              rights === undefined ||
              words(rights).includes('write-all') ||
              (rights.kind === 'map' &&
                rights.entries.some(
                  ([key, right]) =>
                    key.kind === 'text' && key.value !== 'id-token' && right.kind === 'text' && right.value === 'write',
                ))
            if (!members)
              yield hit(unit, uses.line, `${uses.value} on ${events.join(', ')}`, {
                severity: writes ? 'critical' : 'medium',
              })
          }
        }
      }
    }
  },
  examples: {
    hit: [
      {
        '.github/workflows/a.yml':
          'on:\n  issues:\n    types: [opened]\njobs:\n  a:\n    permissions:\n      contents: write\n    steps:\n      - uses: anthropics/claude-code-action@v1\n',
      },
    ],
    miss: [
      {
        '.github/workflows/a.yml':
          'on: [push]\njobs:\n  a:\n    steps:\n      - uses: anthropics/claude-code-action@v1\n',
      },
      {
        '.github/workflows/a.yml':
          "on: [issue_comment]\njobs:\n  a:\n    if: github.event.comment.author_association == 'MEMBER'\n    steps:\n      - uses: anthropics/claude-code-action@v1\n",
      },
    ],
  },
})
