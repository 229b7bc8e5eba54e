/** Follows the pointer from where it was pressed until it is let go. */
export function followPointer(onMove: (event: PointerEvent) => void, onEnd: () => void = () => undefined): void {
  const end = (): void => {
    removeEventListener('pointermove', onMove);
    removeEventListener('pointerup', end);
    removeEventListener('pointercancel', end);
    onEnd();
  };
  addEventListener('pointermove', onMove);
  addEventListener('pointerup', end);
  addEventListener('pointercancel', end);
}
