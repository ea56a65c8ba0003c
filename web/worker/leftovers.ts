import { Globals } from './javascript/globals';
import type { FileSystem, OpenFile } from './work-folder';

/** What a Python program can leave outside of Python: open or closed files, timers, global names of JavaScript. */
export class Leftovers {
  private readonly files: (OpenFile | null)[];
  private readonly globals = new Globals();
  /** Browsers count their timers. */
  private lastTimer = newTimer();

  /** Takes what there is now for what is there before each program. */
  constructor(private readonly fs: FileSystem) {
    this.files = [...fs.streams];
  }

  /** Removes it. False where a program has made that impossible. */
  clear(): boolean {
    const isDone = this.globals.reset();
    const timer = newTimer();
    for (let id = this.lastTimer; id <= timer; ++id) clearTimeout(id);
    this.lastTimer = timer;
    this.resetFiles();
    return isDone;
  }

  private resetFiles(): void {
    const { fs, files } = this;
    fs.streams.forEach((file, number) => {
      if (file && file !== files[number]) fs.close(file);
    });
    files.forEach((file, number) => {
      if (file) fs.streams[number] = Object.assign(file, { fd: number });
    });
  }
}

const newTimer = () => Number(setTimeout(() => {}));
