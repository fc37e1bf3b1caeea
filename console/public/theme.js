// Runs before the first paint, so that a chosen theme never flashes as the other one. A file of its own because the
// content security policy allows no inline script.
try {
  const theme = localStorage.getItem('parapet.theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage can be switched off; the system's theme is used then.
}
