// How risk is counted here: the scale, the heat map and the appetite, so that whoever shows a risk shows it on the same map.
import { z } from 'zod'
import { RISK_METHOD } from '../../derive/risk-method.ts'
import { LEVELS } from '../../model/risk.ts'
import { defineRoute } from '../route.ts'
import { Level } from './posture-shapes.ts'

export const showRiskMethod = defineRoute({
  id: 'show-risk-method',
  method: 'GET',
  path: '/api/risk-method',
  command: 'risk method',
  summary: 'Shows the scale of risks, which severity a likelihood and an impact make, and what is borne without asking',
  needs: 'risk:read',
  reply: z.object({
    version: z.string(),
    levels: z.array(Level).readonly().describe('least to most'),
    matrix: z.array(z.array(Level).readonly()).readonly().describe('severity by likelihood, then by impact'),
    appetite: Level,
  }),
  async handle({ app }) {
    const { version, matrix } = RISK_METHOD
    return { version, levels: LEVELS, matrix, appetite: app.config.risk.appetite }
  },
})
