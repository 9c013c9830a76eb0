import { sentence } from '../shared/format';

/** Sentences that came with the data, as a quiet list; nothing where there is none. */
export function Sentences({ list }: { list: string[] }) {
  if (list.length === 0) {
    return null;
  }
  return (
    <ul class="sentences">
      {list.map((each) => <li key={each}>{sentence(each)}</li>)}
    </ul>
  );
}
