// Must run before any schema is made: the window's content policy forbids code made from text, which zod tries for speed.
import { config } from 'zod/v4/core';

config({ jitless: true });
