// Which agent a key is bound to and a call was made by, and what agents used and cost.
import type { Migration } from '../migrate.ts'

const SUMS = 'calls, blocked, failed, input_tokens, output_tokens, cost_nanos'

export const agents: Migration = {
  name: '0012-agents',
  statements: ({ text, int }) => [
    `alter table gateway_key add column agent ${text}`,
    `alter table exchange add column agent ${text}`,
    // Calls that no agent made cost no entry.
    `create index exchange_agent on exchange (agent, id) where agent is not null`,
    `alter table exchange_usage rename to exchange_usage_before`,
    `create table exchange_usage (
      day ${text} not null, asset ${text} not null, agent ${text} not null, key_id ${text} not null,
      route ${text} not null, model ${text} not null, calls ${int} not null, blocked ${int} not null,
      failed ${int} not null, input_tokens ${int} not null, output_tokens ${int} not null, cost_nanos ${int} not null,
      primary key (day, asset, agent, key_id, route, model))`,
    `insert into exchange_usage (day, asset, agent, key_id, route, model, ${SUMS})
      select day, asset, '', key_id, route, model, ${SUMS} from exchange_usage_before`,
    `drop table exchange_usage_before`,
  ],
}
