// Every address of the console, by area. Screens are fetched when first opened (or pointed at); only the frame comes at once.
import { catalogRoutes } from './routes/catalog.tsx'
import { discoveryRoutes } from './routes/discovery.tsx'
import { alone, root, shell } from './routes/frame.tsx'
import { gatewayRoutes } from './routes/gateway.tsx'
import { inventoryRoutes } from './routes/inventory.tsx'
import { logRoutes } from './routes/log.tsx'
import { postureRoutes } from './routes/posture.tsx'
import { settingsRoutes } from './routes/settings.tsx'

export type { Search } from './routes/frame.tsx'

export const tree = root.addChildren([
  ...alone,
  shell.addChildren([
    ...inventoryRoutes,
    ...postureRoutes,
    ...discoveryRoutes,
    catalogRoutes,
    gatewayRoutes,
    logRoutes,
    settingsRoutes,
  ]),
])
