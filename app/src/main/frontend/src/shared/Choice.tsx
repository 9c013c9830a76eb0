import { useId } from 'preact/hooks';

interface ChoiceProps<Value extends string | number> {
  title: string;
  options: { value: Value; text: string }[];
  value: Value;
  onChoose: (value: Value) => void;
}

/** One of a few, as a row of buttons; radio buttons for the keyboard and for screen readers. */
export function Choice<Value extends string | number>({ title, options, value, onChoose }: ChoiceProps<Value>) {
  const name = useId();
  return (
    <fieldset class="choice no-print">
      <legend>{title}</legend>
      {options.map((option) => (
        <label key={option.value}>
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChoose(option.value)} />
          <span>{option.text}</span>
        </label>
      ))}
    </fieldset>
  );
}
