// The page's own script: it toggles the colour mode the way the platform does, and it rewrites strange elements the way
// editors and macros of others do, so that a view which leans on the document at large is caught.
const root = document.documentElement;
const toggle = document.getElementById('color-mode-toggle');

function show(mode) {
  root.dataset.colorMode = mode;
  toggle.textContent = mode === 'dark' ? 'Light mode' : 'Dark mode';
  localStorage.setItem('stand-in-color-mode', mode);
}

toggle.addEventListener('click', () => show(root.dataset.colorMode === 'dark' ? 'light' : 'dark'));
show(localStorage.getItem('stand-in-color-mode') ?? 'light');

// Shortcuts of the platform live on the document. One that reacts while somebody types into a macro is a bug of the macro.
document.addEventListener('keydown', (event) => {
  const isTyping =
    event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
  if (event.key === '/' && !isTyping && !event.defaultPrevented) toggle.focus();
});
