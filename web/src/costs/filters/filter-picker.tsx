import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { DayRange } from '#domain/day.ts';
import { TruncatedName } from '../../ui/truncated-name.tsx';
import { type Dimension, dimensionName, dimensions, labelOf } from '../view/dimensions.ts';
import { toggleFilter, type View } from '../view/view.ts';
import styles from './filters.module.css';
import { useFilterValues } from './use-filter-values.ts';

const TYPING_MS = 120;

type Props = { view: View; days: DayRange; onChange: (view: View) => void };

/** Searches the values of all dimensions. Choosing one adds it to the filters, or removes it. */
export function FilterPicker({ view, days, onChange }: Props) {
  const [search, setSearch] = useState('');
  const [debounced] = useDebouncedValue(search.trim(), TYPING_MS);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const values = useFilterValues(combobox.dropdownOpened ? debounced : null, days);
  const isChosen = (dimension: Dimension, value: string) => view.filters[dimension]?.includes(value) ?? false;

  function choose(option: string) {
    const dimension = dimensions.find((name) => option.startsWith(`${name}:`));
    if (dimension) onChange(toggleFilter(view, dimension, option.slice(dimension.length + 1)));
    setSearch('');
  }

  return (
    <Combobox store={combobox} onOptionSubmit={choose} position="bottom-start" width={340} withinPortal={false}>
      <Combobox.Target withExpandedAttribute>
        <TextInput
          size="xs"
          className={styles.picker}
          role="combobox"
          aria-label="Filter"
          placeholder="Filter by project, model …"
          value={search}
          onChange={({ currentTarget: { value } }) => {
            setSearch(value);
            combobox.openDropdown();
            combobox.resetSelectedOption();
          }}
          onFocus={() => combobox.openDropdown()}
          onClick={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown();
            setSearch('');
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        {values?.every(({ data }) => data.length === 0) && <Combobox.Empty>No match in this range</Combobox.Empty>}
        <Combobox.Options mah={360} className={styles.options} aria-label="Filters to choose from">
          {values?.map(
            ({ dimension, data, next_cursor }) =>
              data.length > 0 && (
                <Combobox.Group
                  key={dimension}
                  label={`${dimensionName[dimension]}${next_cursor ? `: top ${data.length}` : ''}`}
                >
                  {data.map(({ value, label }) => (
                    <Combobox.Option
                      key={value}
                      value={`${dimension}:${value}`}
                      active={isChosen(dimension, value)}
                      aria-selected={isChosen(dimension, value)}
                    >
                      <span aria-hidden="true">{isChosen(dimension, value) ? '✓ ' : ''}</span>
                      <TruncatedName text={labelOf(dimension, value, label)} />
                    </Combobox.Option>
                  ))}
                </Combobox.Group>
              ),
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
