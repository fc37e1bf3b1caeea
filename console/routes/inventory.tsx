// Home, and what there is: assets and systems.
import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { shell } from './frame.tsx'

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  staticData: { crumb: 'Home' },
  component: lazyRouteComponent(() => import('../screens/home/home.tsx'), 'Home'),
})

const inventory = createRoute({ getParentRoute: () => shell, path: '/inventory', staticData: { crumb: 'Inventory' } })
const assetList = createRoute({
  getParentRoute: () => inventory,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/inventory/inventory.tsx'), 'Inventory'),
})
const asset = createRoute({
  getParentRoute: () => inventory,
  path: '$id',
  staticData: { crumb: ({ id }) => id ?? '' },
  component: lazyRouteComponent(() => import('../screens/inventory/asset.tsx'), 'Asset'),
})
const systems = createRoute({ getParentRoute: () => shell, path: '/systems', staticData: { crumb: 'Inventory' } })
const systemList = createRoute({
  getParentRoute: () => systems,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/inventory' })
  },
})
const systemRoom = createRoute({
  getParentRoute: () => systems,
  path: '$id',
  staticData: { crumb: ({ id }) => id ?? '' },
})
const systemPage = createRoute({
  getParentRoute: () => systemRoom,
  path: '/',
  component: lazyRouteComponent(() => import('../screens/system/system.tsx'), 'System'),
})

export const inventoryRoutes = [
  home,
  inventory.addChildren([assetList, asset]),
  systems.addChildren([systemList, systemRoom.addChildren([systemPage])]),
] as const
