import { useMemo } from 'preact/hooks';
import { formatCount } from '../shared/format';
import { Picture } from '../shared/Picture';
import type { Preview } from '../shared/types';
import { imagesOf } from './pictures';

const COLUMNS_SHOWN = 60;
const PICTURE_SIZE = 56;

/** The first rows as they were read, with what each column was taken for; of images the first pictures. */
export function DataPreview({ preview, label }: { preview: Preview; label: string }) {
  const images = useMemo(() => imagesOf(preview.image), [preview]);
  if (images !== null) {
    return (
      <ul class="pictures" aria-label="The first pictures">
        {Array.from({ length: images.count }, (_, index) => (
          <li key={index}>
            <Picture images={images} index={index} size={PICTURE_SIZE} text={`Picture ${index + 1}`} />
          </li>
        ))}
      </ul>
    );
  }
  if (preview.columns.length === 0) {
    return null;
  }
  // the label comes first, where it is seen without scrolling
  const labelIndex = preview.columns.findIndex((column) => column.name === label);
  const others = preview.columns.map((_, index) => index).filter((index) => index !== labelIndex);
  const shown = [...(labelIndex < 0 ? [] : [labelIndex]), ...others.slice(0, COLUMNS_SHOWN)];
  const rest = preview.columns.length - shown.length;
  return (
    <>
      <div class="scroller preview" tabIndex={0} role="region" aria-label="The first rows">
        <table>
          <thead>
            <tr>
              {shown.map((index) => {
                const column = preview.columns[index];
                return (
                  column && (
                    <th key={index} scope="col" class={index === labelIndex ? 'is-label' : ''}>
                      <span>{column.name}</span>
                      <small>
                        {column.type}
                        {column.detail !== '' && `, ${column.detail}`}
                        {column.missing > 0 && `, ${formatCount(column.missing)} missing`}
                        {index === labelIndex && ' · label'}
                      </small>
                    </th>
                  )
                );
              })}
            </tr>
          </thead>
          <tbody>
            {preview.rows.map((row, number) => (
              <tr key={number}>
                {shown.map((index) => (
                  <td key={index} class={index === labelIndex ? 'is-label' : ''}>
                    {row[index] ?? <i class="missing">missing</i>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rest > 0 && <p class="help">{formatCount(rest)} more columns are not shown here.</p>}
    </>
  );
}
