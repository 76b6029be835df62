// What somebody types or draws, as it was when it had stood still for a moment.
import { useEffect, useState } from 'react';

/** `value` as plain data once it has not changed for `stillMs`; the same object until then, whoever makes it anew. */
export function useSettled<Value>(value: Value, stillMs: number): Value {
  const [settled, settle] = useState(value);
  const key = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(JSON.parse(key) as Value), stillMs);
    return () => clearTimeout(timer);
  }, [key, stillMs]);
  return settled;
}
