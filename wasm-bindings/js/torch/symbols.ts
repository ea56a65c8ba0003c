/// <reference lib="esnext.disposable" preserve="true" />

/** `Symbol.dispose`, also where the browser has no `using` yet. */
export const dispose: typeof Symbol.dispose = Symbol.dispose ?? Symbol.for('Symbol.dispose');

/** The method that Node, and the panel, print an object by. */
export const inspect: unique symbol = Symbol.for('nodejs.util.inspect.custom');
