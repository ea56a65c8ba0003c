interface InstallEvent extends Event {
  prompt(): Promise<unknown>;
}

/** The browser's offer to install the page as an app, kept until the reader asks for it; only Chromium's browsers make one. */
export class InstallOffer {
  private offer: InstallEvent | undefined;

  constructor() {
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.offer = event as InstallEvent;
    });
    addEventListener('appinstalled', () => {
      this.offer = undefined;
    });
  }

  get isOffered(): boolean {
    return this.offer !== undefined;
  }

  async ask(): Promise<void> {
    const offer = this.offer;
    this.offer = undefined;
    await offer?.prompt();
  }
}
