import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { FULFILMENT } from './fixture/machines.ts';
import { CHROMIUM, Endpoint, launch, shot, visit } from './walks.ts';

const ARN = 'arn:aws:states:us-east-1:000000000000';

/** Each page of the console, and what is to be waited for before it is taken. */
const PAGES: [name: string, path: string, ready: string][] = [
  ['machines', '', '.list tbody tr'],
  ['executions', `machines/${ARN}:stateMachine:order-fulfilment`, '.grid-row:nth-child(3)'],
  ['graph', `machines/${ARN}:stateMachine:order-fulfilment?tab=graph&state=ChargeCard`, '.state'],
  ['tests', `machines/${ARN}:stateMachine:order-fulfilment?tab=tests`, '.state.reached'],
  ['tests-chosen', `machines/${ARN}:stateMachine:order-fulfilment?tab=tests&state=IsSuspicious`, '.state.reached'],
  ['tests-none', `machines/${ARN}:stateMachine:approval?tab=tests`, '.empty'],
  ['labelled', 'executions?label=order%3D4714', '.grid-row:nth-child(2)'],
  ['labelled-none', 'executions', '.empty'],
  ['executions-label', `machines/${ARN}:stateMachine:order-fulfilment?label=customer%3DGrace+Hopper&q=order%3D4&status=FAILED`, '.chip.label'],
  ['definition', `machines/${ARN}:stateMachine:order-fulfilment?tab=definition`, '.json'],
  ['start', `machines/${ARN}:stateMachine:order-fulfilment/start`, 'textarea'],
  ['execution-succeeded', `executions/${ARN}:execution:order-fulfilment:order-4711`, '.state.s-ok'],
  ['execution-failed', `executions/${ARN}:execution:order-fulfilment:order-4712`, '.banner'],
  ['execution-failed-chosen', `executions/${ARN}:execution:order-fulfilment:order-4712?event=99&view=events`, '.inspector'],
  ['execution-waiting', `executions/${ARN}:execution:order-fulfilment:order-4714?event=9`, '.state.s-wait'],
  ['map', `executions/${ARN}:execution:nightly-import:night-1127?state=ImportCustomers`, '.state'],
  ['map-run', `mapruns/${ARN}:mapRun:nightly-import%2FImport:4f0c6a6e-9d2b-4b43-a7c1-0e2b1f4a7d11`, '.run-bar'],
  ['versions', `machines/${ARN}:stateMachine:approval?tab=definition`, '.facts'],
  ['hostile', `executions/${ARN}:execution:imgsrcxonerrorwindowhacked:first`, '.banner'],
  ['data', `executions/${ARN}:execution:order-fulfilment:order-4711?state=CheckFraud`, '.j-line.added, .j-line.removed'],
  ['edit', `machines/${ARN}:stateMachine:order-fulfilment/edit`, '.problems-head'],
  ['edit-trial', `machines/${ARN}:stateMachine:approval/edit`, '.trial'],
  ['edit-trial-wrong', `machines/${ARN}:stateMachine:approval/edit`, '.trial'],
  ['journal', `executions/${ARN}:execution:order-fulfilment:order-4711?view=journal`, '.journal .event-row'],
  ['logs', `executions/${ARN}:execution:order-fulfilment:order-4711?state=ChargeCard`, '.flow-stages'],
  ['replay', `executions/${ARN}:execution:order-fulfilment:order-4711/replay`, '.replayed'],
  ['replay-different', `executions/${ARN}:execution:order-fulfilment:order-4711/replay`, '.replayed'],
  ['import', 'import', '.drop'],
  ['nothing', 'nowhere', '.empty'],
];

/** The pictures of README and docs, by the picture's name: the page and the theme. */
const BEST: Record<string, ['light' | 'dark', string]> = {
  'execution-failed': ['light', 'execution-failed'],
  execution: ['dark', 'execution-succeeded'],
  map: ['light', 'map'],
  data: ['light', 'data'],
  edit: ['dark', 'edit'],
  executions: ['light', 'executions'],
  tests: ['light', 'tests'],
};

/** A page as it is before it is taken. */
async function show(page: Page, endpoint: Endpoint, name: string): Promise<void> {
  const [, path = '', ready = 'h1'] = PAGES.find(([each]) => each === name) ?? [];
  await page.goto(endpoint.url + path);
  await page.waitForSelector(ready);
  await page.waitForTimeout(350);
  if (name === 'logs') {
    await page.getByRole('tab', { name: 'Logs' }).click();
    await page.locator('.logs li').first().waitFor();
  }
  if (name === 'replay-different') {
    await page.locator('.cm-content').click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(JSON.stringify(FULFILMENT, null, 2).replace('"Default": "Prepare"', '"Default": "CoolingOff"').replace('"Next": "CheckFraud"', '"Next": "IsSuspicious"'));
    await page.getByText('Goes another way').waitFor();
    await page.locator('.replayed li button').first().click();
    await page.waitForTimeout(350);
  }
  if (name.startsWith('edit-trial')) {
    await page.locator('.cm-line', { hasText: name === 'edit-trial' ? '$states.context.Task.Token' : '$states.input.approver' }).click();
    await page.locator('.trial .s-run, .trial .s-none').first().waitFor({ state: 'detached' });
  }
  if (name === 'edit') {
    // A mistake, so that one sees what is said of it.
    await page.locator('.cm-content').click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText(JSON.stringify(FULFILMENT, null, 2).replace('"Next": "ShipLines"', '"Next": "ShipLine"'));
    await page.locator('.problems li').first().waitFor();
    await page.locator('.problems li button').first().click();
    await page.waitForTimeout(350);
  }
}

describe.skipIf(CHROMIUM === undefined)('every page, in both themes', () => {
  const endpoint = new Endpoint();
  let browser: Browser;

  beforeAll(async () => {
    await endpoint.start();
    browser = await launch();
  });

  afterAll(async () => {
    await browser.close();
    await endpoint.stop();
  });

  for (const theme of ['light', 'dark'] as const) {
    it(`is kept as a picture: ${theme}`, async () => {
      const { context, page } = await visit(browser, { theme });
      for (const [name] of PAGES) {
        await show(page, endpoint, name);
        await shot(page, `${name}-${theme}`);
      }
      await context.close();
    });
  }

  it('is kept larger where it stands in documents', async () => {
    for (const [picture, [theme, name]] of Object.entries(BEST)) {
      const { context, page } = await visit(browser, { theme, width: 1360, height: 850 });
      await show(page, endpoint, name);
      await shot(page, `best-${picture}`);
      await context.close();
    }
  });

  it('can be looked at on a telephone', async () => {
    const { context, page } = await visit(browser, { width: 390, height: 844 });
    for (const name of ['machines', 'executions', 'execution-failed']) {
      await show(page, endpoint, name);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await shot(page, `${name}-telephone`);
    }
    await context.close();
  });
});
