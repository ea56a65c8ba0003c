// Before the page is drawn: the colours that the reader chose. See playground/theme.ts.
try {
  const theme = localStorage.getItem('unroll.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.style.colorScheme = theme;
} catch {}
