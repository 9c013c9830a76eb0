import type { ComponentChildren } from 'preact';
import { sentence } from '../shared/format';

interface QualityHeaderProps {
  id: string;
  title: string;
  /** what was found, or why nothing was looked for */
  found: string;
  /** what to look into, where there is something */
  advice?: string | null;
  /** how it was found, and what chance gives; left out where nothing was looked for */
  children?: ComponentChildren;
}

/** What was found, how, and what to do about it. */
export function QualityHeader({ id, title, found, advice = null, children }: QualityHeaderProps) {
  return (
    <header>
      <h2 id={`${id}-title`}>{title}</h2>
      <p>{sentence(found)}</p>
      {advice !== null && <p class="advice"><b>What to do.</b> {sentence(advice)}</p>}
      {children && advice === null && <p class="soft">Nothing here asks for anything to be done.</p>}
      {children && <p class="soft meaning">{children}</p>}
    </header>
  );
}
