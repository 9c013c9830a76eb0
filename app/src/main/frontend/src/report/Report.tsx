import type { ReportData } from '../shared/report-data';

export function Report({ data }: { data: ReportData }) {
  return (
    <main>
      <h1>{data.headline.sentence}</h1>
    </main>
  );
}
