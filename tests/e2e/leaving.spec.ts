// What a screen that was left must not leave behind in the browser.

import { expect, test } from './desk.ts';
import { goTo } from './screens.ts';

test('a screen that is left while its buttons change colour is let go of', async ({ site: { desk } }) => {
  const { page } = desk;
  await goTo(page, 'Live');
  const slowly = await page.addStyleTag({ content: '* { transition-duration: 60s !important; }' });
  const layouts = page.getByRole('radiogroup', { name: 'Layout' });
  await layouts.getByRole('radio', { checked: false }).first().click();
  const changes = () => layouts.evaluate((group) => group.getAnimations({ subtree: true }).length);
  await expect.poll(changes).toBeGreaterThan(1);
  const left = await layouts.evaluateHandle((group) => new WeakRef(group));
  const leaveAndReturn = async () => {
    await goTo(page, 'Cameras');
    await goTo(page, 'Live');
    await page.requestGC();
    return left.evaluate((group) => group.deref() === undefined);
  };
  // React holds on to the screen that was left last.
  await expect.poll(leaveAndReturn).toBe(true);
  await slowly.evaluate((style) => (style as Element).remove());
  await page.keyboard.press('4');
});
