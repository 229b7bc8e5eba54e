import type { JSX } from 'preact';
import { useEffect, useErrorBoundary, useState } from 'preact/hooks';
import { listen } from './api/live';
import { reachable } from './api/client';
import { shortcuts, useShortcuts } from './keys';
import { machineOf, nameOfArn, zoneName } from './model/format';
import { EditPage } from './pages/edit';
import { ExecutionPage } from './pages/execution';
import { LabelledPage } from './pages/executions';
import { ImportPage } from './pages/import';
import { MachinePage } from './pages/machine';
import { MapRunPage } from './pages/maprun';
import { MachinesPage } from './pages/machines';
import { StartPage } from './pages/start';
import { now, theme, toggleTheme, toggleZone, zone } from './preferences';
import { BASE, go, href, onLinkClick, path } from './router';
import { Button, ButtonLink, Dialog, Empty, Problem, Toast } from './ui/basic';
import { Icon, Mark } from './ui/icons';
import { later } from './ui/later';

const ReplayPage = later<{ arn: string }>(() => import('./facts').then((part) => part.ReplayPage));

interface Crumb {
  text: string;
  to?: string;
}

function crumbs(parts: string[]): Crumb[] {
  const [kind, arn, more] = parts;
  if (kind === 'machines' && arn !== undefined) {
    const machine = { text: nameOfArn(arn), to: href(['machines', arn]) };
    return more === undefined ? [{ text: machine.text }] : [machine, { text: more === 'start' ? 'Start' : 'Edit' }];
  }
  if (kind === 'executions' && arn !== undefined) {
    const fields = arn.split(':');
    const execution = { text: fields.slice(7).join(':'), to: href(['executions', arn]) };
    const way: Crumb[] = [{ text: fields[6] ?? '', to: href(['machines', machineOf(arn)]) }];
    return more === undefined ? [...way, { text: execution.text }] : [...way, execution, { text: 'Replay' }];
  }
  if (kind === 'mapruns' && arn !== undefined) {
    const machine = machineOf(arn);
    return [{ text: nameOfArn(machine), to: href(['machines', machine]) }, { text: 'Map Run' }];
  }
  return kind === 'import' ? [{ text: 'Import' }] : kind === 'executions' ? [{ text: 'Executions by label' }] : [];
}

/** A page that breaks says so; the rest of the console goes on. */
function Guarded(): JSX.Element {
  const [problem, again] = useErrorBoundary() as [Error | undefined, () => void];
  return problem === undefined ? <Page /> : <Problem problem={problem} onRetry={again} />;
}

function Page(): JSX.Element {
  const parts = path.value;
  const [kind, arn, more] = parts;
  if (kind === undefined) {
    return <MachinesPage />;
  }
  if (kind === 'machines' && arn !== undefined) {
    switch (more) {
      case undefined:
        return <MachinePage key={arn} arn={arn} />;
      case 'start':
        return <StartPage key={arn} arn={arn} />;
      case 'edit':
        return <EditPage key={arn} arn={arn} />;
    }
  }
  if (kind === 'executions') {
    if (arn === undefined) {
      return <LabelledPage />;
    }
    return more === 'replay' ? <ReplayPage key={arn} arn={arn} /> : <ExecutionPage key={arn} arn={arn} />;
  }
  if (kind === 'mapruns' && arn !== undefined) {
    return <MapRunPage key={arn} arn={arn} />;
  }
  if (kind === 'import') {
    return <ImportPage />;
  }
  return (
    <Empty icon="search" title="There is no such page">
      <p>The address may be cut short.</p>
      <ButtonLink href={href([])}>State machines</ButtonLink>
    </Empty>
  );
}

/** How keys are written that a browser calls something else. */
const KEYS: Record<string, string> = { ArrowLeft: '←', Escape: 'Esc' };

function Sheet({ onClose }: { onClose: () => void }): JSX.Element {
  const groups = new Map<string, { keys: string; does: string }[]>();
  for (const each of shortcuts()) {
    groups.set(each.group, [...(groups.get(each.group) ?? []), each]);
  }
  return (
    <Dialog title="Keys" onClose={onClose} wide>
      <div class="sheet">
        {[...groups].map(([group, list]) => (
          <section key={group}>
            <h3>{group}</h3>
            <dl>
              {list.map((each) => (
                <div key={each.keys}>
                  <dt>
                    {each.keys.split(' ').map((key) => (
                      <kbd key={key}>{KEYS[key] ?? key}</kbd>
                    ))}
                  </dt>
                  <dd>{each.does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Gone(): JSX.Element | null {
  if (reachable.value !== false) {
    return null;
  }
  return (
    <div class="gone" role="alert">
      <Icon name="warning" />
      <strong>Nothing answers at {location.host}.</strong>
      <span>Start it again, with <code>./mvnw quarkus:dev</code> for instance; this page goes on by itself.</span>
    </div>
  );
}

export function App(): JSX.Element {
  const [sheet, setSheet] = useState(false);
  useEffect(listen, []);
  useShortcuts([
    { keys: 'g m', does: 'State machines', group: 'Everywhere', act: () => go(href([])) },
    { keys: 'g l', does: 'Executions by label', group: 'Everywhere', act: () => go(href(['executions'])) },
    { keys: 'g i', does: 'Import a history', group: 'Everywhere', act: () => go(href(['import'])) },
    {
      keys: '/',
      does: 'Search on this page',
      group: 'Everywhere',
      act: () => document.querySelector<HTMLInputElement>('input[type="search"]')?.focus(),
    },
    { keys: 't', does: 'Light or dark', group: 'Everywhere', act: toggleTheme },
    { keys: 'u', does: 'Local time or UTC', group: 'Everywhere', act: toggleZone },
    { keys: '?', does: 'This sheet', group: 'Everywhere', act: () => setSheet(true) },
  ]);
  const way = crumbs(path.value);
  useEffect(() => {
    document.title = [...way.map((crumb) => crumb.text).toReversed(), 'Reprise'].join(' · ');
  }, [path.value]);
  return (
    <div class="app" onClick={onLinkClick}>
      <a class="skip" href="#main">
        To the content
      </a>
      <header class="bar">
        <a class="brand" href={`${BASE}/`}>
          <Mark />
          <span>Reprise</span>
        </a>
        <nav aria-label="Where you are">
          <ol>
            {way.map((crumb, at) => (
              <li key={at} aria-current={at === way.length - 1 ? 'page' : undefined}>
                {crumb.to === undefined ? <span title={crumb.text}>{crumb.text}</span> : <a href={crumb.to}>{crumb.text}</a>}
              </li>
            ))}
          </ol>
        </nav>
        <div class="bar-tools">
          <Button kind="quiet" icon="clock" title="Show times in the other zone (u)" onClick={toggleZone}>
            {zone.value === 'utc' ? 'UTC' : `Local, ${zoneName('local', now.peek())}`}
          </Button>
          <Button
            kind="quiet"
            icon={theme.value === 'dark' ? 'sun' : 'moon'}
            label={theme.value === 'dark' ? 'Light theme (t)' : 'Dark theme (t)'}
            onClick={toggleTheme}
          />
          <Button kind="quiet" icon="key" label="Keys (?)" onClick={() => setSheet(true)} />
        </div>
      </header>
      <Gone />
      <main id="main" tabIndex={-1}>
        <Guarded key={path.value.join('/')} />
      </main>
      {sheet && <Sheet onClose={() => setSheet(false)} />}
      <Toast />
    </div>
  );
}
