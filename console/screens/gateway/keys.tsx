// Who may call models and how much they may spend: gateway keys, budgets, and the keys of providers.
import { useWords } from '../../lib/words.ts'
import { useMay } from '../../session.ts'
import { Page } from '../../ui/page.tsx'
import { Tabs, useTab } from '../../ui/tabs.tsx'
import { Budgets } from './budgets.tsx'
import { CreateBudget } from './create-budget.tsx'
import { CreateKey } from './create-key.tsx'
import { GatewayKeys } from './gateway-keys.tsx'
import { ProviderKeys } from './provider-keys.tsx'

export function Keys() {
  const may = useMay()
  const tab = useTab(['keys', 'budgets', 'providers'])
  const [{ new: creating }, set] = useWords()
  const close = () => set({ new: undefined })
  return (
    <Page
      title="Keys & budgets"
      lead="Programs show a gateway key; the keys of providers stay here. A budget cannot be overspent, by however many calls at once."
      tabs={
        <Tabs
          label="Keys and budgets"
          chosen={tab}
          tabs={[
            { id: 'keys', name: 'Gateway keys' },
            ...(may('budget:read') ? [{ id: 'budgets', name: 'Budgets' }] : []),
            ...(may('policy:read') ? [{ id: 'providers', name: 'Provider keys' }] : []),
          ]}
        />
      }
    >
      {tab === 'keys' && <GatewayKeys />}
      {tab === 'budgets' && <Budgets />}
      {tab === 'providers' && <ProviderKeys />}
      {creating === 'key' && may('key:write') && <CreateKey onClose={close} />}
      {creating === 'budget' && may('budget:write') && <CreateBudget onClose={close} />}
    </Page>
  )
}
