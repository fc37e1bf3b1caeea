// What tables of secrets have in common: whoever holds one is ended once, and what was last done with it is known.
import type { Runner } from '../runner.ts'

export function secretRows(runner: Runner, table: 'api_token' | 'gateway_key') {
  const { build } = runner
  return {
    async revoke(id: string, at: string): Promise<boolean> {
      const query = build.updateTable(table).set({ revoked_at: at }).where('id', '=', id)
      return (await runner.run(query.where('revoked_at', 'is', null))) > 0
    },
    async used(id: string, at: string): Promise<void> {
      await runner.run(build.updateTable(table).set({ last_used_at: at }).where('id', '=', id))
    },
  }
}
