import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { CHROMIUM, launch, shot, visit } from './walks.ts';

/** A running dev mode with the example workflows, such as `http://127.0.0.1:8080`. */
const endpoint = process.env['REPRISE'];
const ARN = 'arn:aws:states:us-east-1:000000000000';

describe.skipIf(CHROMIUM === undefined || endpoint === undefined)('somebody at the console of dev mode', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    browser = await launch();
  });

  afterAll(() => browser.close());

  beforeEach(async () => {
    ({ context, page, complaints } = await visit(browser));
    page.setDefaultTimeout(30_000);
  });

  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });

  const open = (path: string): Promise<unknown> => page.goto(`${endpoint}/console/${path}`);

  async function start(workflow: string): Promise<void> {
    await open(`machines/${ARN}:stateMachine:${workflow}/start`);
    await expect.poll(() => page.getByLabel('Input', { exact: true }).inputValue(), { timeout: 20_000 }).not.toBe('{\n}');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.locator('.head .badge').waitFor();
  }

  it('sees the workflows that there are', async () => {
    await open('');
    await page.getByRole('link', { name: 'process-orders', exact: true }).waitFor();
    await shot(page, 'devmode-machines');
  });

  it('starts one with the sample beside it, and watches it to its end', async () => {
    await start('process-orders');
    await page.locator('.head .badge.s-ok').waitFor({ timeout: 60_000 });
    await page.locator('[data-state="ProcessOrders"] > .state-main > .state-name').click();
    await page.getByText(/items? succeeded/).waitFor();
    await page.locator('.item-rows .visit-row').first().click();
    await page.locator('.visit-row').first().click();
    await page.locator('.flow-stages').waitFor();
    await shot(page, 'devmode-process-orders');
  });

  it('answers who waits', async () => {
    await start('approval');
    await page.locator('[data-state="AskForApproval"].s-wait .state-name').click();
    await page.getByRole('button', { name: 'Answer' }).click();
    await page.getByLabel('Result of the task').fill('{"approved": true}');
    await shot(page, 'devmode-answer');
    await page.getByRole('button', { name: 'Send the result' }).click();
    await page.locator('.head .badge.s-ok').waitFor({ timeout: 60_000 });
  });

  it('is told of a mistake in a definition', async () => {
    await open(`machines/${ARN}:stateMachine:square-numbers/edit`);
    await page.locator('.cm-content').click();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.insertText('{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}}}');
    await page.locator('.problems li').first().waitFor();
    await shot(page, 'devmode-edit');
    complaints.splice(0, Infinity, ...complaints.filter((each) => !each.startsWith('Applying inline style')));
  });
});
