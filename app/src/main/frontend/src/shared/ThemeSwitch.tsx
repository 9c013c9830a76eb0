import { useState } from 'preact/hooks';
import { Choice } from './Choice';
import { chooseTheme, themeChoice, type ThemeChoice } from './theme';

/** Light, dark, or as the system says. */
export function ThemeSwitch() {
  const [chosen, setChosen] = useState<ThemeChoice>(themeChoice());
  return (
    <Choice
      title="Colours"
      options={[{ value: 'system', text: 'system' }, { value: 'light', text: 'light' }, { value: 'dark', text: 'dark' }]}
      value={chosen}
      onChoose={(choice: ThemeChoice) => {
        chooseTheme(choice);
        setChosen(choice);
      }}
    />
  );
}
