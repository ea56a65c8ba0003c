import { mount } from '../unroll.js';

const panel = mount('#here', {
  code: 'text = open("poem.txt").read()\nprint(len(text.split()), "words")\n',
  files: { 'poem.txt': 'so much depends upon a red wheel barrow' },
  maxLines: 8,
  timeout: 10,
});

panel.addEventListener('unroll-done', ({ detail }) => {
  const { status, stdout, seconds } = detail;
  document.querySelector('#last').textContent = `${status} in ${seconds.toFixed(2)} s: ${stdout.trim()}`;
});

mount('#listing', { hide: 'files', layout: 'side' });
