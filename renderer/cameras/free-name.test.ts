// A proposed name never takes a name that is there.
import { describe, expect, it } from 'vitest';
import { freeName } from './free-name.ts';

describe('freeName', () => {
  it('numbers only when it must, and fills holes', () => {
    expect(freeName('Test pattern', [])).toBe('Test pattern');
    expect(freeName('Test pattern', ['test PATTERN'])).toBe('Test pattern 2');
    expect(freeName('Test pattern', ['Test pattern', 'Test pattern 3'])).toBe('Test pattern 2');
  });
});
