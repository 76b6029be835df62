// Keeps changes of colour from react-aria, which never forgets what is taken off the screen while they last.

/** What Tailwind's `transition-colors` lets change slowly. */
const colours = /(?:^|-)color$|^(?:fill|stroke)$|^--tw-/;

/**
 * react-aria notes every running transition, so that a screen reader's focus waits for what moves; of an element that is removed it
 * hears only one cancelled property and keeps the element for good, with its whole screen (adobe/react-spectrum#7326). One press of
 * a button changes several colours, and nobody has to wait for those. Holds for as long as the window lives.
 */
export function keepColourChangesQuiet(): void {
  window.addEventListener(
    'transitionrun',
    (event) => {
      if (colours.test(event.propertyName)) event.stopPropagation();
    },
    { capture: true },
  );
}
