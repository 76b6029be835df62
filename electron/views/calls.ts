// The calls about saved views.

import { calls } from '../calls.ts';
import type { ViewService } from './service.ts';

export const viewCalls = (views: ViewService) => ({
  list: calls.views.list.handler(({ context }) => views.list(context.person)),
  save: calls.views.save.handler(({ input, context }) => views.save(input, context.person)),
  shown: calls.views.shown.handler(({ input, context }) => views.shown(input.seat, context.person)),
  keepShown: calls.views.keepShown.handler(({ input, context }) =>
    views.keepShown(input.seat, input.wall, context.person),
  ),
  remove: calls.views.remove.handler(({ input, context }) => views.remove(input.viewId, context.person)),
});
