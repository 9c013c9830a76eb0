import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { formatCount } from '../shared/format';
import type { ReportData } from '../shared/types';
import { ThemeSwitch } from '../shared/ThemeSwitch';
import { BlocksSection } from './BlocksSection';
import { Guard } from './Guard';
import { HeadlineSection } from './HeadlineSection';
import { HeterogeneitySection } from './HeterogeneitySection';
import { MapFigure } from './MapFigure';
import { PredictionSection } from './PredictionSection';
import { ProvenanceSection } from './ProvenanceSection';
import { PurificationSection } from './PurificationSection';
import { ColumnsSection } from './ColumnsSection';
import { Select, SelectedRows, type Selection } from './Selection';
import { ClassesSection } from './ClassesSection';
import { GivenSection } from './GivenSection';
import { LeaksSection } from './LeaksSection';
import { NearDuplicatesSection } from './NearDuplicatesSection';
import { OrderSection } from './OrderSection';
import { OutliersSection } from './OutliersSection';
import { OverTimeSection } from './OverTimeSection';
import { SuspiciousSection } from './SuspiciousSection';

interface Part {
  id: string;
  title: string;
  content: ComponentChildren;
}

/** The whole report of a run; parts of which the run has nothing are left out. */
export function Report({ data }: { data: ReportData }) {
  const parts = partsOf(data);
  const current = useCurrentPart(parts);
  const [selection, setSelection] = useState<Selection | null>(null);
  return (
    <Select.Provider value={setSelection}>
      <a class="skip-link" href="#summary">Skip to the report</a>
      <div class="frame">
        <header class="top">
          <span>
            <span class="mark">Assay</span>{' '}
            <span class="what">
              {String(data.run.command ?? 'run')} of {data.data.name}: {formatCount(data.data.rows)} rows, {formatCount(data.data.features)} features,
              {' '}{data.data.label === '' ? 'labels in a file of their own' : `label ${data.data.label}`}
            </span>
          </span>
          <ThemeSwitch />
        </header>
        <nav class="contents" aria-labelledby="contents-title">
          <h2 id="contents-title">In this report</h2>
          <ol>
            {parts.map((part) => (
              <li key={part.id}>
                <a href={`#${part.id}`} aria-current={current === part.id ? 'location' : undefined}>{part.title}</a>
              </li>
            ))}
          </ol>
        </nav>
        <main>
          {parts.map((part) => (
            <section key={part.id} id={part.id} tabIndex={-1} aria-labelledby={`${part.id}-title`}>
              <Guard title={part.title}>{part.content}</Guard>
            </section>
          ))}
        </main>
      </div>
      {selection && <SelectedRows data={data} selection={selection} onClose={() => setSelection(null)} />}
    </Select.Provider>
  );
}

function partsOf(data: ReportData): Part[] {
  const parts: Part[] = [{ id: 'summary', title: 'In short', content: <HeadlineSection data={data} /> }];
  parts.push({ id: 'heterogeneity', title: 'How mixed it is', content: <HeterogeneitySection heterogeneity={data.heterogeneity} /> });
  if (data.purification) {
    parts.push({ id: 'purification', title: 'Taking rows out', content: <PurificationSection purification={data.purification} data={data.data} /> });
  }
  if (data.blocks) {
    parts.push({ id: 'blocks', title: 'Blocks', content: <BlocksSection blocks={data.blocks} data={data} /> });
  }
  // a report.json of an earlier build has none
  const quality: Partial<ReportData['quality']> = data.quality ?? {};
  if (quality.overTime) {
    parts.push({ id: 'over-time', title: 'Blocks over time', content: <OverTimeSection overTime={quality.overTime} /> });
  }
  if (!data.blocks && data.map) {
    parts.push({
      id: 'map',
      title: 'Map of the rows',
      content: (
        <>
          <header><h2 id="map-title">Where the rows lie</h2></header>
          <MapFigure map={data.map} data={data.data} images={data.images} isRemoval />
        </>
      ),
    });
  }
  if (data.suspicious.rows.length > 0) {
    parts.push({ id: 'suspicious', title: 'Suspicious rows', content: <SuspiciousSection data={data} /> });
  }
  if (quality.given) {
    parts.push({ id: 'given', title: 'Given probabilities', content: <GivenSection given={quality.given} /> });
  }
  if (quality.outliers) {
    parts.push({ id: 'outliers', title: 'Outliers', content: <OutliersSection outliers={quality.outliers} data={data} /> });
  }
  if (quality.nearDuplicates) {
    parts.push({ id: 'near-duplicates', title: 'Near-duplicates', content: <NearDuplicatesSection near={quality.nearDuplicates} data={data} /> });
  }
  if (quality.classes) {
    parts.push({ id: 'classes', title: 'Classes', content: <ClassesSection classes={quality.classes} /> });
  }
  if (quality.leaks) {
    parts.push({ id: 'leaks', title: 'Columns that leak', content: <LeaksSection leaks={quality.leaks} isNumber={data.data.task === 'regression'} /> });
  }
  if (quality.order) {
    parts.push({ id: 'order', title: 'Order of the file', content: <OrderSection order={quality.order} label={data.data.label} /> });
  }
  if (data.columns && data.columns.list.length > 0) {
    parts.push({ id: 'columns', title: 'Columns', content: <ColumnsSection columns={data.columns} /> });
  }
  if (data.prediction) {
    parts.push({ id: 'prediction', title: 'Prediction', content: <PredictionSection prediction={data.prediction} data={data.data} blocks={data.blocks?.list.filter((block) => block.block > 0 && block.size > 0).length ?? 0} /> });
  }
  parts.push({ id: 'provenance', title: 'How it was made', content: <ProvenanceSection data={data} /> });
  return parts;
}

/** Which part the reader is at, for the table of contents. */
function useCurrentPart(parts: Part[]): string {
  const [current, setCurrent] = useState(parts[0]!.id);
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => entries.forEach((entry) => entry.isIntersecting && setCurrent(entry.target.id)),
      { rootMargin: '-15% 0px -75% 0px' },
    );
    parts.forEach((part) => observer.observe(document.getElementById(part.id)!));
    return () => observer.disconnect();
  }, []);
  return current;
}
