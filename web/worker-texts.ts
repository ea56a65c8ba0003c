import type { Plugin } from 'vite';

const script = /^assets\/((?:javascript-)?worker)(-[\w-]+\.js)$/;

/**
 * Puts beside each worker of programs a script that holds it as text: a frame without an origin can load that from a host
 * that answers no foreign origin. See isolation/.
 */
export function workerTexts(): Plugin {
  return {
    name: 'unroll-worker-texts',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          const [, name, rest] = script.exec(file.fileName) ?? [];
          if (!name) continue;
          const text = file.type === 'chunk' ? file.code : Buffer.from(file.source as Uint8Array).toString();
          const source = `self.workerScript = ${JSON.stringify(text)};\n`;
          this.emitFile({ type: 'asset', fileName: `assets/${name}-text${rest}`, source });
        }
      },
    },
  };
}
