import { Button, Checkbox, Popover, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useLocation } from 'wouter';
import { ProblemAlert } from '../../api/problem-alert.tsx';
import { lastingQuery } from '../view/view.ts';
import styles from './saved-views.module.css';
import { useSavedViews } from './use-saved-views.ts';
import { ViewList } from './view-list.tsx';

/** Views by name, of the reader and of the tenant: a click opens one, and the form keeps the view of the address. */
export function SavedViews({ today }: { today: string }) {
  const [isOpen, setIsOpen] = useState(false);
  const { own, shared, error, isReady, mayShare, ...change } = useSavedViews(isOpen);
  const [name, setName] = useState('');
  const [isShared, setIsShared] = useState(false);
  const [, navigate] = useLocation();

  const replaces = (isShared ? shared : own).some((each) => each.name === name.trim());

  async function save(event: FormEvent) {
    event.preventDefault();
    const view = { name: name.trim(), query: lastingQuery(location.search, today) };
    if (!view.name) return;
    if (isShared) await change.share(view);
    else change.saveOwn(view);
    setName('');
  }
  function open({ query }: { query: string }) {
    navigate(`/?${query}`);
    setIsOpen(false);
  }
  return (
    // What is being typed does not vanish where its button is scrolled away or moves.
    <Popover width={300} position="bottom-end" opened={isOpen} onChange={setIsOpen} hideDetached={false}>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          onClick={() => setIsOpen(!isOpen)}
          onKeyDown={({ key }) => key === 'Escape' && setIsOpen(false)}
        >
          Views
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Views" className={styles.views}>
        <ViewList title="For me, in this browser" views={own} onOpen={open} onRemove={change.removeOwn} />
        <ViewList
          title="For everybody"
          views={shared}
          onOpen={open}
          onRemove={mayShare ? ({ id }) => change.unshare(id) : undefined}
        />
        {own.length + shared.length === 0 && (
          <Text size="sm" c="dimmed">
            A view is what you look at: range, groups, filters, comparison. Keep it under a name.
          </Text>
        )}
        <form onSubmit={save} className={styles.form}>
          <TextInput
            size="xs"
            label="Save this view as"
            value={name}
            maxLength={100}
            onChange={({ currentTarget }) => setName(currentTarget.value)}
          />
          {mayShare && (
            <Checkbox
              size="xs"
              label="For everybody"
              checked={isShared}
              onChange={({ currentTarget }) => setIsShared(currentTarget.checked)}
            />
          )}
          <Button type="submit" size="xs" disabled={!isReady}>
            {replaces ? 'Replace' : 'Save'}
          </Button>
        </form>
        {error !== undefined && <ProblemAlert error={error} isOfAction />}
      </Popover.Dropdown>
    </Popover>
  );
}
