import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { answerOwn, answerProtocol } from './fixture/serve.ts';
import { World } from './fixture/world.ts';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
export const SHOTS = fileURLToPath(new URL('../target/screenshots', import.meta.url));

/** The browser of the machine; its own download is not wanted. */
export const CHROMIUM = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && path !== '' && existsSync(path),
);

/** The policy that the endpoint sends with each page: nothing from elsewhere, nothing inline. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** An endpoint of the fixture with the built console, as the Java one serves it. */
export class Endpoint {
  private server: Server | null = null;
  port = 0;
  /** Why nothing can be answered, as dev mode says it of code that does not compile. */
  broken: string | null = null;

  constructor(readonly world: World = new World()) {}

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      if (this.broken !== null && request.method === 'POST') {
        response.writeHead(500, { 'Content-Type': 'application/json' });
        response.end(JSON.stringify({ error: 'CodeCannotRun', message: this.broken }));
        return;
      }
      void answerProtocol(this.world, request, response)
        .then((answered) => answered || answerOwn(this.world, request, response))
        .then((answered) => {
        if (answered) {
          return;
        }
        const path = normalize(new URL(request.url ?? '/', 'http://here').pathname);
        const file = join(DIST, path.replace(/^\/console\/?/, ''));
        const found = extname(path) !== '' && existsSync(file) ? file : join(DIST, 'index.html');
        response.writeHead(200, {
          'Content-Type': TYPES[extname(found)] ?? 'application/octet-stream',
          'Content-Security-Policy': POLICY,
          'X-Content-Type-Options': 'nosniff',
        });
        response.end(readFileSync(found));
      });
    });
    await new Promise<void>((listening) => server.listen(this.port, '127.0.0.1', listening));
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async stop(): Promise<void> {
    const server = this.server;
    this.server = null;
    server?.closeAllConnections();
    await new Promise<void>((closed) => (server === null ? closed() : server.close(() => closed())));
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}/console/`;
  }
}

export async function launch(): Promise<Browser> {
  if (CHROMIUM === undefined) {
    throw new Error('No Chromium');
  }
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--force-color-profile=srgb', '--font-render-hinting=none'] });
}

export interface Visit {
  context: BrowserContext;
  page: Page;
  /** What the page complained of: errors of scripts, and breaches of its policy. */
  complaints: string[];
}

/** A fresh visitor. */
export async function visit(browser: Browser, options: { theme?: 'light' | 'dark'; width?: number; height?: number } = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1280, height: options.height ?? 720 },
    colorScheme: options.theme ?? 'light',
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|net::ERR/.test(message.text())) {
      complaints.push(message.text());
    }
  });
  page.setDefaultTimeout(10_000);
  return { context, page, complaints };
}

export async function shot(page: Page, name: string): Promise<void> {
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}
