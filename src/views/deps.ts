/** What a view is given, and what it gives back: the whole contract between `main.ts` and `src/views/`. */
import type { ReadHistory } from '../store/log-event.ts';
import type { MailRecipients, ReadMails } from '../store/mail.ts';
import type { PlanStore, PlanView } from '../store/view.ts';

export type Unmount = () => void;

/**
 * Where the reader is – tab, iteration, filter – kept in the page's address, so that a reload and a sent link lead
 * back. `null` forgets the key.
 */
export interface Place {
  get(key: string): string | null;
  set(key: string, value: string | null): void;
}

export interface ViewDeps {
  readonly store: PlanStore;
  /** The device's clock, milliseconds since 1970. Views add `syncState().clockOffset` before they show it. */
  readonly clock: () => number;
  readonly newId: () => string;
  readonly place: Place;
  readonly history: ReadHistory;
  /** What became of the plan's mails; the server answers leads alone. */
  readonly mails: ReadMails;
  /** Who gets the plan's mails; the server answers leads alone. */
  readonly recipients: MailRecipients;
  /** Whether the server has another build than when this was asked first. Rejects where it cannot be asked. */
  readonly isNewBuild: () => Promise<boolean>;
}

/** Fills `root` and keeps it true until the returned function is called. */
export type Mount = (root: HTMLElement, deps: ViewDeps) => Unmount;

export interface Tab {
  /** Stable, lower case: it is written into the address. */
  readonly name: string;
  readonly title: string;
  /** Brings the code of the view, at once where it is here already. Rejects where it cannot be had: no network, or an older build. */
  readonly load: () => Promise<Mount>;
  /** How many things in this tab wait for the reader; 0 shows nothing. */
  readonly badge?: (view: PlanView) => number;
}

export interface PlanLink {
  readonly code: string;
  readonly name: string;
  readonly href: string;
}

export interface ShellOptions {
  readonly deps: ViewDeps;
  readonly tabs: readonly Tab[];
  /** The plan that is opened, as far as it is known before it is read. */
  readonly plan: Pick<PlanLink, 'code' | 'name'>;
  /** Plans that the reader may open; the current one is recognised by its code. */
  readonly plans: readonly PlanLink[];
  /** Development users to switch between; empty unless the host runs with MACROPLAN_AUTH=dev. */
  readonly devUsers: readonly string[];
  readonly onSwitchUser: (name: string) => void;
  /** Opens the platform's sign-in page; absent where this page cannot know it. */
  readonly signInHref?: string;
  /** Where the plan opens with no network; null where the reader is there already. */
  readonly offlineHref: string | null;
  /** Reloads the page (a new build is there, or somebody else signed in). */
  readonly reload: () => void;
  /** Hands a file to the browser's download. */
  readonly download: (text: string, filename: string) => void;
}
