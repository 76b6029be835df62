// An event emitter that knows which events there are: listening for one that the stand-in never tells does not compile.

import { EventEmitter } from 'node:events';

/** `Events` has the arguments of each event's listeners under its name. */
export class Emitter<Events extends { [Name in keyof Events]: readonly unknown[] }> {
  readonly #emitter = new EventEmitter();

  on<Name extends keyof Events & string>(name: Name, listener: (...args: Events[Name]) => void): this {
    this.#emitter.on(name, listener);
    return this;
  }

  once<Name extends keyof Events & string>(name: Name, listener: (...args: Events[Name]) => void): this {
    this.#emitter.once(name, listener);
    return this;
  }

  off<Name extends keyof Events & string>(name: Name, listener: (...args: Events[Name]) => void): this {
    this.#emitter.off(name, listener);
    return this;
  }

  emit<Name extends keyof Events & string>(name: Name, ...args: Events[Name]): boolean {
    return this.#emitter.emit(name, ...args);
  }
}

/** What a listener can stop, and whether it did. */
export interface Preventable {
  preventDefault(): void;
}

/** Emits an event whose default can be prevented; true when it was. */
export function isPrevented(emit: (event: Preventable) => void): boolean {
  let prevented = false;
  emit({
    preventDefault: () => {
      prevented = true;
    },
  });
  return prevented;
}
