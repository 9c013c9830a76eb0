import { useState } from 'preact/hooks';
import { ChartFigure } from '../shared/ChartFigure';
import { Choice } from '../shared/Choice';
import { brief, capitalised, formatCount, plural } from '../shared/format';
import type { Confusion } from '../shared/types';
import { useDrawingTheme } from './InfluenceFigure';
import { MatrixTable, shareColour } from './MatrixTable';

/** Labels beside predicted classes; rows says which rows are counted. */
export function ConfusionFigure({ confusion, rows }: { confusion: Confusion; rows: string }) {
  const [chosen, setChosen] = useState(0);
  const theme = useDrawingTheme();
  const model = confusion.models[chosen] ?? confusion.models[0]!;
  const totals = model.counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  let worst = { truth: -1, predicted: -1, count: 0 };
  model.counts.forEach((row, truth) => row.forEach((count, predicted) => {
    if (truth !== predicted && count > worst.count) {
      worst = { truth, predicted, count };
    }
  }));
  const title = worst.count === 0
    ? `${capitalised(model.title)}: no row was confused`
    : `${capitalised(model.title)}: most often ${brief(confusion.classes[worst.truth]!)} is taken for ${brief(confusion.classes[worst.predicted]!)} (${plural(worst.count, 'row')} of ${formatCount(totals[worst.truth])})`;
  return (
    <ChartFigure
      title={title}
      note={`${rows} by their label (down) and what was predicted (across). The diagonal is right.`}
      data={() => ({
        name: 'confusion',
        columns: ['model', 'label', 'predicted', 'rows'],
        rows: confusion.models.flatMap((each) => each.counts.flatMap((row, truth) => row.map((count, predicted) => [each.title, confusion.classes[truth], confusion.classes[predicted], count]))),
      })}
    >
      {confusion.models.length > 1 && (
        <div class="controls">
          <Choice title="Model" options={confusion.models.map((each, index) => ({ value: index, text: each.title }))} value={chosen} onChoose={setChosen} />
        </div>
      )}
      <MatrixTable
        caption={`${model.title}; colour: share of the rows with that label`}
        corner="label ↓ predicted →"
        rows={confusion.classes}
        columns={confusion.classes}
        diagonal
        cell={(truth, predicted) => formatCount(model.counts[truth]![predicted])}
        colour={(truth, predicted) => shareColour(totals[truth] === 0 ? 0 : model.counts[truth]![predicted]! / totals[truth]!, theme)}
      />
    </ChartFigure>
  );
}
