// Must run before any schema is made: the window's content policy forbids code made from text, which zod tries for speed.
// First in main.tsx it would run after the chunks that main.tsx is built of; vite.config.ts puts it into one with zod.
import { config } from 'zod/v4/core';

config({ jitless: true });
