// Severities of attack paths and findings, on the scale of levels that risks have.
export const LEVEL_OF = { low: 'low', medium: 'medium', high: 'high', critical: 'very-high' } as const
