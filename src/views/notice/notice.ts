/** One sentence and one thing to do about it, where there is no plan to show. */

export interface Notice {
  readonly message: string;
  readonly action: string;
  readonly onAction: () => void;
}

export function mountNotice(root: HTMLElement, { message, action, onAction }: Notice): void {
  const sentence = document.createElement('p');
  sentence.className = 'mp-notice-message';
  sentence.setAttribute('role', 'alert');
  sentence.textContent = message;
  const button = document.createElement('button');
  button.className = 'mp-button';
  button.type = 'button';
  button.textContent = action;
  button.addEventListener('click', onAction);
  const box = document.createElement('div');
  box.className = 'mp-notice';
  box.append(sentence, button);
  root.classList.add('mp-root');
  root.replaceChildren(box);
}
