/** Files that are dragged over a panel and dropped on it. */
export class DropTarget {
  /** Whether files are over the panel. */
  active = false;

  constructor(
    private readonly take: (files: File[]) => void,
    private readonly changed: () => void,
  ) {}

  readonly over = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.setActive(true);
  };

  readonly leave = (event: DragEvent): void => {
    const inside = event.currentTarget as Node;
    if (!inside.contains(event.relatedTarget as Node | null)) this.setActive(false);
  };

  readonly drop = (event: DragEvent): void => {
    this.setActive(false);
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    event.preventDefault();
    this.take([...files]);
  };

  private setActive(active: boolean): void {
    if (this.active === active) return;
    this.active = active;
    this.changed();
  }
}
