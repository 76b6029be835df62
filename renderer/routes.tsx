// The screens by address (`#/live`, `#/playback?camera=…&at=…`); each is loaded when it is first opened.
import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
} from '@tanstack/react-router';
import type { CameraId } from '../recorder/model/ids.ts';
import { isId } from '../recorder/model/ids.ts';
import { Loading } from './controls/notice.tsx';
import { BrokenScreen } from './frame/broken-screen.tsx';
import { Frame } from './frame/frame.tsx';

const root = createRootRoute({ component: Frame, notFoundComponent: () => <Navigate to="/live" replace /> });

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: () => <Navigate to="/live" replace />,
});

const live = createRoute({
  getParentRoute: () => root,
  path: '/live',
  component: lazyRouteComponent(() => import('./live/live-screen.tsx'), 'LiveScreen'),
});

export interface PlaybackSearch {
  readonly camera?: CameraId;
  /** Several on one clock, with commas between. */
  readonly cameras?: string;
  /** Moment to show, UTC epoch ms. */
  readonly at?: number;
}

const playback = createRoute({
  getParentRoute: () => root,
  path: '/playback',
  // An address is typed and pasted by people: what makes no sense in it is left out.
  validateSearch: (search): PlaybackSearch => {
    const { camera, cameras, at } = search;
    return {
      ...(typeof camera === 'string' && isId(camera) ? { camera: camera as CameraId } : {}),
      ...(typeof cameras === 'string' && cameras.split(',').every(isId) ? { cameras } : {}),
      ...(typeof at === 'number' && Number.isSafeInteger(at) && at >= 0 ? { at } : {}),
    };
  },
  component: lazyRouteComponent(() => import('./playback/playback-screen.tsx'), 'PlaybackScreen'),
});

const cameras = createRoute({
  getParentRoute: () => root,
  path: '/cameras',
  component: lazyRouteComponent(() => import('./cameras/cameras-screen.tsx'), 'CamerasScreen'),
});

const health = createRoute({
  getParentRoute: () => root,
  path: '/health',
  component: lazyRouteComponent(() => import('./health/health-screen.tsx'), 'HealthScreen'),
});

export const router = createRouter({
  routeTree: root.addChildren([home, live, playback, cameras, health]),
  history: createHashHistory(),
  defaultPendingComponent: Loading,
  defaultErrorComponent: BrokenScreen,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
