import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { deleteLine, history, historyKeymap, indentWithTab, moveLineDown, moveLineUp, standardKeymap, toggleTabFocusMode } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { lintGutter, setDiagnostics } from '@codemirror/lint';
import { closeSearchPanel, findNext, findPrevious, openSearchPanel } from '@codemirror/search';
import { Compartment, EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import type { Problem } from '../api/types';
import { complete } from './complete';
import { current, expressionAt } from './expression';
import { placeOf } from './place';

export { Trial } from './trial';

export interface EditorHandle {
  show(problems: Problem[]): void;
  goTo(pointer: string): void;
  setTheme(theme: 'light' | 'dark'): void;
  destroy(): void;
}

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--run)' },
  { tag: tags.string, color: 'var(--ok)' },
  { tag: tags.number, color: 'var(--warn)' },
  { tag: [tags.bool, tags.null], color: 'var(--wait)' },
  { tag: tags.punctuation, color: 'var(--muted)' },
]);

/** Where the keys of the search hold. */
const SEARCHING = 'editor search-panel';

function look(dark: boolean): ReturnType<typeof EditorView.theme> {
  return EditorView.theme(
    {
      '&': { height: '100%', fontSize: '12px', backgroundColor: 'var(--surface)', color: 'var(--text)' },
      '.cm-content': { fontFamily: 'var(--mono)', caretColor: 'var(--text)', padding: '8px 0' },
      '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '19px' },
      '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--muted)', border: 'none', borderRight: '1px solid var(--line)' },
      '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--hover)' },
      '.cm-cursor': { borderLeftColor: 'var(--text)' },
      '&.cm-focused': { outline: 'none' },
      '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-soft)' },
      '.cm-tooltip': { backgroundColor: 'var(--raised)', border: '1px solid var(--line)', borderRadius: '6px', color: 'var(--text)' },
      '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--accent)', color: 'var(--on-accent)' },
      '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--text)' },
      '.cm-diagnostic': { fontFamily: 'var(--font)', fontSize: '12px' },
    },
    { dark },
  );
}

/**
 * Puts an editor into a place of the page. It lives in a shadow tree: there its style sheets are objects, which a policy against inline styles
 * allows.
 */
export function createEditor(
  place: HTMLElement,
  text: string,
  theme: 'light' | 'dark',
  on: { onChange: (text: string) => void; onSave: () => void },
): EditorHandle {
  const root = place.shadowRoot ?? place.attachShadow({ mode: 'open' });
  const themed = new Compartment();
  current.value = null;
  const view = new EditorView({
    root,
    state: EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        foldGutter(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        history(),
        drawSelection(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        json(),
        syntaxHighlighting(colours),
        autocompletion({ override: [complete] }),
        lintGutter(),
        themed.of(look(theme === 'dark')),
        EditorState.tabSize.of(2),
        EditorView.contentAttributes.of({ 'aria-label': 'Definition' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) {
            on.onChange(update.state.doc.toString());
          }
          if (update.docChanged || update.selectionSet) {
            const { head } = update.state.selection.main;
            const line = update.state.doc.lineAt(head);
            const text = expressionAt(line.text, head - line.from);
            current.value = text === null ? null : { text, line: line.number };
          }
        }),
        keymap.of([
          {
            key: 'Mod-s',
            run: () => {
              on.onSave();
              return true;
            },
          },
          ...closeBracketsKeymap,
          ...completionKeymap,
          { key: 'Mod-f', run: openSearchPanel, scope: SEARCHING },
          { key: 'F3', run: findNext, shift: findPrevious, scope: SEARCHING, preventDefault: true },
          { key: 'Mod-g', run: findNext, shift: findPrevious, scope: SEARCHING, preventDefault: true },
          { key: 'Escape', run: closeSearchPanel, scope: SEARCHING },
          ...historyKeymap,
          ...foldKeymap,
          // Not the default keys: what they comment and copy, JSON has no need of.
          { key: 'Alt-ArrowUp', run: moveLineUp },
          { key: 'Alt-ArrowDown', run: moveLineDown },
          { key: 'Shift-Mod-k', run: deleteLine },
          { key: 'Ctrl-m', mac: 'Shift-Alt-m', run: toggleTabFocusMode },
          ...standardKeymap,
          indentWithTab,
        ]),
      ],
    }),
  });
  root.append(view.dom);
  // It scrolls, so it must be reached by the keyboard too.
  view.scrollDOM.tabIndex = 0;
  return {
    show(problems) {
      const document = view.state.doc.toString();
      view.dispatch(
        setDiagnostics(
          view.state,
          problems.map((problem) => ({
            ...placeOf(document, problem.location ?? ''),
            severity: problem.severity === 'ERROR' ? ('error' as const) : ('warning' as const),
            message: problem.message,
          })),
        ),
      );
    },
    goTo(pointer) {
      const { from } = placeOf(view.state.doc.toString(), pointer);
      view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
      view.focus();
    },
    setTheme(next) {
      view.dispatch({ effects: themed.reconfigure(look(next === 'dark')) });
    },
    destroy() {
      view.destroy();
    },
  };
}
