// The calls about marks and tags.

import { calls } from '../calls.ts';
import type { MarkService } from './service.ts';
import type { TagService } from './tags.ts';

export const tagCalls = (tags: TagService) => ({
  list: calls.tags.list.handler(() => tags.list()),
  add: calls.tags.add.handler(({ input }) => tags.add(input)),
  change: calls.tags.change.handler(({ input }) => tags.change(input)),
  remove: calls.tags.remove.handler(({ input }) => tags.remove(input.tagId)),
});

export const markCalls = (marks: MarkService) => ({
  list: calls.marks.list.handler(({ input }) => marks.list(input)),
  search: calls.marks.search.handler(({ input }) => marks.search(input)),
  add: calls.marks.add.handler(({ input, context }) => marks.add(input, context.person)),
  change: calls.marks.change.handler(({ input, context }) => marks.change(input, context.person)),
  remove: calls.marks.remove.handler(({ input, context }) => marks.remove(input.markId, context.person)),
});
