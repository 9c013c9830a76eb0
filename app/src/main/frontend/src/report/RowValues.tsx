import type { ReportData } from '../shared/types';

/** What the columns hold in one row; nothing where the report does not say it. */
export function RowValues({ values, data }: { values: string[]; data: ReportData }) {
  if (values.length === 0) {
    return null;
  }
  return (
    <div>
      <h4>Values</h4>
      <dl class="values" tabIndex={0}>
        {data.data.columns.map((column, index) => (
          <>
            <dt>{column}</dt>
            <dd>{values[index] || <span class="soft">missing</span>}</dd>
          </>
        ))}
      </dl>
    </div>
  );
}
