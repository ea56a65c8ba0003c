import '../panel/index';
import { Offline } from '../offline/offline';
import { mod } from '../ui/keys';
import { type Command, Commands } from './commands';
import { examples, grouped } from './examples';
import { InstallOffer } from './install-offer';
import { offlineNote } from './offline-note';
import { Programs } from './programs';
import { StatusLine } from './status-line';
import { recall, remember } from './storage';
import { ThemeSwitch, themeNames } from './theme';

const element = <T extends HTMLElement>(selector: string) => document.querySelector<T>(selector) as T;

const panel = element<HTMLElementTagNameMap['unroll-panel']>('unroll-panel');
const menu = element<HTMLSelectElement>('#example');
const notice = element('#notice');
const fromLink = new Option('', '', false, false);
fromLink.hidden = true;
const programs = new Programs(panel, (program) => {
  const example = program instanceof Error ? undefined : program.example;
  const title = program instanceof Error ? '' : program.settings.title;
  fromLink.hidden = example !== undefined;
  fromLink.text = title || 'Program of a link';
  menu.value = example?.name ?? '';
  notice.hidden = !(program instanceof Error);
  notice.textContent = program instanceof Error ? program.message : '';
});

menu.append(fromLink);

for (const [label, list] of grouped()) {
  const group = document.createElement('optgroup');
  group.label = label;
  group.append(...list.map(({ name, title }) => new Option(title, name)));
  menu.append(group);
}
menu.addEventListener('change', () => {
  location.hash = menu.value;
});
void programs.show();

const setLayout = (layout: string) => {
  panel.setAttribute('layout', layout);
  remember('layout', layout === 'side' ? null : layout);
};
setLayout(recall('layout') === 'stacked' ? 'stacked' : 'side');

const themeButton = element('#theme');
const theme = new ThemeSwitch((chosen) => {
  themeButton.dataset.theme = chosen;
  themeButton.title = themeButton.ariaLabel = `Colours: ${themeNames[chosen]}`;
});
themeButton.addEventListener('click', () => theme.set(theme.next));

const openPalette = async () => {
  const { choose } = await import('./palette');
  await (await choose(commands.available().filter(({ onlyKeys }) => !onlyKeys)))?.run();
};
const openKeyboardMap = async () => (await import('./keyboard-map')).showKeyboardMap(commands);

const pageCommands = (): Command[] => {
  const isSide = panel.getAttribute('layout') === 'side';
  return [
    ...(['auto', 'light', 'dark'] as const).map((name) => ({
      id: `theme-${name}`,
      label: `Colours: ${themeNames[name]}`,
      group: 'View',
      available: () => theme.theme !== name,
      run: () => theme.set(name),
    })),
    {
      id: 'layout',
      label: isSide ? 'Output below the editor' : 'Output beside the editor',
      group: 'View',
      run: () => setLayout(isSide ? 'stacked' : 'side'),
    },
    { id: 'palette', label: 'All commands', keys: `${mod}+K F1`, group: 'Help', onlyKeys: true, run: openPalette },
    { id: 'keyboard', label: 'Keyboard map', keys: '?', group: 'Help', run: openKeyboardMap },
    {
      id: 'offline',
      label: 'Make available offline',
      group: 'Page',
      available: () => ['off', 'failed'].includes(offline.state),
      run: () => offline.save(),
    },
    {
      id: 'install',
      label: 'Install as an app',
      group: 'Page',
      available: () => install.isOffered,
      run: () => install.ask(),
    },
    {
      id: 'benchmark',
      label: 'How fast is it? The benchmark',
      group: 'Help',
      run: () => location.assign('./bench.html'),
    },
  ];
};
const exampleCommands = (): Command[] =>
  examples.map((example) => ({
    id: `example-${example.name}`,
    label: example.title,
    about: example.about,
    group: `Example · ${example.group}`,
    available: () => example !== programs.shown?.example,
    run: () => programs.open(example),
  }));

const commands = new Commands();
commands.addPanel(panel);
commands.add(pageCommands);
commands.add(exampleCommands);
commands.listen();
element('#palette').addEventListener('click', openPalette);
element('#palette').setAttribute('aria-keyshortcuts', `${mod}+K`);

const install = new InstallOffer();
const offline = new Offline(() => statusLine.draw());
const statusLine = new StatusLine(element('#status-line'), panel, () => offlineNote(offline));
// A reader who saves data is not made to load again what the browser may not have kept.
const { connection } = navigator as Navigator & { connection?: { saveData: boolean } };
if (!connection?.saveData) panel.addEventListener('unroll-done', () => setTimeout(() => offline.save(), 1500));
addEventListener('appinstalled', () => void offline.save());
