import type { ChannelView } from '#api/routes/channels/channel-view.ts';
import { useJson } from '../api/use-fetch.ts';
import { distinctName } from '../integrations/organization-name.ts';
import { useOverview } from '../overview/use-overview.ts';
import { costChoices, narrowed } from './channel-draft.ts';
import { Choices } from './choices.tsx';

type Projects = { data: { project_id: string; project_label: string }[] };
type Props = { filters: ChannelView['filters']; onChange: (filters: ChannelView['filters']) => void };

/** Of which organizations' and projects' costs a channel gets alerts and digests. */
export function ChannelCosts({ filters, onChange }: Props) {
  const { overview } = useOverview();
  const { data: projects } = useJson<Projects>('/v1/projects');
  const organizations = (overview?.integrations ?? []).map((each, _, all) => ({
    id: each.id,
    name: distinctName(each, all),
  }));
  const listed = (projects?.data ?? []).map((each) => ({
    id: each.project_id,
    name: each.project_label || each.project_id,
  }));
  return (
    <>
      {(organizations.length > 1 || filters.integration_id) && (
        <Choices
          label="Organizations"
          choices={costChoices(organizations, filters.integration_id)}
          chosen={filters.integration_id ?? []}
          onChoose={(ids) => onChange(narrowed(filters, 'integration_id', ids))}
        />
      )}
      <Choices
        label="Projects"
        choices={costChoices(listed, filters.project_id)}
        chosen={filters.project_id ?? []}
        onChoose={(ids) => onChange(narrowed(filters, 'project_id', ids))}
      />
    </>
  );
}
