// Another window of the desk, for another monitor.

/** Opens one at the same place of the interface; it takes the next free number and shows the view it showed last. */
export function openWindow(): void {
  window.open(`${window.location.pathname}#/live`, '_blank', 'popup,width=1280,height=720');
}
